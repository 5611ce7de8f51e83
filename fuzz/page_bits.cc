// The word tricks of the page level against their slow twins, on whatever bits a few instructions
// leave behind.
//
// Instructions of 12 bytes, up to 128; a shorter rest is ignored:
//   0      what, modulo 4: set a range, clear a range, set in a word, clear in a word
//   1      which word, and where a search begins: twice this many pages
//   2-3    little-endian: nine bits for the first page, the rest and more for how many
//   4-11   a word, little-endian: the mask, and what the tricks on single words are tried on
#include "model/pages/page_bits.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "page_bits_slow.h"
#include "vocabulary/check.h"

namespace heaplaw::model {
namespace {

constexpr std::size_t instruction_bytes = 12;
constexpr std::size_t instructions_max = 128;

struct Instruction {
  unsigned what, small, operand;
  std::uint64_t word;

  [[nodiscard]] unsigned page() const { return operand % chunk_pages; }
  // From 1 to what fits behind the page.
  [[nodiscard]] unsigned length() const {
    return 1 + (operand / chunk_pages * 5 + small) % (chunk_pages - page());
  }
};

Instruction decode(std::span<const std::uint8_t> bytes) {
  std::uint64_t word = 0;
  for (std::size_t i = 0; i < 8; ++i) word |= std::uint64_t{bytes[4 + i]} << (8 * i);
  return {.what = bytes[0] % 4u,
          .small = bytes[1],
          .operand = bytes[2] | bytes[3] * 256u,
          .word = word};
}

// What PageBits is, without words.
using Bools = std::array<bool, chunk_pages>;

void perform(const Instruction& i, PageBits& bits, Bools& slow) {
  const bool sets = i.what % 2 == 0;
  if (i.what < 2) {
    sets ? bits.set_range(i.page(), i.length()) : bits.clear_range(i.page(), i.length());
    for (unsigned page = i.page(); page < i.page() + i.length(); ++page) slow[page] = sets;
    return;
  }
  const unsigned index = i.small % (chunk_pages / 64);
  sets ? bits.set_in_word(index, i.word) : bits.clear_in_word(index, i.word);
  for (unsigned bit = 0; bit < 64; ++bit) {
    if (i.word >> bit & 1) slow[index * 64 + bit] = sets;
  }
}

void compare_words(const Instruction& i) {
  const unsigned n = 1 + i.small % 64;
  HEAPLAW_CHECK(lowest_run_of_ones(i.word, n) == lowest_run_of_ones_slow(i.word, n),
                "lowest run of {} ones in {:#x}: {}, not {}", n, i.word,
                lowest_run_of_ones(i.word, n), lowest_run_of_ones_slow(i.word, n));
  HEAPLAW_CHECK(longest_run_of_zeros(i.word) == longest_run_of_zeros_slow(i.word),
                "longest run of zeros in {:#x}: {}, not {}", i.word, longest_run_of_zeros(i.word),
                longest_run_of_zeros_slow(i.word));
  const unsigned m = 1u << i.small % 7;
  HEAPLAW_CHECK(fill_aligned(i.word, m) == fill_aligned_slow(i.word, m),
                "groups of {} in {:#x}: {:#x}, not {:#x}", m, i.word, fill_aligned(i.word, m),
                fill_aligned_slow(i.word, m));
}

void compare_bits(const Instruction& i, const PageBits& bits, const Bools& slow) {
  for (unsigned page = 0; page < chunk_pages; ++page) {
    HEAPLAW_CHECK(bits.test(page) == slow[page], "page {} is {}", page, bits.test(page));
  }
  const PageSummary summary = bits.summarise();
  const PageSummary wanted = summarise_slow(bits);
  HEAPLAW_CHECK(summary == wanted, "summary {} {} {}, not {} {} {}", summary.start(), summary.max(),
                summary.end(), wanted.start(), wanted.max(), wanted.end());
  const unsigned count = bits.count(i.page(), i.length());
  HEAPLAW_CHECK(count == count_slow(bits, i.page(), i.length()), "{} bits in pages {}+{}", count,
                i.page(), i.length());
  const unsigned from = i.small * 2;
  HEAPLAW_CHECK(bits.run_at(from) == run_at_slow(bits, from), "{} like bits from {}, not {}",
                bits.run_at(from), from, run_at_slow(bits, from));
  const PageSearch found = bits.find_zeros(i.length(), from);
  const PageSearch sought = find_zeros_slow(bits, i.length(), from);
  HEAPLAW_CHECK(found.page == sought.page && found.first_free == sought.first_free,
                "{} zeros from {}: at {}, first {}; not at {}, first {}", i.length(), from,
                found.page, found.first_free, sought.page, sought.first_free);
}

}  // namespace
}  // namespace heaplaw::model

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace heaplaw::model;
  std::span<const std::uint8_t> rest{data, size};
  PageBits bits;
  Bools slow{};
  for (std::size_t i = 0; i < instructions_max && rest.size() >= instruction_bytes; ++i) {
    const Instruction instruction = decode(rest);
    rest = rest.subspan(instruction_bytes);
    perform(instruction, bits, slow);
    compare_words(instruction);
    compare_bits(instruction, bits, slow);
  }
  return 0;
}
