// Regenerating and verifying Go's size-class tables. The first figure is the one that users wait
// for: every shipped release, from nothing to a verdict.
#include <string>
#include <vector>

#include <benchmark/benchmark.h>

#include "cli/check/sha256.h"
#include "cli/table/verify.h"
#include "evidence/size_class_file.h"
#include "evidence/size_class_file_printer.h"
#include "model/placement.h"
#include "model/size_class_table.h"
#include "oracle/tables/documented.h"
#include "oracle/tables/table_laws.h"
#include "vocabulary/release_facts.h"

namespace heaplaw {
namespace {

// All releases together: compute, print, compare the SHA-256, and judge by every law.
void regenerate_and_verify_all_releases(benchmark::State& state) {
  for (auto _ : state) {
    std::size_t right = 0;
    for (const oracle::DocumentedFile& file : oracle::documented_files()) {
      const SizeClassEdition& edition = size_class_edition(file.edition);
      if (!edition.shipped) continue;
      const SizeClassTable table = model::size_class_table(edition);
      oracle::TableFindings findings;
      oracle::judge(table, findings);
      right +=
          cli::sha256_hex(evidence::print(table, edition)) == file.sha256 && findings.total() == 0;
    }
    if (right != 11) state.SkipWithError("a release did not regenerate");
  }
}
BENCHMARK(regenerate_and_verify_all_releases)->Unit(benchmark::kMillisecond);

void compute_one_table(benchmark::State& state) {
  for (auto _ : state) {
    benchmark::DoNotOptimize(model::size_class_table(size_class_edition(15)));
  }
}
BENCHMARK(compute_one_table)->Unit(benchmark::kMicrosecond);

void judge_one_table(benchmark::State& state) {
  const SizeClassTable table = model::size_class_table(size_class_edition(15));
  for (auto _ : state) {
    oracle::TableFindings findings;
    oracle::judge(table, findings);
    benchmark::DoNotOptimize(findings.comparisons());
  }
}
BENCHMARK(judge_one_table)->Unit(benchmark::kMicrosecond);

void parse_one_file(benchmark::State& state) {
  const std::string text = cli::edition_text(size_class_edition(15));
  for (auto _ : state) {
    benchmark::DoNotOptimize(evidence::parse_size_class_file(text, "bench.go"));
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(text.size()) * state.iterations());
}
BENCHMARK(parse_one_file)->Unit(benchmark::kMicrosecond);

void place_one_request(benchmark::State& state) {
  const model::Placer placer(facts_of(newest_release));
  std::uint64_t n = 1;
  for (auto _ : state) {
    benchmark::DoNotOptimize(placer.place(Bytes{n}, ObjectKind::scan));
    n = n % 32'760 + 1;
  }
}
BENCHMARK(place_one_request);

}  // namespace
}  // namespace heaplaw
