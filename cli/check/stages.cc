#include "cli/check/stages.h"

#include <algorithm>
#include <limits>

#include <fmt/format.h>

#include "cli/check/sha256.h"
#include "cli/table/compare.h"
#include "cli/table/verify.h"
#include "model/placement.h"
#include "model/size_class_table.h"
#include "model/span_layout.h"
#include "model/waste.h"
#include "oracle/tables/documented.h"
#include "oracle/tables/documented_table.h"
#include "oracle/tables/landing.h"
#include "oracle/tables/table_laws.h"
#include "vocabulary/release_facts.h"
#include "vocabulary/size_class_edition.h"

namespace heaplaw::cli {

namespace {

// One release of every line, and those within a line that differ from its first.
std::vector<Release> distinct_releases() {
  std::vector<Release> releases;
  for (unsigned minor = oldest_release.minor(); minor <= newest_release.minor(); ++minor) {
    releases.emplace_back(minor);
  }
  releases.emplace_back(8, Release::Stage::beta, 1);
  return releases;
}

void compare_tables(const std::string& name, const SizeClassTable& computed,
                    const SizeClassTable& documented, std::uint64_t& compared,
                    StageResult& result) {
  std::size_t times = 0;
  for (const TableDifference& d : differences(computed, documented, times)) {
    result.fail(fmt::format("{}: {}: model has {}, documented is {}", name, describe(d.spot),
                            d.found, d.expected));
  }
  // differences() passes over parts that one side lacks; here both must have the same parts.
  if (computed != documented) result.fail(fmt::format("{}: the tables differ in form", name));
  compared += times;
}

void compare_rows(const oracle::DocumentedTable& documented, std::uint64_t& compared,
                  StageResult& result) {
  const model::SizeClasses classes(documented.parameters);
  const auto rows = model::class_rows(classes, documented.parameters.page_size);
  if (rows.size() != documented.rows.size()) {
    result.fail(fmt::format("table {}: {} rows computed, {} documented", documented.name,
                            rows.size(), documented.rows.size()));
    return;
  }
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const oracle::DocumentedRow& d = documented.rows[i];
    const ClassRow& r = rows[i];
    const bool same_align = d.min_align == 0 || r.min_align == d.min_align;
    if (r.bytes_obj != d.size || r.objects != d.objects || r.tail_waste != d.tail_waste ||
        r.max_waste != d.max_waste || !same_align) {
      result.fail(fmt::format("table {}: row {} differs from the documented one", documented.name,
                              r.number));
    }
    ++compared;
  }
}

}  // namespace

void StageResult::fail(std::string what) {
  constexpr std::size_t kept = 10;
  ++failure_count;
  if (failures.size() < kept) failures.push_back(std::move(what));
}

bool StageResult::holds() const {
  if (failure_count != 0) return false;
  if (cut_short) return true;
  return !counts.empty() && std::ranges::all_of(counts, [](const auto& c) { return c.second > 0; });
}

StageResult check_editions() {
  StageResult result{.name = "sizeclasses.go regenerated"};
  std::uint64_t shipped = 0;
  std::uint64_t others = 0;
  for (const oracle::DocumentedFile& file : oracle::documented_files()) {
    const SizeClassEdition& edition = size_class_edition(file.edition);
    const std::string& text = edition_text(edition);
    const std::string sum = sha256_hex(text);
    if (sum != file.sha256 || Bytes{text.size()} != file.bytes) {
      result.fail(fmt::format("edition {} ({}): {} bytes with SHA-256 {}, expected {} with {}",
                              edition.id, edition.published, text.size(), sum, file.bytes,
                              file.sha256));
    }
    ++(edition.shipped ? shipped : others);
  }
  result.count("shipped versions by SHA-256", shipped);
  result.count("development snapshots", others);
  return result;
}

StageResult check_documented_tables() {
  StageResult result{.name = "tables computed against documented"};
  std::uint64_t values = 0;
  std::uint64_t rows = 0;
  for (const Release& release : distinct_releases()) {
    const ReleaseFacts facts = facts_of(release);
    compare_tables(release.name(), model::size_class_table(facts), oracle::documented_table(facts),
                   values, result);
  }
  for (const SizeClassEdition& edition : size_class_editions()) {
    compare_tables(fmt::format("edition {}", edition.id), model::size_class_table(edition),
                   oracle::documented_table(edition.id), values, result);
  }
  for (const auto& documented : oracle::documented_tables()) compare_rows(documented, rows, result);
  result.count("numbers", values);
  result.count("documented rows", rows);
  return result;
}

StageResult check_table_laws() {
  StageResult result{.name = "laws of size-class tables"};
  std::uint64_t comparisons = 0;
  std::uint64_t tables = 0;
  for (const Release& release : distinct_releases()) {
    oracle::TableFindings findings;
    oracle::judge(model::size_class_table(facts_of(release)), findings);
    for (const auto& f : findings.kept()) {
      result.fail(fmt::format("{}: {}: found {}, expected {} ({})", release, describe(f.spot),
                              f.found, f.expected, f.law->id));
    }
    comparisons += findings.comparisons();
    ++tables;
  }
  result.count("laws", oracle::table_laws().size());
  result.count("tables", tables);
  result.count("comparisons", comparisons);
  return result;
}

}  // namespace heaplaw::cli
