// Diagnoses as data: what people found behind such figures before, when these figures show it, and
// what would refute it.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "evidence/explanation/ledger.h"
#include "evidence/explanation/observation.h"

namespace heaplaw::evidence {

struct FindingRule {
  std::string_view id;
  std::string_view title;
  // The numbers that speak for it; nothing where they do not.
  std::optional<std::string> (*evidence)(const Observation&, const Ledger&);
  std::string_view refuted_by;
  std::string_view remedy;
  std::string_view source;
};
// What explains most comes first.
[[nodiscard]] std::span<const FindingRule> finding_rules();

struct Finding {
  const FindingRule* rule;
  std::string evidence;
};
[[nodiscard]] std::vector<Finding> findings_of(const Observation& observation,
                                               const Ledger& ledger);

// A part of memory is worth a finding from here on, and from a tenth of what it is part of.
inline constexpr std::uint64_t worth_a_finding = std::uint64_t{16} << 20U;

// "10.87 GiB": two decimals, cut, never rounded up.
[[nodiscard]] std::string human_bytes(std::uint64_t bytes);

}  // namespace heaplaw::evidence
