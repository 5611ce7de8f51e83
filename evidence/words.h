// The words of a line, with where each stands.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace heaplaw::evidence {

struct Word {
  std::string_view text;
  std::size_t offset = 0;
};

// Split at blanks and tabs; no more than words_max of them, since no table is that wide.
[[nodiscard]] std::vector<Word> split_words(std::string_view line, std::size_t offset,
                                            std::size_t words_max);

}  // namespace heaplaw::evidence
