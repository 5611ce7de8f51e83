#include "cli/history/failure.h"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <new>
#include <stdexcept>
#include <system_error>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cli/history/lockstep.h"

namespace heaplaw::cli {

namespace {

// What a child leaves behind, however it ends.
struct Legacy {
  std::atomic<std::uint64_t> done = 0;  // operations gone through without a failure
  std::atomic<bool> finished = false;
  std::atomic<bool> diverged = false;
};
static_assert(std::atomic<std::uint64_t>::is_always_lock_free);

class SharedLegacy {
 public:
  SharedLegacy()
      : page_(::mmap(nullptr, sizeof(Legacy), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS,
                     -1, 0)) {
    if (page_ == MAP_FAILED) throw std::system_error(errno, std::generic_category(), "mmap");
    legacy_ = new (page_) Legacy;
  }
  ~SharedLegacy() { ::munmap(page_, sizeof(Legacy)); }
  SharedLegacy(const SharedLegacy&) = delete;
  SharedLegacy& operator=(const SharedLegacy&) = delete;

  Legacy* operator->() const { return legacy_; }
  Legacy& operator*() const { return *legacy_; }

 private:
  void* page_;
  Legacy* legacy_ = nullptr;
};

// A child that will die leaves no core and says nothing: there will be thousands of them.
void become_quiet(std::chrono::seconds run_max) {
  const rlimit none{};
  (void)::setrlimit(RLIMIT_CORE, &none);
  if (const int nowhere = ::open("/dev/null", O_WRONLY | O_CLOEXEC); nowhere >= 0) {
    (void)::dup2(nowhere, STDOUT_FILENO);
    (void)::dup2(nowhere, STDERR_FILENO);
  }
  ::alarm(static_cast<unsigned>(run_max.count()));
}

// Noexcept on purpose: what escapes the judge is a death like any other.
void live_through(const Trace& trace, const Lineup& lineup, const std::atomic<bool>& interrupted,
                  Legacy& legacy) noexcept {
  const auto divergence = judge_in_lockstep(trace, lineup, [&](const Step& step) {
                            legacy.done = step.index + 1;
                            return !interrupted;
                          }).divergence;
  if (divergence) legacy.done = divergence->operation_index;
  legacy.diverged = divergence.has_value();
  legacy.finished = true;
}

int wait_for(pid_t child) {
  int status = 0;
  while (::waitpid(child, &status, 0) < 0) {
    if (errno != EINTR) throw std::system_error(errno, std::generic_category(), "waitpid");
  }
  return status;
}

std::string describe_death(int status) {
  if (!WIFSIGNALED(status)) return fmt::format("exit status {}", WEXITSTATUS(status));
  return fmt::format("signal {} ({})", WTERMSIG(status), ::strsignal(WTERMSIG(status)));
}

// How a child ended that went through a history.
struct ChildEnd {
  std::size_t done;
  bool finished;
  bool diverged;
  bool gave_up;  // after its time
  int status;
};

ChildEnd run_in_child(const Trace& trace, const Lineup& lineup,
                      const std::atomic<bool>& interrupted, std::chrono::seconds run_max) {
  const SharedLegacy legacy;
  const pid_t child = ::fork();
  if (child < 0) throw std::system_error(errno, std::generic_category(), "fork");
  if (child == 0) {
    become_quiet(run_max);
    live_through(trace, lineup, interrupted, *legacy);
    ::_exit(EXIT_SUCCESS);
  }
  const int status = wait_for(child);
  return {.done = legacy->done,
          .finished = legacy->finished,
          .diverged = legacy->diverged,
          .gave_up = WIFSIGNALED(status) && WTERMSIG(status) == SIGALRM,
          .status = status};
}

Failure death_of(const ChildEnd& end) {
  return {.index = end.done, .death = describe_death(end.status)};
}

bool same_kind(const Divergence& a, const Divergence& b) {
  if (!a.law.empty() || !b.law.empty()) return a.law == b.law;
  // A page's address is where, not what.
  const auto word = [](const std::string& field) { return field.substr(0, field.find(' ')); };
  return word(a.field) == word(b.field);
}

}  // namespace

std::string describe(const Failure& failure) {
  if (failure.divergence) return summary(*failure.divergence);
  return fmt::format("operation {}: the process dies: {}", failure.index, failure.death);
}

std::optional<Failure> FailureFinder::first(const Trace& trace, FailureWish wish) {
  constexpr std::chrono::seconds no_limit{0};
  wish_ = wish;
  // In a child, since nobody knows yet whether it dies of it.
  const ChildEnd end = run_in_child(trace, lineup_, interrupted_, no_limit);
  if (interrupted_) return std::nullopt;
  failing_ = trace;
  failing_.operations.resize(std::min(end.done + 1, trace.operations.size()));
  std::optional<Failure> failure;
  if (!end.finished) {
    wish_ = FailureWish::crash;
    failure = death_of(end);
  } else if (end.diverged && wish != FailureWish::crash) {
    failure = diverges(failing_);
  }
  if (failure) first_ = last_ = *failure;
  return failure;
}

oracle::FailsAt FailureFinder::fails_at(std::chrono::seconds run_max) {
  return [this, run_max](const Trace& trace) -> std::optional<std::size_t> {
    if (trace == failing_) return first_.index;  // known, and the longest run of all
    auto failure = wish_ == FailureWish::crash ? dies(trace, run_max) : diverges(trace);
    if (!failure) return std::nullopt;
    const bool counts =
        wish_ != FailureWish::same || same_kind(*failure->divergence, *first_.divergence);
    if (!counts) return std::nullopt;
    last_ = std::move(*failure);
    return last_.index;
  };
}

std::optional<Failure> FailureFinder::diverges(const Trace& trace) const {
  auto divergence =
      judge_in_lockstep(trace, lineup_, [this](const Step&) { return !interrupted_; }).divergence;
  if (!divergence || interrupted_) return std::nullopt;
  return Failure{.index = divergence->operation_index, .divergence = std::move(divergence)};
}

std::optional<Failure> FailureFinder::dies(const Trace& trace, std::chrono::seconds run_max) const {
  const ChildEnd end = run_in_child(trace, lineup_, interrupted_, run_max);
  if (end.finished || end.gave_up || interrupted_) return std::nullopt;
  return death_of(end);
}

}  // namespace heaplaw::cli
