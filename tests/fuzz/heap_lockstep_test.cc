#include "fuzz/heap_lockstep.h"

#include <array>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "faulty_subject.h"
#include "fuzz/trace_input.h"
#include "model/runtime.h"
#include "oracle/naive/runtime.h"

namespace heaplaw::fuzz {
namespace {

using testing::HasSubstr;

Trace history() {
  return parse_trace(
      "heaplaw-trace 1\nrelease go1.19.8\nalloc 1 100 scan\nalloc 2 8192 noscan\ndrop 1\n"
      "alloc 3 40000 noscan\ngc\nalloc 4 100 scan\n",
      "test");
}

oracle::Verdict judge_with(FaultySubject::Faults faults) {
  const Trace trace = history();
  oracle::NaiveRuntime naive(trace.release, trace.procs);
  FaultySubject faulty(std::make_unique<model::Runtime>(trace.release, trace.procs),
                       std::move(faults));
  const std::array<Subject*, 2> subjects = {&naive, &faulty};
  return judge_for_fuzzing(subjects, trace);
}

TEST(HeapLockstep, AShortHistoryIsFullyJudged) {
  const oracle::Verdict verdict = judge_for_fuzzing(history());
  EXPECT_TRUE(verdict.holds());
  EXPECT_EQ(verdict.counts.operations, 6u);
  EXPECT_EQ(verdict.counts.addresses, 4u);
  EXPECT_GT(verdict.counts.page_maps, 0u);
  EXPECT_GT(verdict.counts.all_law_evaluations(), 20u);
}

TEST(HeapLockstep, FaultsInAnswersFiguresAndMapsAreFound) {
  const auto wrong_address = judge_with({.answer = [](const Operation& o, Observation& answer) {
    if (o.handle == 4) answer.address = answer.address + 8_B;
  }});
  ASSERT_TRUE(wrong_address.divergence);
  EXPECT_EQ(wrong_address.divergence->operation_index, 5u);
  EXPECT_EQ(wrong_address.divergence->field, "address");

  EXPECT_TRUE(judge_with({.stats = [](MemStats& s) { ++s.frees; }}).divergence);

  const auto lost_page = [](const PageMap& map) {
    PageMap spoilt;
    for (const PageRun& run : map.runs().first(map.runs().size() - 1)) {
      spoilt.append(run.start, run.length, run.state);
    }
    return spoilt;
  };
  EXPECT_TRUE(judge_with({.map = lost_page}).divergence);
}

TEST(HeapLockstep, AReportShowsTheDivergenceAndAHistoryThatParses) {
  const auto verdict = judge_with({.stats = [](MemStats& s) { s.heap_inuse += 8192; }});
  ASSERT_TRUE(verdict.divergence);
  const std::string text = describe_failure(*verdict.divergence, history());
  EXPECT_THAT(text, HasSubstr("HeapInuse"));
  const std::size_t begin = text.find("heaplaw-trace");
  ASSERT_NE(begin, std::string::npos);
  EXPECT_EQ(parse_trace(text.substr(begin), "report"), history());
}

}  // namespace
}  // namespace heaplaw::fuzz
