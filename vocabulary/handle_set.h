// A set of 64-bit names, small and fast where names are dense, as traces make them: neighbours
// share a word.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace heaplaw {

// Open addressing over words of 64 names; a word whose last name goes is taken out, so that memory
// follows the number of members, not of names ever used.
class HandleSet {
 public:
  // False if it was in already.
  bool insert(std::uint64_t name);
  // False if it was not in.
  bool erase(std::uint64_t name);
  [[nodiscard]] bool contains(std::uint64_t name) const;
  [[nodiscard]] std::size_t size() const { return size_; }

 private:
  struct Word {
    std::uint64_t key = 0;   // name / 64
    std::uint64_t bits = 0;  // never 0 in a word that is in use
  };

  [[nodiscard]] std::size_t find(std::uint64_t key) const;
  void grow();
  void take_out(std::size_t hole);

  std::vector<Word> words_ = std::vector<Word>(16);  // a power of two of them, at most half in use
  std::size_t used_ = 0;
  std::size_t size_ = 0;
};

}  // namespace heaplaw
