// Whether a law holds in a release: its text says "1.9 -" or "1.4 - 1.18".
#pragma once

#include <string_view>

#include "vocabulary/release.h"

namespace heaplaw::oracle {

// Both ends are included; an upper end without a patch number includes the whole line. Fails a
// check for any other text: a range is written in this program.
[[nodiscard]] bool covers(std::string_view range, const Release& release);

}  // namespace heaplaw::oracle
