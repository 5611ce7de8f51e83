#include "model/spans/object_bits.h"

#include <algorithm>
#include <bit>

#include "vocabulary/check.h"

namespace heaplaw::model {

ObjectBits::Index ObjectBits::allocate(unsigned words) {
  HEAPLAW_CHECK(words >= 1 && words <= most_words, "{} words of object bits", words);
  if (auto& unused = unused_[words]; !unused.empty()) {
    const Index at = unused.back();
    unused.pop_back();
    clear(at, words);
    return at;
  }
  const std::size_t at = words_.size();
  HEAPLAW_CHECK(at + words <= ~Index{0}, "object bits beyond {} words", at);
  words_.resize(at + words);
  return static_cast<Index>(at);
}

void ObjectBits::free(Index at, unsigned words) { unused_[words].push_back(at); }

void ObjectBits::clear(Index at, unsigned words) {
  std::fill_n(words_.begin() + at, words, std::uint64_t{0});
}

unsigned ObjectBits::count(Index at, unsigned words) const {
  unsigned sum = 0;
  for (unsigned i = 0; i < words; ++i) sum += static_cast<unsigned>(std::popcount(word(at, i)));
  return sum;
}

}  // namespace heaplaw::model
