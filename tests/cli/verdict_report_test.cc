#include "cli/history/verdict_report.h"

#include <gtest/gtest.h>

#include "cli/history/lockstep.h"
#include "faulty_lineup.h"

namespace heaplaw::cli {
namespace {

const Trace trace{.release = Release{19, 8},
                  .operations = {Operation::gc(), Operation::alloc(1, 1000_B, ObjectKind::noscan)}};

TEST(VerdictReport, CountsAreWordsAndNumbers) {
  EXPECT_EQ(describe(Counts{{"operations", 12345}, {"addresses", 0}}),
            "12,345 operations, 0 addresses");
  EXPECT_EQ(to_json(Counts{{"operations", 12}}).dump(), R"({"operations":12})");
  const Counts counts = counts_of(judge_in_lockstep(trace).counts);
  EXPECT_EQ(counts.front(), (std::pair<std::string, std::uint64_t>{"operations", 2}));
  for (const auto& [what, times] : counts) EXPECT_GT(times, 0u) << what;
}

TEST(VerdictReport, ADivergenceKeepsItsNumbers) {
  const auto json =
      to_json(judge_in_lockstep(trace, lineup_with([] { return wrong_address_after_gc(1000); })));
  EXPECT_FALSE(json["holds"].get<bool>());
  EXPECT_EQ(json["divergence"]["operation_index"], 1);
  EXPECT_EQ(json["divergence"]["field"], "address");
  EXPECT_EQ(json["divergence"]["expected_by"], "naive");
  EXPECT_FALSE(to_json(judge_in_lockstep(trace)).contains("divergence"));
}

TEST(VerdictReport, FieldsOfARecordingAreCountedByTheWayTheyAreHeld) {
  oracle::RecordingVerdict verdict;
  verdict.addresses = 5;
  verdict.snapshots = 2;
  verdict.fields = {{"Alloc", oracle::Held::exact, 2},
                    {"Frees", oracle::Held::exact, 2},
                    {"NextGC", oracle::Held::by_rule, 1},
                    {"Sys", oracle::Held::bounded, 2, 77}};
  EXPECT_EQ(describe(counts_of(verdict)),
            "5 addresses, 2 snapshots, 4 fields exact, 0 fields exact in sum, 1 fields by rule, "
            "2 fields bounded, 0 law evaluations");
  const auto json = to_json(verdict);
  EXPECT_EQ(json["fields"].size(), 4u);
  EXPECT_EQ(json["fields"][3]["slack"], 77);
}

}  // namespace
}  // namespace heaplaw::cli
