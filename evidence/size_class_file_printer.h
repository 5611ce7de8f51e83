// Writes sizeclasses.go as an edition of Go's generator does: the right table gives the very bytes.
#pragma once

#include <string>

#include "vocabulary/size_class_edition.h"
#include "vocabulary/size_class_table.h"

namespace heaplaw::evidence {

// Any numbers are printed, right or wrong; but the table must have what the edition prints: its
// constants, its columns, and magic of its kind.
[[nodiscard]] std::string print(const SizeClassTable& table, const SizeClassEdition& edition);

}  // namespace heaplaw::evidence
