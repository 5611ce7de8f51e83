#include "oracle/golang/recorder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "fake_go.h"
#include "oracle/golang/go_error.h"
#include "real_go.h"

namespace heaplaw::oracle {
namespace {

using Op = Operation;
using testing::HasSubstr;
constexpr auto noscan = ObjectKind::noscan;
constexpr auto scan = ObjectKind::scan;

Trace trace_of(std::vector<Operation> operations) {
  return {.release = Release(19, 8), .procs = 1, .operations = std::move(operations)};
}

template <typename Deed>
std::string complaint_of(Deed&& deed) {
  try {
    deed();
  } catch (const GoError& error) {
    return error.what();
  }
  return "none";
}

std::string complaint_of_building(const FakeGo& fake) {
  return complaint_of([&] { const Recorder recorder(toolchain_at(fake.goroot())); });
}

TEST(Recorder, AGoThatDoesNotBuildIsSaid) {
  EXPECT_THAT(complaint_of_building(FakeGo::of("go1.19.8", "echo ./main.go:1: wrong >&2; exit 1")),
              HasSubstr("building the recorder failed: exit status 1:\n./main.go:1: wrong"));
  EXPECT_THAT(complaint_of_building(FakeGo::of("go1.19.8", "kill -9 $$")),
              HasSubstr("building the recorder failed: killed by signal 9"));
  EXPECT_THAT(complaint_of_building(FakeGo::of("go1.19.8", "exit 0")),
              HasSubstr("made no program"));
}

// What a broken toolchain may build, in place of the recorder.
std::string complaint_of_program(const std::string& script) {
  const FakeGo fake = FakeGo::building("go1.19.8", script);
  const Recorder recorder(toolchain_at(fake.goroot()));
  std::atomic<std::uint64_t> disturbed = 0;
  return complaint_of([&] { (void)recorder.record(trace_of({Op::gc()}), disturbed); });
}

TEST(Recorder, AProgramThatRecordsNothingIsSaid) {
  EXPECT_THAT(complaint_of_program("echo trouble >&2; exit 2"),
              HasSubstr("the recorder failed: exit status 2:\ntrouble"));
  EXPECT_THAT(complaint_of_program("kill -11 $$"), HasSubstr("killed by signal 11"));
  EXPECT_THAT(complaint_of_program("echo hello"), HasSubstr("no recording: recorder:1:1"));
  EXPECT_THAT(complaint_of_program("echo again >&2; exit 3"),
              HasSubstr("all of 10 runs were disturbed; the last: again"));
}

class LiveRecorder : public testing::Test {
 protected:
  void SetUp() override {
    if (gos().empty()) GTEST_SKIP() << "no Go is installed here";
  }
  static const std::vector<Toolchain>& gos() {
    static const std::vector<Toolchain> found = real_gos();
    return found;
  }
  static Recording record(const Recorder& recorder, const Trace& trace) {
    std::atomic<std::uint64_t> disturbed = 0;
    return recorder.record(trace, disturbed);
  }
};

TEST_F(LiveRecorder, WritesTheTraceWithItsOutcomes) {
  const Trace trace =
      trace_of({Op::alloc(7, 100_B, noscan), Op::alloc(1, 48_B, scan), Op::alloc(2, 0_B, noscan),
                Op::alloc(3, 70'000_B, noscan), Op::drop(7), Op::gc(), Op::read_memstats(),
                Op::gc_percent(200'000), Op::gc_percent(value_off), Op::free_os_memory()});
  for (const Toolchain& toolchain : gos()) {
    const Recording recording = record(Recorder(toolchain), trace);
    EXPECT_EQ(recording.trace.release, toolchain.release);
    ASSERT_EQ(recording.trace.operations.size(), trace.operations.size() + 1);
    EXPECT_EQ(recording.trace.operations.front(), Op::read_memstats());
    EXPECT_TRUE(std::equal(trace.operations.begin(), trace.operations.end(),
                           recording.trace.operations.begin() + 1));
    EXPECT_EQ(recording.stats.size(), 2u);
    EXPECT_EQ(recording.stats[1].mallocs - recording.stats[0].mallocs, 3u);
    EXPECT_GE(recording.addresses[1], recording.region);
    EXPECT_EQ(recording.addresses[3], Address{}) << "an empty object lies nowhere";
    EXPECT_GE(recording.syncs.size(), 130u);
  }
}

TEST_F(LiveRecorder, TwoRunsAreTheSameButForWhereTheyAre) {
  const Trace trace =
      trace_of({Op::alloc(1, 3000_B, scan), Op::alloc(2, 13_B, noscan), Op::stack_grow(1, 2_KiB),
                Op::stack_grow(1, 64_KiB), Op::alloc(3, 90'000_B, noscan), Op::stack_free(1)});
  const Toolchain& oldest = gos().back();
  const Recorder recorder(oldest);
  const Recording one = record(recorder, trace);
  const Recording other = record(recorder, trace);
  for (std::size_t i = 0; i < one.addresses.size(); ++i) {
    if (one.addresses[i] == Address{}) continue;
    EXPECT_EQ(one.addresses[i] - one.region, other.addresses[i] - other.region) << i;
  }
}

TEST_F(LiveRecorder, RefusesWhatNoProcessCanDo) {
  const Recorder recorder(gos().front());
  const auto complaint_about = [&](std::vector<Operation> operations) {
    return complaint_of([&] { (void)record(recorder, trace_of(std::move(operations))); });
  };
  EXPECT_THAT(complaint_about({Op::advance(1)}),
              HasSubstr("trace:4: expected an operation that a real process can perform"));
  EXPECT_THAT(complaint_about({Op::alloc(1, 12_B, scan)}),
              HasSubstr("trace:4: expected a multiple of 8 bytes"));
  EXPECT_THAT(complaint_about({Op::stack_grow(1, 4_KiB)}), HasSubstr("expected 2048"));
  EXPECT_THAT(complaint_about({Op::gc(), Op::stack_grow(1, 2_KiB), Op::stack_free(1)}),
              HasSubstr("trace:6: expected a stack that has grown"));
}

TEST_F(LiveRecorder, AnInterruptEndsIt) {
  const std::atomic<bool> interrupted = true;
  EXPECT_THAT(complaint_of([&] { const Recorder recorder(gos().front(), &interrupted); }),
              HasSubstr("interrupted"));
}

}  // namespace
}  // namespace heaplaw::oracle
