#include "oracle/golang/child.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <optional>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "oracle/golang/go_error.h"

namespace heaplaw::oracle {

namespace {

constexpr std::size_t errors_kept = 64 << 10;
constexpr int poll_ms = 20;
constexpr int cannot_start = 127;  // a shell's status for it

[[noreturn]] void fail(std::string_view what) {
  throw GoError(fmt::format("{}: {}", what, std::generic_category().message(errno)));
}

class Descriptor {
 public:
  explicit Descriptor(int fd = -1) : fd_(fd) {}
  Descriptor(Descriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
  }
  ~Descriptor() { close(); }
  void close() {
    if (fd_ >= 0) ::close(std::exchange(fd_, -1));
  }
  [[nodiscard]] int get() const { return fd_; }

 private:
  int fd_;
};

// Memory that reads like a file: a child that does not read all of it blocks nobody.
Descriptor as_file(std::string_view text) {
  Descriptor file(::memfd_create("input", MFD_CLOEXEC));
  if (file.get() < 0) fail("no memory for a child's input");
  while (!text.empty()) {
    const ssize_t put = ::write(file.get(), text.data(), text.size());
    if (put < 0 && errno != EINTR) fail("no memory for a child's input");
    if (put > 0) text.remove_prefix(static_cast<std::size_t>(put));
  }
  ::lseek(file.get(), 0, SEEK_SET);
  return file;
}

// What a child says on one of its streams.
class Listener {
 public:
  Listener(std::string& heard, std::size_t max) : heard_(heard), max_(max) {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) fail("no pipe");
    ours_ = Descriptor(ends[0]);
    theirs_ = Descriptor(ends[1]);
    ::fcntl(ours_.get(), F_SETFL, O_NONBLOCK);
  }

  [[nodiscard]] int theirs() const { return theirs_.get(); }
  void began() { theirs_.close(); }
  [[nodiscard]] pollfd waiting() const { return {ours_.get(), POLLIN, 0}; }
  [[nodiscard]] bool overflowed() const { return overflowed_; }

  void hear() {
    std::array<char, 1 << 16> buffer{};
    while (ours_.get() >= 0) {
      const ssize_t got = ::read(ours_.get(), buffer.data(), buffer.size());
      if (got < 0 && errno == EINTR) continue;
      if (got < 0) return;
      if (got == 0) return ours_.close();
      const auto bytes = static_cast<std::size_t>(got);
      const std::size_t room = max_ - heard_.size();
      overflowed_ |= bytes > room;
      heard_.append(buffer.data(), std::min(bytes, room));
    }
  }

 private:
  std::string& heard_;
  std::size_t max_;
  Descriptor ours_, theirs_;
  bool overflowed_ = false;
};

std::vector<char*> pointers_to(const std::vector<std::string>& texts) {
  std::vector<char*> pointers;
  pointers.reserve(texts.size() + 1);
  // execve takes them as constants, whatever its declaration says.
  for (const std::string& text : texts) pointers.push_back(const_cast<char*>(text.c_str()));
  pointers.push_back(nullptr);
  return pointers;
}

// A process group of its own, so that all of it can be ended.
class Child {
 public:
  Child(const ChildOrder& order, int input, int output, int errors) {
    const auto command = pointers_to(order.command);
    const auto environment = pointers_to(order.environment);
    const std::string folder = order.folder.string();
    const pid_t parent = ::getpid();
    id_ = ::fork();
    if (id_ < 0) fail("no new process");
    if (id_ > 0) return;
    // Here only what is safe after a fork of one thread.
    ::setpgid(0, 0);
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (::getppid() != parent) ::_exit(cannot_start);
    ::dup2(input, STDIN_FILENO);
    ::dup2(output, STDOUT_FILENO);
    ::dup2(errors, STDERR_FILENO);
    if (::chdir(folder.c_str()) == 0) ::execve(command[0], command.data(), environment.data());
    const char* const why = ::strerror(errno);
    (void)!::write(STDERR_FILENO, why, std::strlen(why));
    ::_exit(cannot_start);
  }
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;
  ~Child() { end(); }

  // Its status once it has ended by itself.
  [[nodiscard]] std::optional<int> ended() {
    int status = 0;
    if (::waitpid(id_, &status, WNOHANG) != id_) return std::nullopt;
    ::kill(-id_, SIGKILL);  // whom it left behind
    id_ = 0;
    return status;
  }
  void end() {
    if (id_ == 0) return;
    ::kill(-id_, SIGKILL);
    ::kill(id_, SIGKILL);  // if it has no group of its own yet
    while (::waitpid(id_, nullptr, 0) < 0 && errno == EINTR) {
    }
    id_ = 0;
  }

 private:
  pid_t id_ = 0;
};

}  // namespace

std::string describe(const ChildResult& result, const ChildOrder& order) {
  switch (result.end) {
    case ChildEnd::exited:
      return fmt::format("exit status {}", result.status);
    case ChildEnd::killed:
      return fmt::format("killed by signal {} ({})", result.signal, ::strsignal(result.signal));
    case ChildEnd::timed_out:
      return fmt::format("it ran for more than {} s", order.time_max.count() / 1000);
    case ChildEnd::interrupted:
      return "interrupted";
    case ChildEnd::too_talkative:
      return fmt::format("it wrote more than {} bytes", order.output_max);
  }
  return {};
}

ChildResult run_child(const ChildOrder& order) {
  using Clock = std::chrono::steady_clock;
  ChildResult result;
  const Descriptor input = as_file(order.input);
  Listener output(result.output, order.output_max);
  Listener errors(result.errors, errors_kept);
  const Clock::time_point deadline = Clock::now() + order.time_max;
  Child child(order, input.get(), output.theirs(), errors.theirs());
  output.began();
  errors.began();
  const auto stop = [&](ChildEnd why) {
    child.end();
    result.end = why;
    return result;
  };
  while (true) {
    std::array<pollfd, 2> waiting = {output.waiting(), errors.waiting()};
    ::poll(waiting.data(), waiting.size(), poll_ms);
    const std::optional<int> status = child.ended();
    output.hear();
    errors.hear();
    if (output.overflowed()) return stop(ChildEnd::too_talkative);
    if (status) {
      result.end = WIFEXITED(*status) ? ChildEnd::exited : ChildEnd::killed;
      if (WIFEXITED(*status)) result.status = WEXITSTATUS(*status);
      if (WIFSIGNALED(*status)) result.signal = WTERMSIG(*status);
      return result;
    }
    if (order.interrupted && *order.interrupted) return stop(ChildEnd::interrupted);
    if (Clock::now() >= deadline) return stop(ChildEnd::timed_out);
  }
}

}  // namespace heaplaw::oracle
