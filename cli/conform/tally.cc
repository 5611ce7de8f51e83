#include "cli/conform/tally.h"

#include <algorithm>

namespace heaplaw::cli {

namespace {

void add_fields(std::vector<oracle::FieldTally>& sum, const std::vector<oracle::FieldTally>& more) {
  for (const oracle::FieldTally& tally : more) {
    auto found = std::ranges::find_if(sum, [&tally](const oracle::FieldTally& other) {
      return other.field == tally.field && other.held == tally.held;
    });
    if (found == sum.end()) {
      sum.push_back(tally);
    } else {
      found->compared += tally.compared;
      found->slack = std::max(found->slack, tally.slack);
    }
  }
}

}  // namespace

void ConformTally::add(const oracle::RecordingVerdict& verdict) {
  ++traces;
  operations += verdict.operations;
  addresses += verdict.addresses;
  snapshots += verdict.snapshots;
  law_evaluations += verdict.law_evaluations;
  add_fields(fields, verdict.fields);
}

void ConformTally::add(const ConformTally& other) {
  traces += other.traces;
  operations += other.operations;
  addresses += other.addresses;
  snapshots += other.snapshots;
  law_evaluations += other.law_evaluations;
  add_fields(fields, other.fields);
}

std::uint64_t ConformTally::fields_held(oracle::Held how) const {
  std::uint64_t sum = 0;
  for (const oracle::FieldTally& tally : fields) sum += tally.held == how ? tally.compared : 0;
  return sum;
}

std::optional<std::uint64_t> ConformTally::slack_of(std::string_view field) const {
  const auto found = std::ranges::find_if(fields, [field](const oracle::FieldTally& tally) {
    return tally.field == field && tally.held == oracle::Held::bounded;
  });
  return found == fields.end() ? std::nullopt : std::optional(found->slack);
}

}  // namespace heaplaw::cli
