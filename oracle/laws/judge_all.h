// Runs the laws of a table one after the other, without a call for each.
#pragma once

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <utility>

#include "oracle/laws/law.h"

namespace heaplaw::oracle {

// All laws of a table, compiled into straight code: for subjects that come by the million. Bit i of
// the result says whether law i compared something.
template <const auto& laws, typename Subject, typename Spot>
[[nodiscard]] std::uint32_t judge_all(const Subject& subject, Findings<Spot>& findings) {
  static_assert(std::size(laws) <= 32);
  std::uint32_t judged = 0;
  const auto judge = [&]<std::size_t i>(std::integral_constant<std::size_t, i>) {
    const std::size_t before = findings.comparisons();
    findings.begin(laws[i].text);
    laws[i].judge(subject, findings);
    judged |= std::uint32_t{findings.comparisons() != before} << i;
  };
  [&]<std::size_t... i>(std::index_sequence<i...>) {
    (judge(std::integral_constant<std::size_t, i>{}), ...);
  }
  (std::make_index_sequence<std::size(laws)>{});
  return judged;
}

}  // namespace heaplaw::oracle
