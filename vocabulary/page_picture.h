// A page map as text: one character a page, 64 pages a row, each row after its address.
//
//   0xc000200000  Nn--SL--....____cc,,  ...
//   0xc000280000  (8 rows of .)
//
// Upper case begins a span: N noscan, S scan, L large noscan, P large with pointers, K stack,
// W work buffer, O other; lower case of the same continues it. "_" is free and backed, "." free and
// scavenged, "c" and "," the same in a page cache, " " unmapped.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "vocabulary/page_map.h"

namespace heaplaw {

inline constexpr std::size_t pages_per_row = 64;

struct PictureOptions {
  std::optional<Address> mark;  // this page gets a ^ in a row of its own below it
  // Rows to show on each side of the mark; 0 shows the whole map.
  std::size_t context_rows = 0;
};

// Rows like the one above are folded, so the text is as long as the map has variety, not pages.
[[nodiscard]] std::string picture(const PageMap& map, const PictureOptions& options = {});

// What the characters mean, in one line.
[[nodiscard]] std::string_view picture_legend();

// Both maps around the first page that differs, marked, and what each says of it. Empty if equal.
[[nodiscard]] std::string picture_of_difference(const PageMap& expected, const PageMap& actual,
                                                std::string_view expected_name,
                                                std::string_view actual_name);

}  // namespace heaplaw
