// A whole size-class table built from documented numbers and the definitions of its arrays: a
// second construction, to be compared with one that computes its classes.
#pragma once

#include "vocabulary/release_facts.h"
#include "vocabulary/size_class_table.h"

namespace heaplaw::oracle {

// What edition 1 to 15 of sizeclasses.go says.
[[nodiscard]] SizeClassTable documented_table(int edition_id);

// What the runtime of a release works with. Before Go 1.8 no file held the table: start-up filled
// the arrays, so there are no constants and no comment rows.
[[nodiscard]] SizeClassTable documented_table(const ReleaseFacts& facts);

}  // namespace heaplaw::oracle
