#include "model/pages/page_bits.h"

#include <bit>
#include <random>

#include <gtest/gtest.h>

#include "go_test_tables.h"
#include "page_bits_slow.h"

namespace heaplaw::model {
namespace {

using tests::bits_of;
using tests::go_table;
using tests::Json;
using tests::ranges_of;

PageBits bits_with(const tests::TableRanges& ranges) {
  PageBits bits;
  for (const auto& [start, n] : ranges) bits.set_range(start, n);
  return bits;
}

PageBits bits_of_words(const Json& words) {
  PageBits bits;
  for (unsigned i = 0; i < 8; ++i) bits.set_in_word(i, bits_of(words.at(i)));
  return bits;
}

PageSummary summary_of(const Json& s) {
  return {s.at("start").get<unsigned>(), s.at("max").get<unsigned>(), s.at("end").get<unsigned>()};
}

const Json& table() {
  static const Json loaded = go_table("pallocbits.json");
  return loaded;
}

TEST(PageBits, SetsRangesAsGoDoes) {
  for (const Json& c : table().at("alloc_range")) {
    PageBits bits;
    bits.set_range(c.at("start").get<unsigned>(), c.at("n").get<unsigned>());
    EXPECT_EQ(bits, bits_of_words(c.at("want_words"))) << c;
  }
  EXPECT_EQ(table().at("alloc_range").size(), 4u);
}

TEST(PageBits, CountsRangesAsGoDoes) {
  std::size_t checks = 0;
  for (const Json& c : table().at("popcnt_range")) {
    const PageBits bits = bits_with(ranges_of(c.at("ones")));
    for (const Json& check : c.at("checks")) {
      ++checks;
      EXPECT_EQ(bits.count(check.at("start").get<unsigned>(), check.at("n").get<unsigned>()),
                check.at("want"))
          << c.at("name") << check;
    }
  }
  EXPECT_EQ(table().at("popcnt_range").size(), 3u);
  EXPECT_EQ(checks, 17u);
}

TEST(PageBits, SummarisesAsGoDoes) {
  for (const Json& c : table().at("summarize")) {
    PageBits bits = bits_with({{0, chunk_pages}});
    for (const auto& [start, n] : ranges_of(c.at("free"))) bits.clear_range(start, n);
    EXPECT_EQ(bits.summarise(), summary_of(c.at("want"))) << c;
  }
  for (const Json& c : table().at("summarize_patterns")) {
    PageBits bits;
    for (unsigned i = 0; i < 8; ++i) bits.set_in_word(i, bits_of(c.at("word")));
    EXPECT_EQ(bits.summarise(), summary_of(c.at("want"))) << c;
  }
  for (const Json& c : table().at("summarize_random")) {
    EXPECT_EQ(bits_of_words(c.at("words")).summarise(), summary_of(c.at("want"))) << c;
  }
  EXPECT_EQ(table().at("summarize").size(), 5u);
  EXPECT_EQ(table().at("summarize_patterns").size(), 7u);
  EXPECT_EQ(table().at("summarize_random").size(), 50u);
}

TEST(PageBits, FindsAndTakesAsGoDoes) {
  for (const Json& c : table().at("alloc")) {
    PageBits bits = bits_with(ranges_of(c.at("before")));
    const auto n = c.at("npages").get<unsigned>();
    for (const Json& want : c.at("want")) {
      const PageSearch got = bits.find_zeros(n, 0);
      EXPECT_EQ(got.page, want.is_null() ? chunk_pages : want.get<unsigned>()) << c;
      if (got.page != chunk_pages) bits.set_range(got.page, n);
    }
    EXPECT_EQ(bits, bits_with(ranges_of(c.at("after")))) << c;
  }
  EXPECT_EQ(table().at("alloc").size(), 8u);
}

TEST(PageBits, FreesAsGoDoes) {
  for (const Json& c : table().at("free")) {
    PageBits bits = bits_with(ranges_of(c.at("before")));
    for (const unsigned page : c.at("frees"))
      bits.clear_range(page, c.at("npages").get<unsigned>());
    EXPECT_EQ(bits, bits_with(ranges_of(c.at("after")))) << c;
  }
  EXPECT_EQ(table().at("free").size(), 3u);
}

TEST(PageBits, FindsRunsInAWordAsGoDoes) {
  for (const Json& c : table().at("find_bit_range64")) {
    EXPECT_EQ(lowest_run_of_ones(bits_of(c.at("x")), c.at("n").get<unsigned>()),
              c.at("want").is_null() ? 64 : c.at("want").get<unsigned>())
        << c;
  }
  EXPECT_EQ(table().at("find_bit_range64").size(), 68u);
}

TEST(PageBits, FillsGroupsAsGoDoes) {
  for (const Json& c : table().at("fill_aligned")) {
    EXPECT_EQ(fill_aligned(bits_of(c.at("x")), c.at("m").get<unsigned>()), bits_of(c.at("want")))
        << c;
  }
  EXPECT_EQ(table().at("fill_aligned").size(), 140u);
}

// Words with long runs as well as noise: products of random words are sparse, sums of them dense.
std::uint64_t word_of_some_kind(std::mt19937_64& random) {
  const std::uint64_t a = random();
  switch (random() % 6) {
    case 0:
      return a;
    case 1:
      return a & random() & random();
    case 2:
      return a | random() | random();
    case 3:
      return 0;
    case 4:
      return ~std::uint64_t{0};
    default:
      return (~std::uint64_t{0} >> (a % 64)) ^ (~std::uint64_t{0} >> (a / 64 % 64));
  }
}

TEST(PageBits, EveryTrickEqualsItsSlowTwinOnWords) {
  std::mt19937_64 random(19);
  for (int round = 0; round < 20'000; ++round) {
    const std::uint64_t word = word_of_some_kind(random);
    const unsigned n = 1 + static_cast<unsigned>(random() % 64);
    ASSERT_EQ(lowest_run_of_ones(word, n), lowest_run_of_ones_slow(word, n)) << word << " " << n;
    ASSERT_EQ(longest_run_of_zeros(word), longest_run_of_zeros_slow(word)) << word;
    const unsigned m = 1u << random() % 7;
    ASSERT_EQ(fill_aligned(word, m), fill_aligned_slow(word, m)) << word << " " << m;
  }
}

TEST(PageBits, EveryTrickEqualsItsSlowTwinOnChunks) {
  std::mt19937_64 random(20);
  for (int round = 0; round < 5'000; ++round) {
    PageBits bits;
    for (unsigned i = 0; i < 8; ++i) bits.set_in_word(i, word_of_some_kind(random));
    ASSERT_EQ(bits.summarise(), summarise_slow(bits)) << round;
    const unsigned n = 1 + static_cast<unsigned>(random() % (round % 2 ? 512 : 70));
    const auto from = static_cast<unsigned>(random() % 512);
    const PageSearch got = bits.find_zeros(n, from);
    const PageSearch want = find_zeros_slow(bits, n, from);
    ASSERT_EQ(got.page, want.page) << round << " " << n << " " << from;
    ASSERT_EQ(got.first_free, want.first_free) << round << " " << n << " " << from;
    const auto length = static_cast<unsigned>(random() % (512 - from + 1));
    ASSERT_EQ(bits.count(from, length), count_slow(bits, from, length));
    ASSERT_EQ(bits.run_at(from), run_at_slow(bits, from)) << round << " " << from;
  }
}

}  // namespace
}  // namespace heaplaw::model
