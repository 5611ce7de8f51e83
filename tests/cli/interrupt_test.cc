#include "cli/interrupt.h"

#include <csignal>

#include <gtest/gtest.h>

namespace heaplaw::cli {
namespace {

TEST(Interrupt, IsRememberedWhileTheGuardLives) {
  for (const int signal : {SIGINT, SIGTERM}) {
    const InterruptGuard guard;
    EXPECT_FALSE(guard.interrupted());
    ASSERT_EQ(std::raise(signal), 0);
    EXPECT_TRUE(guard.interrupted());
  }
  const InterruptGuard fresh;
  EXPECT_FALSE(fresh.interrupted());
}

TEST(Interrupt, ASecondOneKills) {
  EXPECT_EXIT(
      {
        const InterruptGuard guard;
        (void)std::raise(SIGINT);
        (void)std::raise(SIGINT);
      },
      testing::KilledBySignal(SIGINT), "");
}

TEST(Interrupt, HandlersComeBackWithTheEndOfTheGuard) {
  { const InterruptGuard guard; }
  EXPECT_EQ(std::signal(SIGINT, SIG_DFL), SIG_DFL);
  EXPECT_EQ(std::signal(SIGTERM, SIG_DFL), SIG_DFL);
}

}  // namespace
}  // namespace heaplaw::cli
