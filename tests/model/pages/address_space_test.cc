#include "model/pages/address_space.h"

#include <set>

#include <gtest/gtest.h>

#include "reached.h"

namespace heaplaw::model {
namespace {

constexpr Address first_arena{0xc000000000};
constexpr Address second_hint{0x1c000000000};

ReleaseFacts facts() { return facts_of(Release::parse("1.19")); }

AddressRange at(Address base, Bytes size) { return {base, base + size}; }

// Somebody else sits at some hints; where asked to it gives other places instead, highest gap first
// as Linux does, and it counts what is held.
class AdversarialKernel : public Kernel {
 public:
  std::set<std::uint64_t> taken_hints;
  bool elsewhere = false;
  bool refuse_reserve = false;
  bool refuse_map = false;
  Bytes held;
  Address highest = user_space_end;  // end of the next place elsewhere

  std::optional<Address> reserve(std::optional<Address> hint, Bytes size) override {
    if (refuse_reserve || (hint && taken_hints.contains(hint->raw()) && !elsewhere)) {
      return std::nullopt;
    }
    held += size;
    if (hint && !taken_hints.contains(hint->raw())) return hint;
    return highest = highest - size;
  }
  void unreserve(AddressRange range) override { held -= range.size(); }
  bool map(AddressRange) override { return !refuse_map; }
};

TEST(AddressSpace, BeginsAtTheFirstHintAndGrowsByChunks) {
  PlainKernel kernel;
  AddressSpace space(facts(), kernel);
  const auto first = space.grow(1_pages);
  ASSERT_TRUE(first);
  EXPECT_EQ(first->asked, at(first_arena, 4_MiB));
  EXPECT_EQ(first->new_arenas, 1u);
  EXPECT_EQ(first->total(), 4_MiB);
  EXPECT_EQ(space.grow(513_pages)->asked, at(first_arena + 4_MiB, 8_MiB));
  EXPECT_EQ(space.arena_count(), 1u);
  space.check_invariants();
}

// 60 MiB are left in the first arena; what is asked for goes on into the second without a gap.
TEST(AddressSpace, AGrowthStraddlesArenasThatAdjoin) {
  PlainKernel kernel;
  AddressSpace space(facts(), kernel);
  (void)space.grow(1_pages);
  const auto large = space.grow(Pages{70 * 128});
  ASSERT_TRUE(large);
  EXPECT_EQ(large->asked, at(first_arena + 4_MiB, 72_MiB));
  EXPECT_FALSE(large->abandoned);
  EXPECT_EQ(large->new_arenas, 2u);  // the whole ask is reserved anew, not only what lacks
  EXPECT_EQ(space.arenas().total(), 192_MiB);
}

TEST(AddressSpace, ATakenPlaceMeansTheNextHintAndTheRestIsHandedOut) {
  reset_reach();
  AdversarialKernel kernel;
  AddressSpace space(facts(), kernel);
  (void)space.grow(1_pages);
  kernel.taken_hints.insert((first_arena + 64_MiB).raw());
  kernel.elsewhere = true;
  const auto moved = space.grow(Pages{61 * 128});
  ASSERT_TRUE(moved);
  EXPECT_EQ(moved->abandoned, at(first_arena + 4_MiB, 60_MiB));
  EXPECT_EQ(moved->asked, at(second_hint, 64_MiB));
  EXPECT_EQ(moved->total(), 124_MiB);
  EXPECT_EQ(kernel.held, 128_MiB) << "what lay elsewhere was not given back";
  EXPECT_EQ(space.grow(1_pages)->asked, at(second_hint + 64_MiB, 4_MiB));
  space.check_invariants();
  EXPECT_EQ(reached("growth: a hint was dropped"), 1u);
  EXPECT_EQ(reached("growth: the rest of an arena was handed out before a new place"), 1u);
}

TEST(AddressSpace, WithoutHintsArenasAreAlignedWhereverTheyLie) {
  reset_reach();
  AdversarialKernel kernel;
  ReleaseFacts no_hints = facts();
  no_hints.arena_hints = 0;
  kernel.highest = user_space_end - 12_MiB;  // off the grid
  AddressSpace space(no_hints, kernel);
  const auto first = space.grow(1_pages);
  ASSERT_TRUE(first);
  EXPECT_EQ(first->asked.base, user_space_end - 128_MiB);
  EXPECT_EQ(kernel.held, 64_MiB);
  // Next it tries just above, and only if that is taken just below.
  EXPECT_EQ(space.grow(Pages{64 * 128})->asked.base, first->asked.limit);
  kernel.taken_hints.insert((first->asked.base + 128_MiB).raw());
  const auto below = space.grow(Pages{128 * 128});
  ASSERT_TRUE(below);
  EXPECT_EQ(below->asked, at(first->asked.base - 128_MiB, 128_MiB));
  EXPECT_EQ(below->abandoned, at(first->asked.base + 68_MiB, 60_MiB));
  space.check_invariants();
  EXPECT_GT(reached("growth: arenas reserved wherever the kernel liked"), 0u);
}

TEST(AddressSpace, ARefusalChangesNothing) {
  AdversarialKernel kernel;
  AddressSpace space(facts(), kernel);
  (void)space.grow(1_pages);
  kernel.refuse_reserve = true;
  EXPECT_FALSE(space.grow(Pages{64 * 128}));
  kernel.refuse_reserve = false;
  kernel.refuse_map = true;
  EXPECT_FALSE(space.grow(Pages{64 * 128}));
  kernel.refuse_map = false;
  EXPECT_EQ(kernel.held, 64_MiB);
  EXPECT_EQ(space.current_arena(), at(first_arena + 4_MiB, 60_MiB));
  // The hint is still there: the heap goes on where it would have.
  EXPECT_EQ(space.grow(Pages{64 * 128})->asked, at(first_arena + 4_MiB, 64_MiB));
}

TEST(AddressSpace, AbsurdSizesAreRefused) {
  PlainKernel kernel;
  AddressSpace space(facts(), kernel);
  for (const std::uint64_t n : {~std::uint64_t{0}, std::uint64_t{1} << 51, std::uint64_t{1} << 35,
                                std::uint64_t{1} << 34}) {
    EXPECT_FALSE(space.grow(Pages{n})) << n;
  }
  EXPECT_EQ(space.grow(1_pages)->asked.base, first_arena);
}

// 2^47 is where user space ends: the heap can have what lies above the first hint, and no more.
TEST(AddressSpace, EndsWithUserSpace) {
  PlainKernel kernel;
  AddressSpace space(facts(), kernel);
  const Pages all{(user_space_end - first_arena) / page_size};
  EXPECT_FALSE(space.grow(all + 512_pages));
  EXPECT_TRUE(space.grow(all));
  EXPECT_EQ(space.current_arena().base, user_space_end);
}

TEST(AddressSpace, HintsAreOneTebibyteApartAndTheirNumberIsTheReleases) {
  EXPECT_EQ(facts().arena_hints, 128u);
  EXPECT_EQ(facts_of(Release::parse("1.20")).arena_hints, 64u);
  AdversarialKernel kernel;
  for (std::uint64_t i = 0; i < 127; ++i) {
    kernel.taken_hints.insert((first_arena + Bytes{i << 40}).raw());
  }
  AddressSpace space(facts(), kernel);
  EXPECT_EQ(space.grow(1_pages)->asked.base, first_arena + Bytes{std::uint64_t{127} << 40});
}

TEST(AddressSpace, AnOrderWaitsForAReservationAndIsUsedUpByIt) {
  PlainKernel kernel;
  AddressSpace space(facts(), kernel);
  (void)space.grow(1_pages);
  space.obstruct_next_reservation();
  space.obstruct_next_reservation();
  EXPECT_EQ(space.grow(1_pages)->asked, at(first_arena + 4_MiB, 4_MiB)) << "fits";
  const auto moved = space.grow(Pages{64 * 128});
  ASSERT_TRUE(moved);
  EXPECT_EQ(moved->abandoned, at(first_arena + 8_MiB, 56_MiB));
  EXPECT_EQ(moved->asked, at(second_hint, 64_MiB));
  EXPECT_EQ(space.grow(1_pages)->asked, at(second_hint + 64_MiB, 4_MiB));
  space.check_invariants();
}

// The first growth of all may be sent elsewhere, and then there is nothing to hand out before it.
TEST(AddressSpace, AnOrderMayComeBeforeTheFirstGrowth) {
  PlainKernel kernel;
  AddressSpace space(facts(), kernel);
  space.obstruct_next_reservation();
  const auto first = space.grow(1_pages);
  ASSERT_TRUE(first);
  EXPECT_EQ(first->asked, at(second_hint, 4_MiB));
  EXPECT_FALSE(first->abandoned);
}

TEST(AddressSpace, ARefusalLeavesTheOrderStanding) {
  AdversarialKernel kernel;
  AddressSpace space(facts(), kernel);
  (void)space.grow(Pages{64 * 128});
  space.obstruct_next_reservation();
  kernel.refuse_map = true;
  EXPECT_FALSE(space.grow(1_pages));
  kernel.refuse_map = false;
  EXPECT_EQ(space.grow(1_pages)->asked.base, second_hint);
}

// A heap of 1 TiB and more lies where the second hint points, which is dropped as soon as it is
// tried; the kernel is not even asked.
TEST(AddressSpace, AHintInsideTheHeapIsDropped) {
  AdversarialKernel kernel;
  AddressSpace space(facts(), kernel);
  (void)space.grow(Pages{(std::uint64_t{1} << 40) / page_size.raw() + 1});
  const Bytes held = kernel.held;
  const std::uint64_t before = reached("growth: a hint lies inside the heap");
  space.obstruct_next_reservation();
  const auto moved = space.grow(Pages{64 * 128});
  ASSERT_TRUE(moved);
  EXPECT_EQ(moved->asked.base, second_hint + Bytes{std::uint64_t{1} << 40});
  EXPECT_EQ(kernel.held, held + 64_MiB);
  EXPECT_EQ(reached("growth: a hint lies inside the heap"), before + 1);
}

// The heap ends where the next hint begins: the new place adjoins it, and nothing is handed out.
TEST(AddressSpace, AHintAtTheEndOfTheHeapGoesOnWithoutAHole) {
  PlainKernel kernel;
  AddressSpace space(facts(), kernel);
  (void)space.grow(Pages{((std::uint64_t{1} << 40) - (4_MiB).raw()) / page_size.raw()});
  space.obstruct_next_reservation();
  const auto next = space.grow(1024_pages);
  ASSERT_TRUE(next);
  EXPECT_FALSE(next->abandoned);
  EXPECT_EQ(next->asked, at(second_hint - 4_MiB, 8_MiB));
}

TEST(AddressSpace, WithoutHintsThereIsNoPlace) {
  for (const char* release : {"go1.19.8", "go1.26.8"}) {
    PlainKernel kernel;
    const ReleaseFacts release_facts = facts_of(Release::parse(release));
    AddressSpace space(release_facts, kernel);
    for (unsigned i = 1; i < release_facts.arena_hints; ++i) {
      EXPECT_EQ(space.may_find_no_place(64_MiB), release_facts.arena_hints - i < 8) << i;
      space.obstruct_next_reservation();
      ASSERT_TRUE(space.grow(Pages{64 * 128})) << i;
    }
    (void)space.grow(1_pages);
    space.obstruct_next_reservation();
    EXPECT_FALSE(space.grow(Pages{64 * 128}));
    EXPECT_FALSE(space.grow(Pages{64 * 128})) << "the order stands as long as growth fails";
    EXPECT_TRUE(space.may_find_no_place(64_MiB));
    EXPECT_FALSE(space.may_find_no_place(60_MiB)) << "so much is reserved";
    EXPECT_TRUE(space.grow(Pages{60 * 128}));
  }
}

// A random base lies above the hints, as often as not.
TEST(AddressSpace, ArenasAreKnownByAgeAndByAddress) {
  PlainKernel kernel;
  AddressSpace space(facts(), kernel);
  const Address base{0x2c000000000 + (64_MiB).raw()};
  space.begin_at_arena_of(base);
  (void)space.grow(Pages{64 * 128});
  (void)space.grow(Pages{64 * 128});
  space.obstruct_next_reservation();
  (void)space.grow(Pages{64 * 128});
  ASSERT_EQ(space.arenas_by_age().size(), 2u);
  EXPECT_EQ(space.arenas_by_age()[0], at(base, 128_MiB));
  EXPECT_EQ(space.arenas_by_age()[1], at(first_arena, 64_MiB));
  EXPECT_EQ(space.arenas().ranges()[0].base, first_arena);
  space.check_invariants();
}

}  // namespace
}  // namespace heaplaw::model
