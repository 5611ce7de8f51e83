#include "vocabulary/trace.h"

#include <sstream>
#include <string>

#include <gtest/gtest.h>

#include "expect_input_error.h"

namespace heaplaw {
namespace {

Operation alloc(std::uint64_t handle, Bytes size) {
  return Operation::alloc(handle, size, ObjectKind::noscan);
}

std::string error_of(const std::string& text, TraceLimits limits = {}) {
  const std::string error = input_error_of([&] { return parse_trace(text, "t.trace", limits); });
  std::istringstream stream(text);
  EXPECT_EQ(input_error_of([&] { return read_trace(stream, "t.trace", limits); }), error);
  return error;
}

TEST(Trace, IsReadWithCommentsBlankLinesAndForeignLineEnds) {
  const Trace trace = parse_trace(
      "# a counterexample\r\n"
      "\r\n"
      "heaplaw-trace 1\r\n"
      "procs 4  # as many as it needs\n"
      "release 1.19.8\n"
      "\talloc 17 100 noscan       # handle, bytes, kind\n"
      "proc 3\n"
      "drop 17",
      "t");
  EXPECT_EQ(trace,
            (Trace{.release = Release(19, 8),
                   .procs = 4,
                   .operations = {alloc(17, 100_B), Operation::proc(3), Operation::drop(17)}}));
}

TEST(Trace, DefaultsToTheNewestReleaseAndOneP) {
  EXPECT_EQ(parse_trace("heaplaw-trace 1\n", "t"),
            (Trace{.release = newest_release, .procs = 1, .operations = {}}));
}

TEST(Trace, WhatIsPrintedIsReadBack) {
  const Trace trace{
      .release = Release(8, Release::Stage::beta, 1),
      .procs = 64,
      .operations = {alloc(0, 0_B), alloc(~0ull, Bytes{~0ull}), Operation::drop(0), alloc(0, 1_B),
                     Operation::proc(63), Operation::advance(1), Operation::gc_percent(value_off)}};
  EXPECT_EQ(print(trace),
            "heaplaw-trace 1\nrelease go1.8beta1\nprocs 64\n"
            "alloc 0 0 noscan\nalloc 18446744073709551615 18446744073709551615 noscan\n"
            "drop 0\nalloc 0 1 noscan\nproc 63\nadvance 1ns\ngc-percent off\n");
  EXPECT_EQ(parse_trace(print(trace), "t"), trace);
}

TEST(Trace, TheHeaderIsAskedFor) {
  const std::string expected = ", expected the header 'heaplaw-trace 1'";
  EXPECT_EQ(error_of(""), "t.trace:1:1: found the end of the file" + expected);
  EXPECT_EQ(error_of("# only this\n"), "t.trace:2:1: found the end of the file" + expected);
  EXPECT_EQ(error_of("\ngc\n"), "t.trace:2:1: found 'gc'" + expected);
  EXPECT_EQ(error_of("heaplaw-trace 2\n"), "t.trace:1:15: found '2', expected version 1");
  EXPECT_EQ(error_of("heaplaw-trace 1 x\n"),
            "t.trace:1:17: found 'x', expected the end of the line");
}

TEST(Trace, ReleaseAndPsAreCheckedAndStandAtTheTop) {
  const std::string top = "heaplaw-trace 1\n";
  EXPECT_EQ(error_of(top + "release go2\n"),
            "t.trace:2:9: found 'go2', expected a Go release from go1 to go1.26.0");
  EXPECT_EQ(error_of(top + "release go1.99\n"),
            "t.trace:2:9: found 'go1.99', expected a Go release from go1 to go1.26.0");
  EXPECT_EQ(error_of(top + "release\n"),
            "t.trace:2:8: found the end of the line, expected a Go release from go1 to go1.26.0");
  EXPECT_EQ(error_of(top + "procs 0\n"), "t.trace:2:7: found '0', expected 1 to 64 Ps");
  EXPECT_EQ(error_of(top + "procs 65\n"), "t.trace:2:7: found '65', expected 1 to 64 Ps");
  EXPECT_EQ(error_of(top + "procs 2\nprocs 2\n"),
            "t.trace:3:1: found a second number of Ps, expected one at most");
  EXPECT_EQ(error_of(top + "release 1.4\nrelease 1.4\n"),
            "t.trace:3:1: found a second release, expected one at most");
  EXPECT_TRUE(error_of(top + "gc\nprocs 2\n")
                  .starts_with("t.trace:3:1: found 'procs', expected an operation (alloc, "));
}

TEST(Trace, BreachesOfTheRulesAreNamedWhereTheHandleStands) {
  const std::string top = "heaplaw-trace 1\nalloc 5 8 scan\n";
  EXPECT_EQ(error_of(top + " alloc 5 16 scan # again\n"),
            "t.trace:3:8: found handle '5' of a live object, expected a handle that is free or was "
            "dropped");
  EXPECT_EQ(error_of(top + "drop 6\n"),
            "t.trace:3:6: found handle '6' without a live object, expected a handle that was "
            "allocated and not dropped");
  EXPECT_EQ(error_of(top + "drop 5\ndrop 5\n"),
            "t.trace:4:6: found handle '5' without a live object, expected a handle that was "
            "allocated and not dropped");
  EXPECT_EQ(error_of(top + "stack-free 5\n"),
            "t.trace:3:12: found goroutine '5' without a stack, expected a goroutine whose stack "
            "has grown");
  EXPECT_EQ(error_of(top + "proc 1\n"), "t.trace:3:6: found '1', expected a P's number up to 0");
  EXPECT_EQ(error_of(top + "gc gc\n"), "t.trace:3:4: found 'gc', expected the end of the line");
  EXPECT_EQ(error_of(top + "proc 0 0\n"), "t.trace:3:8: found '0', expected the end of the line");
}

TEST(Trace, ATraceThatIsTooLongEndsInAnError) {
  const std::string text = "heaplaw-trace 1\ngc\ngc\n\ngc\n";
  EXPECT_EQ(parse_trace(text, "t", {.operations_max = 3}).operations.size(), 3u);
  EXPECT_EQ(error_of(text, {.operations_max = 2}),
            "t.trace:5:1: found more operations, expected 2 at most");
}

TEST(Trace, ALineThatIsTooLongEndsInAnError) {
  const std::string text = "heaplaw-trace 1\ngc #" + std::string(5000, '.') + "\n";
  EXPECT_EQ(error_of(text),
            "t.trace:2:4097: found a longer line, expected a line end within 4096 bytes");
}

// A source as long as anyone likes, which never holds more than one block of itself.
class LongTrace : public std::streambuf {
 public:
  explicit LongTrace(std::uint64_t blocks) : blocks_left_(blocks) {
    for (int i = 0; i < 1000; ++i) block_ += "alloc 1 100 noscan\ndrop 1\n";
    std::string header = "heaplaw-trace 1\n";
    start_ = header;
    setg(start_.data(), start_.data(), start_.data() + start_.size());
  }

 protected:
  int_type underflow() override {
    if (blocks_left_ == 0) return traits_type::eof();
    --blocks_left_;
    setg(block_.data(), block_.data(), block_.data() + block_.size());
    return traits_type::to_int_type(block_[0]);
  }

 private:
  std::uint64_t blocks_left_;
  std::string start_;
  std::string block_;
};

TEST(Trace, ALongTraceStreams) {
  LongTrace source(200);
  std::istream stream(&source);
  TraceReader reader(LineReader(stream, "long"));
  Operation operation;
  std::uint64_t allocs = 0;
  while (reader.next(operation)) allocs += operation.kind == OperationKind::alloc;
  EXPECT_EQ(allocs, 200'000u);
  EXPECT_EQ(reader.operations_read(), 400'000u);
  EXPECT_EQ(reader.place(), (Place{"long", 400'001, 0}));
}

TEST(Trace, HostileBytesAreQuotedNotTrusted) {
  EXPECT_EQ(error_of(std::string("\0\xff\x1b", 3)),
            "t.trace:1:1: found '\\x00\\xff\\x1b', expected the header 'heaplaw-trace 1'");
}

}  // namespace
}  // namespace heaplaw
