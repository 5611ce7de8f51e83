#include "oracle/recording/recorded_process.h"

#include <gtest/gtest.h>

#include "vocabulary/check.h"

namespace heaplaw::oracle {
namespace {

Recording recording() {
  return {.os = "linux",
          .architecture = "amd64",
          .trace = {.release = Release(19, 8),
                    .operations = {Operation::read_memstats(),
                                   Operation::alloc(1, 8_B, ObjectKind::noscan),
                                   Operation::alloc(2, 8_B, ObjectKind::noscan),
                                   Operation::read_memstats()}},
          .addresses = {{}, Address{0xc000100000}, {}, {}},
          .stats = {MemStats{.mallocs = 7}, MemStats{.mallocs = 9}}};
}

TEST(RecordedProcess, SaysAgainWhatWasRecorded) {
  const Recording said = recording();
  RecordedProcess process(said);
  EXPECT_EQ(process.name(), "recorded go1.19.8");
  EXPECT_EQ(process.mem_stats(), MemStats{});
  const auto& operations = said.trace.operations;
  EXPECT_EQ(process.apply(operations[0]), Observation::of(said.stats[0]));
  EXPECT_EQ(process.mem_stats().mallocs, 7u);
  EXPECT_EQ(process.apply(operations[1]), Observation::of(Address{0xc000100000}));
  EXPECT_EQ(process.apply(operations[2]), Observation{}) << "no address was recorded";
  EXPECT_EQ(process.apply(operations[3]).stats->mallocs, 9u);
}

TEST(RecordedProcess, RefusesWhatItNeverDid) {
  const Recording said = recording();
  RecordedProcess process(said);
  EXPECT_THROW((void)process.apply(Operation::gc()), CheckFailure);
  for (const Operation& operation : said.trace.operations) {
    EXPECT_NO_THROW((void)process.apply(operation)) << "the refusal changed nothing";
  }
  EXPECT_THROW((void)process.apply(Operation::gc()), CheckFailure);
}

}  // namespace
}  // namespace heaplaw::oracle
