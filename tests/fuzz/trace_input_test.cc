#include "fuzz/trace_input.h"

#include <string_view>

#include <gtest/gtest.h>

#include "vocabulary/trace_bytes.h"

namespace heaplaw::fuzz {
namespace {

std::vector<std::uint8_t> bytes_of(std::string_view text) { return {text.begin(), text.end()}; }

TEST(TraceInput, TextAndBytesAreOneHistory) {
  const auto text =
      bytes_of("heaplaw-trace 1\nrelease go1.19.8\nprocs 2\nalloc 1 100 scan\ndrop 1\n");
  const auto history = history_of(text);
  ASSERT_TRUE(history);
  EXPECT_EQ(history->operations.size(), 2u);
  EXPECT_EQ(history_of(encode_trace(*history)), history);
  EXPECT_TRUE(is_text(text));
  EXPECT_FALSE(is_text(encode_trace(*history)));
}

TEST(TraceInput, WhatCannotBeJudgedIsNoHistory) {
  EXPECT_FALSE(history_of(bytes_of("heaplaw-trace 1\nalloc 1\n")));
  EXPECT_FALSE(history_of(bytes_of("heaplaw-trace 1\nrelease go1.18\n")));
  EXPECT_FALSE(history_of(encode_trace({.release = Release{4}})));
}

TEST(TraceInput, AllFuzzedLinesAreFuzzed) {
  EXPECT_GE(fuzzed_lines().size(), 1u);
  for (const Release& line : fuzzed_lines()) EXPECT_TRUE(is_fuzzed(line)) << line.name();
  EXPECT_FALSE(is_fuzzed(Release{4}));
}

}  // namespace
}  // namespace heaplaw::fuzz
