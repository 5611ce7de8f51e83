#include "oracle/golang/child.h"

#include <csignal>
#include <fstream>
#include <thread>

#include <gtest/gtest.h>

#include "oracle/golang/go_error.h"
#include "oracle/golang/scratch_folder.h"

namespace heaplaw::oracle {
namespace {

using namespace std::chrono_literals;

ChildOrder shell(const std::string& script) {
  return {.command = {"/bin/sh", "-c", script}, .environment = {"PATH=/usr/bin:/bin", "A=b"}};
}

TEST(Child, SaysWhatItSaysAndHowItEnds) {
  const ChildResult result = run_child(shell("echo out; echo err >&2; exit 3"));
  EXPECT_EQ(result.end, ChildEnd::exited);
  EXPECT_EQ(result.status, 3);
  EXPECT_EQ(result.output, "out\n");
  EXPECT_EQ(result.errors, "err\n");
  EXPECT_FALSE(result.succeeded());
  EXPECT_EQ(describe(result, shell("")), "exit status 3");
}

TEST(Child, ReadsItsInputAndItsEnvironment) {
  ChildOrder order = shell("cat; echo $A");
  const std::string input(1 << 20, 'x');  // more than a pipe holds
  order.input = input;
  order.output_max = 2 << 20;
  EXPECT_EQ(run_child(order).output, input + "b\n");
}

TEST(Child, NeedNotReadItsInput) {
  ChildOrder order = shell("exit 0");
  const std::string input(1 << 20, 'x');
  order.input = input;
  EXPECT_TRUE(run_child(order).succeeded());
}

TEST(Child, RunsInItsFolder) {
  const ScratchFolder folder;
  ChildOrder order = shell("pwd");
  order.folder = folder.path();
  EXPECT_EQ(run_child(order).output, folder.path().string() + "\n");
}

TEST(Child, IsSeenToDie) {
  const ChildResult result = run_child(shell("kill -9 $$"));
  EXPECT_EQ(result.end, ChildEnd::killed);
  EXPECT_EQ(result.signal, SIGKILL);
  EXPECT_NE(describe(result, shell("")).find("signal 9"), std::string::npos);
}

TEST(Child, ThatCannotBeStartedSaysWhy) {
  const ChildResult result = run_child({.command = {"/nonexistent/program"}, .environment = {}});
  EXPECT_FALSE(result.succeeded());
  EXPECT_EQ(result.errors, "No such file or directory");
}

TEST(Child, ThatTakesTooLongIsEndedWithWhatItStarted) {
  const ScratchFolder folder;
  ChildOrder order = shell("(sleep 1; touch left-behind) & sleep 100");
  order.folder = folder.path();
  order.time_max = 100ms;
  const ChildResult result = run_child(order);
  EXPECT_EQ(result.end, ChildEnd::timed_out);
  std::this_thread::sleep_for(1500ms);
  EXPECT_FALSE(std::filesystem::exists(folder.path() / "left-behind"));
}

TEST(Child, ThatIsInterruptedEnds) {
  const std::atomic<bool> interrupted = true;
  ChildOrder order = shell("sleep 100");
  order.interrupted = &interrupted;
  const ChildResult result = run_child(order);
  EXPECT_EQ(result.end, ChildEnd::interrupted);
  EXPECT_EQ(describe(result, order), "interrupted");
}

TEST(Child, ThatNeverStopsTalkingIsEnded) {
  ChildOrder order = shell("while :; do echo again; done");
  order.output_max = 10'000;
  const ChildResult result = run_child(order);
  EXPECT_EQ(result.end, ChildEnd::too_talkative);
  EXPECT_EQ(result.output.size(), 10'000u);
  EXPECT_EQ(describe(result, order), "it wrote more than 10000 bytes");
}

TEST(Child, ManyComplaintsAreCutNotFatal) {
  const ChildResult result = run_child(shell("head -c 300000 /dev/zero >&2; echo done"));
  EXPECT_TRUE(result.succeeded());
  EXPECT_EQ(result.output, "done\n");
  EXPECT_EQ(result.errors.size(), 64u << 10);
}

TEST(Child, GrandchildrenThatHoldItsStreamsDoNotHoldUsUp) {
  const auto begun = std::chrono::steady_clock::now();
  EXPECT_EQ(run_child(shell("sleep 100 & echo done")).output, "done\n");
  EXPECT_LT(std::chrono::steady_clock::now() - begun, 20s);
}

}  // namespace
}  // namespace heaplaw::oracle
