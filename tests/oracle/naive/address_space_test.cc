#include "oracle/naive/address_space.h"

#include <gtest/gtest.h>

#include "vocabulary/check.h"

namespace heaplaw::oracle::naive {
namespace {

constexpr Page end_of_all = address_space_end / page_bytes;

// Whoever grows takes the place that it was given.
Page take(AddressSpace& space, std::uint64_t arenas) {
  const auto place = space.reserve(arenas * arena_pages);
  EXPECT_TRUE(place);
  space.go_on_in(place.value_or(PageRange{}));
  EXPECT_NO_THROW(space.check_invariants());
  return place.value_or(PageRange{}).start;
}

TEST(NaiveAddressSpace, hintsAreATebibyteApart) {
  const std::vector<Page> hints = first_hints(3);
  ASSERT_EQ(hints.size(), 3U);
  EXPECT_EQ(hints[0] * page_bytes, 0xc000000000U);
  EXPECT_EQ(hints[2] * page_bytes, 0x2c000000000U);
}

TEST(NaiveAddressSpace, rangesAreJoined) {
  EXPECT_EQ(joined({{5, 7}, {1, 3}, {3, 5}, {9, 9}, {9, 10}}),
            (std::vector<PageRange>{{1, 7}, {9, 10}}));
  EXPECT_EQ(count_pages({{1, 7}, {9, 10}}), 7U);
}

TEST(NaiveAddressSpace, theFirstHintMovesOn) {
  AddressSpace space{.hints = first_hints(2)};
  EXPECT_EQ(space.rest(), PageRange{});
  const Page start = take(space, 1);
  EXPECT_EQ(take(space, 2), start + arena_pages);
  EXPECT_EQ(space.reserved, (std::vector<PageRange>{{start, start + 3 * arena_pages}}));
  EXPECT_EQ(space.arenas(), 3U);
  space.mapped_end += 512;
  EXPECT_EQ(space.rest(), (PageRange{start + 512, start + 3 * arena_pages}));
  EXPECT_EQ(space.mapped(), (std::vector<PageRange>{{start, start + 512}}));
}

TEST(NaiveAddressSpace, anOrderDropsOneHint) {
  AddressSpace space{.hints = first_hints(3)};
  const Page start = take(space, 1);
  space.next_try_fails = true;
  EXPECT_EQ(take(space, 1), start + hint_distance / page_bytes);
  EXPECT_FALSE(space.next_try_fails);
  EXPECT_EQ(space.hints.size(), 2U);
}

TEST(NaiveAddressSpace, whatTheHeapHoldsIsNotReservedAgain) {
  const Page hint = first_hints(1).front();
  AddressSpace space{.hints = {hint, hint + arena_pages, hint + 8 * arena_pages}};
  EXPECT_EQ(take(space, 2), hint);
  space.next_try_fails = true;
  EXPECT_EQ(take(space, 1), hint + 8 * arena_pages);
  // Below it there is room for two arenas, and not for three.
  space.hints = {hint + 6 * arena_pages, hint + 20 * arena_pages};
  AddressSpace other = space;
  EXPECT_EQ(take(space, 2), hint + 6 * arena_pages);
  EXPECT_EQ(take(other, 3), hint + 20 * arena_pages);
}

// Nobody asks for what lies beyond the end, so that an order is still there for the next hint.
TEST(NaiveAddressSpace, noHintReachesBeyondTheEnd) {
  AddressSpace space{.hints = {end_of_all - arena_pages}};
  AddressSpace other = space;
  EXPECT_EQ(take(space, 1), end_of_all - arena_pages);
  other.next_try_fails = true;
  EXPECT_FALSE(other.reserve(2 * arena_pages));
  EXPECT_TRUE(other.next_try_fails);
  EXPECT_TRUE(other.hints.empty());
}

TEST(NaiveAddressSpace, aPlaceThatAdjoinsContinuesTheLast) {
  const Page hint = first_hints(1).front();
  AddressSpace space{.hints = {hint, hint + arena_pages}};
  take(space, 1);
  space.mapped_end += 512;
  space.next_try_fails = true;
  EXPECT_EQ(take(space, 1), hint + arena_pages);
  EXPECT_EQ(space.reserved.size(), 1U);
  EXPECT_EQ(space.mapped_end, hint + 512) << "nothing is left behind";
}

TEST(NaiveAddressSpace, placesFollowTheOrderOfReservations) {
  AddressSpace space{.hints = {first_hints(3)[2], first_hints(3)[0]}};
  const Page high = take(space, 2);
  space.mapped_end = space.reserved.back().end;
  space.next_try_fails = true;
  const Page low = take(space, 1);
  ASSERT_LT(low, high);
  EXPECT_EQ(space.place_of(high + 5), 5U);
  EXPECT_EQ(space.place_of(low + 5), 2 * arena_pages + 5);
  EXPECT_THROW((void)space.place_of(low + arena_pages), CheckFailure);
}

TEST(NaiveAddressSpace, damageIsFound) {
  AddressSpace sound{.hints = first_hints(2)};
  const Page start = take(sound, 2);
  const std::vector<PageRange> damages[] = {
      {{start, start}},
      {{start, start + 1}},
      {{end_of_all, end_of_all + arena_pages}},
      {{start + arena_pages, start + 2 * arena_pages}, {start, start + 2 * arena_pages}},
      {{start + 4 * arena_pages, start + 5 * arena_pages}},
  };
  for (const std::vector<PageRange>& damage : damages) {
    AddressSpace space = sound;
    space.reserved = damage;
    EXPECT_THROW(space.check_invariants(), CheckFailure);
  }
}

}  // namespace
}  // namespace heaplaw::oracle::naive
