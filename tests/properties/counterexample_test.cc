#include "properties/counterexample.h"

#include <algorithm>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "properties/trace_generator.h"

namespace heaplaw::properties {
namespace {

using testing::HasSubstr;

Trace history() { return generate(5, {.length = 500, .release = Release(19, 8)}); }

TEST(Counterexample, NothingForAPropertyThatHolds) {
  EXPECT_FALSE(counterexample(5, history(), [](const Trace&) { return std::nullopt; }));
}

TEST(Counterexample, TheSmallestHistoryAsTextWithItsSeed) {
  const TraceProperty few_drops = [](const Trace& trace) -> std::optional<Complaint> {
    std::size_t drops = 0;
    for (std::size_t i = 0; i < trace.operations.size(); ++i) {
      drops += trace.operations[i].kind == OperationKind::drop;
      if (drops == 2) return Complaint{i, "two drops"};
    }
    return std::nullopt;
  };
  const auto text = counterexample(5, history(), few_drops);
  ASSERT_TRUE(text);
  EXPECT_THAT(*text, HasSubstr("history of seed 5 (500 operations): two drops"));
  EXPECT_THAT(*text, HasSubstr("smallest, 4 operations: two drops"));
  EXPECT_EQ(parse_trace(text->substr(text->find("heaplaw-trace")), "text").operations.size(), 4u);
}

}  // namespace
}  // namespace heaplaw::properties
