#include "evidence/words.h"

#include <algorithm>

namespace heaplaw::evidence {

std::vector<Word> split_words(std::string_view line, std::size_t offset, std::size_t words_max) {
  constexpr std::string_view blanks = " \t\r";
  std::vector<Word> out;
  std::size_t begin = line.find_first_not_of(blanks);
  while (begin != line.npos && out.size() < words_max) {
    const std::size_t end = std::min(line.find_first_of(blanks, begin), line.size());
    out.push_back({.text = line.substr(begin, end - begin), .offset = offset + begin});
    begin = line.find_first_not_of(blanks, end);
  }
  return out;
}

}  // namespace heaplaw::evidence
