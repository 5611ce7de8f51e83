#include "evidence/scrapes.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "evidence/evidence_reader.h"
#include "heard.h"

namespace heaplaw::evidence {
namespace {

using testing::ElementsAre;

struct Told {
  std::vector<std::string> lines;
  std::vector<Snapshot> snapshots;
};

Told heard_of(std::string_view text) {
  Heard heard;
  read_evidence(text, heard);
  return {heard.lines, heard.snapshots};
}

TEST(Scrapes, AreCompleteWhenAMetricComesAgain) {
  const std::string scrape = "go_memstats_alloc_bytes 8\ngo_memstats_sys_bytes 2.7183352e+07\n";
  EXPECT_THAT(heard_of(scrape + scrape).lines,
              ElementsAre("1: Prometheus of 1.2 - : Alloc, Sys",
                          "3: Prometheus of 1.2 - : Alloc, Sys, again"));
}

TEST(Scrapes, ProcessesAreToldByLabelsAndPrefix) {
  const std::string text =
      "go_info{job=\"a\",version=\"go1.22.4\"} 1\n"
      "go_memstats_sys_bytes{job=\"a\"} 1\n"
      "go_memstats_sys_bytes{job=\"b\"} 2\n"
      "app_go_memstats_sys_bytes 3\n"
      "http_requests 4\n";
  EXPECT_THAT(heard_of(text).lines, ElementsAre("4: Prometheus of 1.2 - app_: Sys",
                                                "2: Prometheus of 1.22 job=\"a\": Sys",
                                                "3: Prometheus of 1.2 - job=\"b\": Sys"));
}

TEST(Scrapes, ARestartIsNoStepBack) {
  const std::string text =
      "go_memstats_mallocs_total 10\ngo_memstats_frees_total 5\n"
      "go_memstats_mallocs_total 4\ngo_memstats_frees_total 3\n"
      "go_memstats_mallocs_total 5\ngo_memstats_frees_total 2\n";
  EXPECT_THAT(heard_of(text).lines, ElementsAre("1: Prometheus of 1.2 - : Mallocs, Frees",
                                                "3: Prometheus of 1.2 - : Mallocs, Frees",
                                                "5: Prometheus of 1.2 - : Mallocs, Frees, again"));
}

TEST(Scrapes, FiguresOfRuntimeMetricsAreNotOfOneMoment) {
  EXPECT_FALSE(heard_of("go_memstats_sys_bytes 1\n").snapshots[0].stopped_world);
  EXPECT_TRUE(heard_of("go_info{version=\"go1.16.2\"} 1\ngo_memstats_sys_bytes 1\n")
                  .snapshots[0]
                  .stopped_world);
  EXPECT_TRUE(heard_of("go_memstats_gc_cpu_fraction 1e-05\ngo_memstats_sys_bytes 1\n")
                  .snapshots[0]
                  .stopped_world);
}

TEST(Scrapes, OddValuesAreRefusedOrSaturate) {
  const Told heard = heard_of(
      "go_memstats_last_gc_time_seconds 1.4935153344984537e+19\n"
      "go_memstats_next_gc_bytes 1.8446744073709552e+19\n"
      "go_memstats_sys_bytes 1.5\n");
  EXPECT_THAT(heard.lines, ElementsAre(testing::HasSubstr("a fault of old clients"),
                                       "3: refused: a figure that is not whole",
                                       "2: Prometheus of 1.2 - : NextGC"));
  EXPECT_EQ(heard.snapshots[0].stats.next_gc, ~std::uint64_t{0});
}

TEST(Scrapes, TheNumberOfProcessesIsBounded) {
  std::string text;
  for (int i = 0; i < 300; ++i) {
    text += fmt::format("go_memstats_sys_bytes{{p=\"{}\"}} 1\n", i);
  }
  const Told heard = heard_of(text);
  EXPECT_EQ(heard.snapshots.size(), 256);
  EXPECT_EQ(heard.lines[0], "257: refused: more than 256 processes in one text");
}

}  // namespace
}  // namespace heaplaw::evidence
