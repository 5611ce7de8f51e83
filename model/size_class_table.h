// The complete content of a generated table: classes, lookups, magic, constants and comment rows.
#pragma once

#include "model/size_classes.h"
#include "vocabulary/release_facts.h"
#include "vocabulary/size_class_edition.h"
#include "vocabulary/size_class_table.h"

namespace heaplaw::model {

// What an edition of sizeclasses.go prints; `parameters` may differ from what upstream shipped in
// that form. Throws ImpossibleParameters.
[[nodiscard]] SizeClassTable size_class_table(const SizeClassEdition& edition,
                                              const SizeClassParameters& parameters);
[[nodiscard]] SizeClassTable size_class_table(const SizeClassEdition& edition);

// The table that a release runs with. Releases before 1.8 fill it at start-up and print nothing: no
// constants and no rows.
[[nodiscard]] SizeClassTable size_class_table(const ReleaseFacts& facts);

}  // namespace heaplaw::model
