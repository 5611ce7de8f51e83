#include "cli/history/history_input.h"

#include <gtest/gtest.h>

#include "expect_input_error.h"
#include "scratch_folder.h"
#include "vocabulary/trace_bytes.h"

namespace heaplaw::cli {
namespace {

const Trace trace{.release = Release{19, 8},
                  .procs = 3,
                  .operations = {Operation::alloc(1, 100_B, ObjectKind::noscan), Operation::proc(2),
                                 Operation::drop(1)}};

std::string bytes_of_trace() {
  const auto bytes = encode_trace(trace);
  return {bytes.begin(), bytes.end()};
}

TEST(HistoryInput, TheKindIsFoundOutByContent) {
  EXPECT_EQ(kind_of(print(trace)), HistoryKind::trace);
  EXPECT_EQ(kind_of("\n# a comment\r\n \t\n  heaplaw-trace 1\n"), HistoryKind::trace);
  EXPECT_EQ(kind_of("# shrunk\nheaplaw-recording 1\n"), HistoryKind::recording);
  EXPECT_EQ(kind_of(bytes_of_trace()), HistoryKind::bytes);
  EXPECT_EQ(kind_of("package runtime // \u00e9\n"), HistoryKind::other_text);
  EXPECT_EQ(kind_of("heaplaw-traces"), HistoryKind::other_text);
  EXPECT_EQ(kind_of(""), HistoryKind::other_text);
  EXPECT_EQ(kind_of("cut inside a code point \xc3"), HistoryKind::other_text);
}

TEST(HistoryInput, WhatIsNoTextIsBytes) {
  for (const std::string_view bytes :
       {std::string_view("a\0b", 3), std::string_view("\x7f"), std::string_view("\x80"),
        std::string_view("\xc3("), std::string_view("\xff\xfe"), std::string_view("\x1b[0m")}) {
    EXPECT_EQ(kind_of(bytes), HistoryKind::bytes) << quote(bytes);
  }
}

TEST(HistoryInput, OneHistoryComesOutOfEveryForm) {
  const ScratchFolder folder;
  for (const std::string& file :
       {folder.put("text", print(trace)), folder.put("bytes", bytes_of_trace())}) {
    EXPECT_EQ(HistoryInput(file).trace(), trace);
    HistoryInput input(file);
    OperationSource operations = input.operations();
    EXPECT_EQ(operations.release, trace.release);
    EXPECT_EQ(operations.procs, 3u);
    std::vector<Operation> read;
    for (Operation next; operations.next(next);) read.push_back(next);
    EXPECT_EQ(read, trace.operations);
  }
}

TEST(HistoryInput, BytesMayLookLikeText) {
  const ScratchFolder folder;
  const std::string file = folder.put("crash", "law!");
  EXPECT_EQ(input_error_of([&] { return HistoryInput(file).kind(); }),
            file +
                ": found 'law!', expected the header 'heaplaw-trace 1' or 'heaplaw-recording 1', "
                "or a fuzzer's bytes (--bytes, if they look like text)");
  EXPECT_EQ(HistoryInput(file, true).kind(), HistoryKind::bytes);
  EXPECT_EQ(HistoryInput(file, true).trace().procs, 1u + 'a' % 64);
}

TEST(HistoryInput, AnEmptyFileIsNoHistory) {
  const ScratchFolder folder;
  const std::string file = folder.put("empty", "");
  EXPECT_NE(input_error_of([&] { return HistoryInput(file).kind(); }).find("found an empty file"),
            std::string::npos);
}

TEST(HistoryInput, MistakesHavePlaces) {
  const ScratchFolder folder;
  const std::string file = folder.put("text", "heaplaw-trace 1\nalloc 1 8 noscan\ndrop 2\n");
  HistoryInput input(file);
  OperationSource operations = input.operations();
  Operation next;
  EXPECT_TRUE(operations.next(next));
  EXPECT_TRUE(input_error_of([&] { return operations.next(next); }).starts_with(file + ":3:6: "));
}

TEST(HistoryInput, ReadsRecordings) {
  HistoryInput input(HEAPLAW_CORPUS "/recordings/go1.19.8/tiny-1.rec");
  ASSERT_EQ(input.kind(), HistoryKind::recording);
  EXPECT_GT(input.recording().addresses.size(), 1000u);
}

TEST(HistoryInput, KindsHaveNames) {
  EXPECT_EQ(name_of(HistoryKind::trace), "trace");
  EXPECT_EQ(name_of(HistoryKind::other_text), "text");
}

}  // namespace
}  // namespace heaplaw::cli
