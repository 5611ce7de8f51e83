// The table of each edition of sizeclasses.go, from its sizes and page counts as literals; the rest
// follows from the documented formulas, computed here as plainly as possible.
#pragma once

#include "vocabulary/size_class_edition.h"
#include "vocabulary/size_class_table.h"

namespace heaplaw::evidence {

[[nodiscard]] SizeClassTable shipped_table(const SizeClassEdition& edition);

}  // namespace heaplaw::evidence
