// A run of release lines, for what a form of output tells about who printed it: 1.9 to 1.11.
#pragma once

#include <algorithm>
#include <string>

#include "vocabulary/release.h"
#include "vocabulary/release_facts.h"

namespace heaplaw {

// Both ends included, by line (the 9 of go1.9.7): no form changed within one. Empty if first >
// last.
struct ReleaseSpan {
  unsigned first = oldest_release.minor();
  unsigned last = newest_release.minor();

  [[nodiscard]] static constexpr ReleaseSpan of(const Release& release) {
    return {release.minor(), release.minor()};
  }
  [[nodiscard]] static constexpr ReleaseSpan since(unsigned minor) {
    return {minor, newest_release.minor()};
  }

  [[nodiscard]] constexpr bool empty() const { return first > last; }
  [[nodiscard]] constexpr bool single() const { return first == last; }
  [[nodiscard]] constexpr bool contains(unsigned minor) const {
    return first <= minor && minor <= last;
  }
  [[nodiscard]] constexpr ReleaseSpan intersected(const ReleaseSpan& other) const {
    return {std::max(first, other.first), std::min(last, other.last)};
  }

  bool operator==(const ReleaseSpan&) const = default;
};

// "1.9 - 1.11", "1.13", "1.21 -" where it reaches the newest; "none" for an empty one.
[[nodiscard]] std::string to_string(const ReleaseSpan& span);

}  // namespace heaplaw
