#include "oracle/verdict.h"

#include <algorithm>
#include <numeric>

namespace heaplaw::oracle {

JudgeCounts& JudgeCounts::operator+=(const JudgeCounts& other) {
  for (const auto member :
       {&JudgeCounts::operations, &JudgeCounts::answers, &JudgeCounts::addresses,
        &JudgeCounts::snapshots, &JudgeCounts::fields, &JudgeCounts::page_maps,
        &JudgeCounts::invariants, &JudgeCounts::findings}) {
    this->*member += other.*member;
  }
  law_evaluations.resize(std::max(law_evaluations.size(), other.law_evaluations.size()));
  for (std::size_t i = 0; i < other.law_evaluations.size(); ++i) {
    law_evaluations[i] += other.law_evaluations[i];
  }
  return *this;
}

std::uint64_t JudgeCounts::all_law_evaluations() const {
  return std::accumulate(law_evaluations.begin(), law_evaluations.end(), std::uint64_t{0});
}

}  // namespace heaplaw::oracle
