// What must hold in every size-class table, whoever computed, printed or edited it. Judging is safe
// on arbitrary tables: whatever is larger than the limits below is reported, and not read further.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "oracle/laws/law.h"
#include "vocabulary/size_class_table.h"

namespace heaplaw::oracle {

using TableLaw = Law<SizeClassTable, TableSpot>;
using TableFindings = Findings<TableSpot>;

// The work on one table is bounded by these; Go's tables stay below a quarter of each, but for the
// number of classes, which a byte has to hold.
namespace judged_at_most {
inline constexpr std::size_t classes = 256;
inline constexpr std::size_t lookup_entries = 4096;
inline constexpr std::size_t alignments = 64;
inline constexpr std::uint64_t request = 1 << 17;         // bytes
inline constexpr std::uint64_t span = 1 << 19;            // bytes
inline constexpr std::uint64_t spans_together = 8 << 20;  // bytes
}  // namespace judged_at_most

[[nodiscard]] std::span<const TableLaw> table_laws();

// All laws, in order. Advisory laws add findings too; their text says that they are.
void judge(const SizeClassTable& table, TableFindings& findings);

}  // namespace heaplaw::oracle
