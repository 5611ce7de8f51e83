// The header line of a comment table: which column holds which field, found by its words.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "evidence/words.h"

namespace heaplaw::evidence {

// A heading of one to three words. Two spellings of a heading may name the same field.
struct Heading {
  std::string_view text;
  std::size_t field;
};

// Fields are the columns that TableSpot counts, whatever order a file prints them in.
inline constexpr std::size_t class_field_count = 7;
inline constexpr std::size_t alignment_field_count = 3;
[[nodiscard]] std::span<const Heading> class_headings();
[[nodiscard]] std::span<const Heading> alignment_headings();

struct HeaderColumn {
  const Heading* heading;  // null for a column that no edition has
  Word first_word;
};

// Empty unless the words hold the headings that make such a table: `needed` and two in all.
// A word that is no heading begins an unknown column that reaches to the next wide gap.
[[nodiscard]] std::vector<HeaderColumn> read_header(std::span<const Word> words,
                                                    std::span<const Heading> headings,
                                                    std::string_view needed);

}  // namespace heaplaw::evidence
