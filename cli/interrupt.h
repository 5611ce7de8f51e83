// An interrupt ends a long job early instead of losing what it found.
#pragma once

#include <atomic>

namespace heaplaw::cli {

// While it lives, the first SIGINT or SIGTERM is remembered and a second one kills. One at a time.
class InterruptGuard {
 public:
  InterruptGuard();
  InterruptGuard(const InterruptGuard&) = delete;
  InterruptGuard& operator=(const InterruptGuard&) = delete;
  ~InterruptGuard();

  [[nodiscard]] const std::atomic<bool>& interrupted() const;

 private:
  using Handler = void (*)(int);
  Handler interrupt_before_;
  Handler terminate_before_;
};

}  // namespace heaplaw::cli
