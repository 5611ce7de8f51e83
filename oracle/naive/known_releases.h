// The releases that the naive runtime knows: those in which recordings of real processes hold it to
// every address and every exact field.
#pragma once

#include <span>
#include <string>

#include "vocabulary/release.h"

namespace heaplaw::oracle {

// The first known release of each line; the line's later patches are known too.
[[nodiscard]] std::span<const Release> naive_lines();

[[nodiscard]] bool naive_knows(const Release& release);

// "go1.19.7, go1.26 and later patches of each", for messages.
[[nodiscard]] std::string describe_naive_lines();

}  // namespace heaplaw::oracle
