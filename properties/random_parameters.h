// Random parameters for size-class tables: mostly near what Go and its forks use, sometimes odd.
#pragma once

#include "properties/random.h"
#include "vocabulary/size_class_table.h"

namespace heaplaw::properties {

// Many are impossible; to say so with a reason is part of what is tested.
[[nodiscard]] SizeClassParameters random_parameters(Random& random);

}  // namespace heaplaw::properties
