#include "oracle/tables/landing.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "csv.h"
#include "oracle/tables/documented.h"
#include "vocabulary/check.h"

namespace heaplaw::oracle {
namespace {

constexpr auto noscan = ObjectKind::noscan;
constexpr auto scan = ObjectKind::scan;
constexpr auto bits32 = Architecture::bits32;
constexpr auto bits64 = Architecture::bits64;
using Place = LandingPlace;

ReleaseFacts facts(std::string_view name) { return facts_of(Release::parse(name)); }
std::uint64_t number(const std::string& text) { return std::stoull(text); }
std::string corpus(std::string_view file) {
  return fmt::format("{}/size-class-tables/{}", HEAPLAW_CORPUS, file);
}

TEST(Landing, UsableBytesOfObjectsWithPointersAreAsDerived) {
  for (const char* release : {"1.22", "1.23", "1.26"}) {
    for (const auto& row : test::read_csv(corpus("usable-bytes.csv"))) {
      const auto arch = row.at(0) == "32" ? bits32 : bits64;
      const Landing landing = land(Bytes{number(row[1])}, scan, arch, facts(release));
      EXPECT_EQ(landing.usable, Bytes{number(row[2])}) << release << " " << row[0] << " " << row[1];
    }
  }
}

TEST(Landing, ObjectsPerSpanAreAsDerived) {
  struct Setting {
    std::string_view release;
    ObjectKind kind;
    Architecture arch;
  };
  const Setting columns[] = {{"1.21", scan, bits64},   {"1.22", scan, bits64},
                             {"1.26", noscan, bits64}, {"1.26", scan, bits64},
                             {"1.25", scan, bits32},   {"1.26", noscan, bits32},
                             {"1.26", scan, bits32},   {"1.25", noscan, bits64}};
  const auto& table = documented_table_with(facts("1.26").size_classes);
  const auto rows = test::read_csv(corpus("objects-per-span.csv"));
  EXPECT_EQ(rows.size(), 26u);
  for (const auto& row : rows) {
    const SizeClass& size_class = table.classes[number(row.at(0))];
    EXPECT_EQ(size_class.size, Bytes{number(row.at(1))});
    for (std::size_t i = 0; i < std::size(columns); ++i) {
      const auto& [release, kind, arch] = columns[i];
      const std::string& expected = row.at(i == 7 ? 2 : i + 2);  // noscan 1.25 is plain, too
      EXPECT_EQ(objects_per_span(size_class, kind, arch, facts(release)), number(expected))
          << size_class.size.raw() << " in " << release;
    }
  }
}

TEST(Landing, LargerClassesArePlainEverywhere) {
  const auto& table = documented_table_with(facts("1.26").size_classes);
  for (std::size_t c = 27; c < table.classes.size(); ++c) {
    EXPECT_EQ(objects_per_span(table.classes[c], scan, bits64, facts("1.26")),
              table.rows[c - 1].objects);
  }
}

TEST(Landing, AnObjectOver512BytesWithPointersHasAHeaderSince122) {
  EXPECT_EQ(land(1024_B, scan, bits64, facts("1.21")),
            (Landing{Place::small, 32, 1024_B, 0_B, 1024_B, 1_pages}));
  EXPECT_EQ(land(1024_B, scan, bits64, facts("1.22")),
            (Landing{Place::small, 33, 1152_B, 8_B, 1144_B, 1_pages}));
  EXPECT_EQ(land(1024_B, noscan, bits64, facts("1.22")).class_number, 32u);
  const std::string_view without[] = {"noallocheaders"};
  EXPECT_EQ(land(1024_B, scan, bits64, facts_of(Release{22}, without)).header, 0_B);
}

TEST(Landing, LargeBeginsAHeaderEarlierSince122) {
  EXPECT_EQ(land(32768_B, noscan, bits64, facts("1.21")).class_number, 67u);
  EXPECT_EQ(land(32768_B, noscan, bits64, facts("1.15")).class_number, 66u);
  EXPECT_EQ(land(32760_B, noscan, bits64, facts("1.22")).place, Place::small);
  const Landing large{Place::large, 0, 32768_B, 0_B, 32768_B, 4_pages};
  EXPECT_EQ(land(32761_B, noscan, bits64, facts("1.22")), large);
  EXPECT_EQ(land(32769_B, scan, bits64, facts("1.2")).pages, 9_pages);
}

TEST(Landing, AHugeRequestIsRefusedWhereAddingAPageWraps) {
  constexpr std::uint64_t last64 = UINT64_MAX - 8192;
  EXPECT_EQ(land(Bytes{last64}, noscan, bits64, facts("1.26")).place, Place::large);
  EXPECT_EQ(land(Bytes{last64 + 1}, noscan, bits64, facts("1.26")).place, Place::out_of_memory);
  EXPECT_EQ(land(Bytes{UINT64_MAX}, scan, bits64, facts("1.4")).place, Place::out_of_memory);
  EXPECT_EQ(land(Bytes{UINT32_MAX}, scan, bits32, facts("1.26")).place, Place::out_of_memory);
  EXPECT_EQ(land(Bytes{UINT32_MAX}, scan, bits64, facts("1.26")).place, Place::large);
  EXPECT_EQ(land(Bytes{UINT64_MAX}, scan, bits64, facts("1.2")).place, Place::out_of_memory);
}

TEST(Landing, TinyIsForSmallObjectsWithoutPointers) {
  EXPECT_EQ(land(0_B, noscan, bits64, facts("1.26")).place, Place::zero_size);
  EXPECT_EQ(land(15_B, noscan, bits64, facts("1.26")),
            (Landing{Place::tiny, 2, 16_B, 0_B, 15_B, 1_pages}));
  EXPECT_EQ(land(16_B, noscan, bits64, facts("1.26")).place, Place::small);
  EXPECT_EQ(land(8_B, scan, bits64, facts("1.26")).class_number, 1u);
  EXPECT_EQ(land(8_B, noscan, bits64, facts("1.2")).class_number, 1u);
}

TEST(RoundUpSize, IsWhatASliceOf1198Grows) {
  struct Growth {
    Bytes request, capacity;
  };
  for (const Growth& g :
       {Growth{1_B, 8_B}, Growth{9_B, 16_B}, Growth{17_B, 24_B}, Growth{25_B, 32_B},
        Growth{33_B, 48_B}, Growth{1017_B, 1024_B}, Growth{1025_B, 1152_B},
        Growth{32767_B, 32768_B}, Growth{32768_B, 32768_B}, Growth{32769_B, 40960_B},
        Growth{40961_B, 49152_B}}) {
    EXPECT_EQ(round_up_size(g.request, noscan, bits64, facts("1.19.8")), g.capacity);
  }
}

TEST(RoundUpSize, LeavesRoomForTheHeader) {
  EXPECT_EQ(round_up_size(513_B, scan, bits64, facts("1.22")), 568_B);
  EXPECT_EQ(round_up_size(32760_B, scan, bits64, facts("1.22")), 32760_B);
  EXPECT_EQ(round_up_size(32761_B, scan, bits64, facts("1.22")), 32768_B);
  EXPECT_EQ(round_up_size(513_B, scan, bits64, facts("1.21")), 576_B);
}

// The rule changed in 1.22, its answers for objects without pointers did not.
TEST(RoundUpSize, OldAndNewRuleAgreeWithoutPointers) {
  const ReleaseFacts old_rule = facts("1.21"), new_rule = facts("1.22");
  const auto agree = [&](Bytes n, Architecture arch) {
    return round_up_size(n, noscan, arch, old_rule) == round_up_size(n, noscan, arch, new_rule);
  };
  for (Bytes n = 0_B; n < 50000_B; n += 1_B) ASSERT_TRUE(agree(n, bits64)) << n.raw();
  for (std::uint64_t below = 0; below < 20000; ++below) {
    ASSERT_TRUE(agree(Bytes{UINT64_MAX - below}, bits64)) << below;
    ASSERT_TRUE(agree(Bytes{UINT32_MAX - below}, bits32)) << below;
  }
}

TEST(RoundUpSize, ReturnsWhatWouldWrapAndIsUnknownBefore13) {
  EXPECT_EQ(round_up_size(Bytes{UINT64_MAX}, noscan, bits64, facts("1.26")), Bytes{UINT64_MAX});
  EXPECT_EQ(round_up_size(Bytes{UINT32_MAX}, noscan, bits32, facts("1.4")), Bytes{UINT32_MAX});
  EXPECT_EQ(round_up_size(0_B, noscan, bits64, facts("1.7")), 8_B);
  EXPECT_EQ(round_up_size(0_B, noscan, bits64, facts("1.8")), 0_B);
  EXPECT_EQ(round_up_size(8_B, noscan, bits64, facts("1.2")), std::nullopt);
}

std::vector<std::uint64_t> tiny_offsets(std::vector<Bytes> requests, Architecture arch,
                                        std::string_view release) {
  std::vector<std::uint64_t> places;  // block * 100 + offset
  for (const TinyPlacement& p : place_tiny(requests, arch, facts(release))) {
    places.push_back(p.block * 100 + p.offset.raw());
  }
  return places;
}

TEST(PlaceTiny, AlignsByTheRequestAlone) {
  EXPECT_THAT(tiny_offsets({1_B, 2_B, 4_B, 8_B}, bits64, "1.19"), testing::ElementsAre(0, 2, 4, 8));
  EXPECT_THAT(tiny_offsets({1_B, 12_B}, bits64, "1.19"), testing::ElementsAre(0, 4));
  EXPECT_THAT(tiny_offsets({1_B, 12_B}, bits32, "1.16"), testing::ElementsAre(0, 100));
  EXPECT_THAT(tiny_offsets({1_B, 12_B}, bits32, "1.15"), testing::ElementsAre(0, 4));
}

TEST(PlaceTiny, KeepsTheBlockWithMoreRoom) {
  // 15 takes a block that is fuller than the one with 4 bytes used: the old one is kept.
  EXPECT_THAT(tiny_offsets({4_B, 15_B, 4_B}, bits64, "1.19"), testing::ElementsAre(0, 100, 4));
  EXPECT_THAT(tiny_offsets({15_B, 4_B, 4_B}, bits64, "1.19"), testing::ElementsAre(0, 100, 104));
  // Equal room: the old block stays current.
  EXPECT_THAT(tiny_offsets({9_B, 9_B, 1_B}, bits64, "1.19"), testing::ElementsAre(0, 100, 9));
}

TEST(PlaceTiny, Of15KeepsNothing) {
  EXPECT_THAT(tiny_offsets({1_B, 1_B, 1_B}, bits64, "1.5"), testing::ElementsAre(0, 100, 200));
  EXPECT_THAT(tiny_offsets({1_B, 1_B, 1_B}, bits64, "1.6"), testing::ElementsAre(0, 1, 2));
}

TEST(PlaceTiny, RefusesWhatIsNotTiny) {
  EXPECT_THROW((void)tiny_offsets({16_B}, bits64, "1.19"), CheckFailure);
  EXPECT_THROW((void)tiny_offsets({8_B}, bits64, "1.2"), CheckFailure);
}

}  // namespace
}  // namespace heaplaw::oracle
