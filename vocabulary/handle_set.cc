#include "vocabulary/handle_set.h"

#include <utility>

namespace heaplaw {

namespace {

constexpr unsigned names_per_word_log2 = 6;
constexpr std::uint64_t names_per_word_mask = 63;

std::uint64_t bit_of(std::uint64_t name) {
  return std::uint64_t{1} << (name & names_per_word_mask);
}

// Fibonacci hashing: neighbours scatter, and the upper half carries all bits of the key.
std::size_t hash_of(std::uint64_t key) {
  std::uint64_t product = 0;
  (void)__builtin_mul_overflow(key, 0x9e3779b97f4a7c15u, &product);  // meant to wrap
  return product >> 32;
}

}  // namespace

std::size_t HandleSet::find(std::uint64_t key) const {
  const std::size_t mask = words_.size() - 1;
  std::size_t at = hash_of(key) & mask;
  while (words_[at].bits != 0 && words_[at].key != key) at = (at + 1) & mask;
  return at;
}

bool HandleSet::insert(std::uint64_t name) {
  const std::uint64_t key = name >> names_per_word_log2;
  std::size_t at = find(key);
  if (words_[at].bits & bit_of(name)) return false;
  if (words_[at].bits == 0) {
    if (2 * (used_ + 1) > words_.size()) {
      grow();
      at = find(key);
    }
    ++used_;
    words_[at].key = key;
  }
  words_[at].bits |= bit_of(name);
  ++size_;
  return true;
}

bool HandleSet::erase(std::uint64_t name) {
  const std::size_t at = find(name >> names_per_word_log2);
  if (!(words_[at].bits & bit_of(name))) return false;
  words_[at].bits &= ~bit_of(name);
  --size_;
  if (words_[at].bits == 0) take_out(at);
  return true;
}

bool HandleSet::contains(std::uint64_t name) const {
  return (words_[find(name >> names_per_word_log2)].bits & bit_of(name)) != 0;
}

void HandleSet::grow() {
  const std::vector<Word> old = std::exchange(words_, std::vector<Word>(2 * words_.size()));
  for (const Word& word : old) {
    if (word.bits != 0) words_[find(word.key)] = word;
  }
}

// Moves back every word behind the hole that its search would no longer reach.
void HandleSet::take_out(std::size_t hole) {
  --used_;
  const std::size_t mask = words_.size() - 1;
  for (std::size_t at = (hole + 1) & mask; words_[at].bits != 0; at = (at + 1) & mask) {
    const std::size_t home = hash_of(words_[at].key) & mask;
    const auto distance_from = [&](std::size_t from) { return (at + words_.size() - from) & mask; };
    const bool still_found = distance_from(home) < distance_from(hole);
    if (still_found) continue;
    words_[hole] = words_[at];
    words_[at].bits = 0;
    hole = at;
  }
}

}  // namespace heaplaw
