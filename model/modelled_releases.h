// Which releases' heaps the model claims: of each, every recording comes out of it, address by
// address. This list is the only place that says so.
#pragma once

#include <span>
#include <string>

#include "vocabulary/release.h"

namespace heaplaw::model {

// The first modelled release of each line, ascending; the line's later patches are modelled too.
[[nodiscard]] std::span<const Release> modelled_lines();

[[nodiscard]] bool is_modelled(const Release& release);

// Throws std::invalid_argument, naming what is modelled.
void require_modelled(const Release& release);

}  // namespace heaplaw::model
