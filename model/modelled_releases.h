// Which releases' heaps the model claims: of each, every recording comes out of it, address by
// address. This list is the only place that says so.
#pragma once

#include <span>
#include <string>

#include "vocabulary/release.h"

namespace heaplaw::model {

// The minor versions, ascending. All final releases of such a line are modelled; what a patch
// changed is in the facts.
[[nodiscard]] std::span<const unsigned> modelled_lines();

[[nodiscard]] bool is_modelled(const Release& release);

// Throws std::invalid_argument, naming what is modelled.
void require_modelled(const Release& release);

}  // namespace heaplaw::model
