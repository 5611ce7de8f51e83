#include "cli/history/failure.h"

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
  std::atomic<std::uint64_t> done = 0;  // operations gone through
  std::atomic<bool> finished = false;
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
  std::optional<Failure> failure = dies(trace, no_limit);
  if (failure) wish_ = FailureWish::crash;
  if (!failure && wish_ != FailureWish::crash && !interrupted_) failure = diverges(trace);
  if (failure) first_ = last_ = *failure;
  return failure;
}

oracle::FailsAt FailureFinder::fails_at(std::chrono::seconds run_max) {
  return [this, run_max](const Trace& trace) -> std::optional<std::size_t> {
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
  const SharedLegacy legacy;
  const pid_t child = ::fork();
  if (child < 0) throw std::system_error(errno, std::generic_category(), "fork");
  if (child == 0) {
    become_quiet(run_max);
    judge(trace, legacy->done);
    legacy->finished = true;
    ::_exit(EXIT_SUCCESS);
  }
  const int status = wait_for(child);
  const bool gave_up = WIFSIGNALED(status) && WTERMSIG(status) == SIGALRM;
  if (legacy->finished || gave_up || interrupted_) return std::nullopt;
  return Failure{.index = legacy->done, .death = describe_death(status)};
}

// Noexcept on purpose: what escapes the judge is a death like any other.
void FailureFinder::judge(const Trace& trace, std::atomic<std::uint64_t>& done) const noexcept {
  (void)judge_in_lockstep(trace, lineup_, [&](const Step& step) {
    done = step.index + 1;
    return !interrupted_;
  });
}

}  // namespace heaplaw::cli
