#include "cli/interrupt.h"

#include <csignal>

namespace heaplaw::cli {

namespace {

std::atomic<bool> was_interrupted = false;
static_assert(std::atomic<bool>::is_always_lock_free);

void remember(int signal) {
  was_interrupted = true;
  std::signal(signal, SIG_DFL);
}

}  // namespace

InterruptGuard::InterruptGuard() {
  was_interrupted = false;
  interrupt_before_ = std::signal(SIGINT, remember);
  terminate_before_ = std::signal(SIGTERM, remember);
}

InterruptGuard::~InterruptGuard() {
  std::signal(SIGINT, interrupt_before_);
  std::signal(SIGTERM, terminate_before_);
}

const std::atomic<bool>& InterruptGuard::interrupted() const { return was_interrupted; }

}  // namespace heaplaw::cli
