// One store for the allocation and mark bits of all spans. Words of a dead span serve the next one
// of as many words, so that the store grows only with the most spans that ever lived at once.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

namespace heaplaw::model {

class ObjectBits {
 public:
  using Index = std::uint32_t;

  // Words in a row, all zero.
  [[nodiscard]] Index allocate(unsigned words);
  void free(Index at, unsigned words);
  void clear(Index at, unsigned words);

  [[nodiscard]] std::uint64_t word(Index at, unsigned which) const { return words_[at + which]; }
  [[nodiscard]] bool test(Index at, unsigned bit) const {
    return words_[at + bit / 64] >> (bit % 64) & 1;
  }
  void set(Index at, unsigned bit) { words_[at + bit / 64] |= std::uint64_t{1} << (bit % 64); }
  [[nodiscard]] unsigned count(Index at, unsigned words) const;

  [[nodiscard]] std::uint64_t words_total() const { return words_.size(); }

 private:
  static constexpr unsigned most_words = 64;

  std::vector<std::uint64_t> words_;
  std::array<std::vector<Index>, most_words + 1> unused_;  // by length
};

}  // namespace heaplaw::model
