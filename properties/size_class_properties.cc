// What must hold for size classes of any parameters, for any request, and for any corrupted table.
#include <algorithm>

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "model/divide_magic.h"
#include "model/placement.h"
#include "model/size_class_table.h"
#include "model/waste.h"
#include "oracle/tables/class_finder.h"
#include "oracle/tables/documented_table.h"
#include "oracle/tables/landing.h"
#include "oracle/tables/table_laws.h"
#include "properties/random_parameters.h"
#include "properties/show.h"
#include "properties/table_corruption.h"

namespace heaplaw {
namespace {

using model::SizeClasses;
using properties::corrupt;
using properties::Corruption;
using properties::Random;
using properties::random_parameters;

// Shrinks towards Go's own parameters: seed 0 is where RapidCheck ends.
rc::Gen<SizeClassParameters> any_parameters() {
  return rc::gen::map(rc::gen::arbitrary<std::uint64_t>(), [](std::uint64_t seed) {
    Random random(seed);
    return random_parameters(random);
  });
}

// Those from which a table can be computed.
rc::Gen<SizeClassParameters> possible_parameters() {
  return rc::gen::suchThat(any_parameters(), [](const SizeClassParameters& p) {
    try {
      SizeClasses classes(p);
      return true;
    } catch (const model::ImpossibleParameters&) {
      return false;
    }
  });
}

rc::Gen<Release> any_release() {
  return rc::gen::map(rc::gen::inRange(0u, newest_release.minor() + 1),
                      [](unsigned minor) { return Release{minor}; });
}

// Around every class and page boundary, and anywhere.
rc::Gen<Bytes> any_request() {
  const auto near = rc::gen::map(
      rc::gen::pair(rc::gen::inRange<std::uint64_t>(0, 68), rc::gen::inRange(-9, 10)),
      [](const std::pair<std::uint64_t, int>& p) {
        static const SizeClasses classes{SizeClassParameters{}};
        const auto size = static_cast<std::int64_t>(classes[p.first].size.raw()) + p.second;
        return Bytes{static_cast<std::uint64_t>(std::max<std::int64_t>(size, 0))};
      });
  const auto any =
      rc::gen::map(rc::gen::arbitrary<std::uint64_t>(), [](std::uint64_t n) { return Bytes{n}; });
  const auto small = rc::gen::map(rc::gen::inRange<std::uint64_t>(0, 70'000),
                                  [](std::uint64_t n) { return Bytes{n}; });
  return rc::gen::oneOf(near, small, any);
}

RC_GTEST_PROP(SizeClassProperties, ParametersAreRefusedWithAReasonOrGiveUsableClasses, ()) {
  const auto parameters = *any_parameters();
  try {
    SizeClasses(parameters).check_invariants();
    RC_TAG("possible");
  } catch (const model::ImpossibleParameters& error) {
    RC_ASSERT(!std::string(error.what()).empty());
    RC_TAG("impossible");
  }
}

RC_GTEST_PROP(SizeClassProperties, EverySpanHoldsAnObjectAndLeavesAtMostAnEighth, ()) {
  const auto parameters = *possible_parameters();
  const SizeClasses classes(parameters);
  for (std::size_t i = 1; i < classes.count(); ++i) {
    RC_ASSERT(classes.span_bytes(i) >= classes[i].size);
    RC_ASSERT(model::tail_waste(classes[i], parameters.page_size) <= classes.span_bytes(i) / 8);
  }
}

RC_GTEST_PROP(SizeClassProperties, TheLookupsFindTheSmallestClassForTheirEntry, ()) {
  const auto p = *possible_parameters();
  const SizeClasses classes(p);
  const Bytes size{*rc::gen::inRange<std::uint64_t>(1, p.max_small_size.raw() + 1)};
  const Bytes beyond = std::max(size, p.small_size_max) - p.small_size_max;
  const Bytes end = classes.looks_up_fine(size)
                        ? align_up(size, p.small_size_div)
                        : p.small_size_max + align_up(beyond, p.large_size_div);
  RC_ASSERT(classes.class_of(size) == oracle::smallest_class_holding(classes.all(), end));
}

RC_GTEST_PROP(SizeClassProperties, NoOtherStepThanTheParametersMergesNeighbours, ()) {
  const auto p = *possible_parameters();
  RC_PRE(!p.grow_to_fill);
  const SizeClasses classes(p);
  for (std::size_t i = 2; i < classes.count(); ++i) {
    const bool same_spans = classes[i].pages == classes[i - 1].pages;
    RC_ASSERT(!same_spans || classes.span_bytes(i) / classes[i].size !=
                                 classes.span_bytes(i) / classes[i - 1].size);
  }
}

RC_GTEST_PROP(SizeClassProperties, ReciprocalMagicDividesWhereItsBitsSuffice, ()) {
  const Bytes size{*rc::gen::inRange<std::uint64_t>(1, 65'536)};
  const Bytes span = 8_KiB * *rc::gen::inRange<std::uint64_t>(1, 64);
  RC_PRE(model::reciprocal_bits_needed(size, span) <= 32);
  const Bytes offset{*rc::gen::inRange<std::uint64_t>(0, span.raw() + 1)};
  RC_ASSERT(model::quotient(model::reciprocal_magic(size), offset) == offset / size);
}

RC_GTEST_PROP(SizeClassProperties, WidestMagicDividesEveryOffsetOfAMebibyte, ()) {
  const Bytes size{*rc::gen::inRange<std::uint64_t>(1, 65'536)};
  const Bytes offset{*rc::gen::inRange<std::uint64_t>(0, 1 << 20)};
  RC_ASSERT(model::quotient(model::widest_magic(size), offset) == offset / size);
}

RC_GTEST_PROP(SizeClassProperties, ModelAndOraclePlaceAnyRequestAlike, ()) {
  const ReleaseFacts facts = facts_of(*any_release());
  const auto architecture = *rc::gen::element(Architecture::bits32, Architecture::bits64);
  const auto kind = *rc::gen::element(ObjectKind::noscan, ObjectKind::scan);
  const Bytes request = *any_request();
  const model::Placer placer(facts, architecture);
  const auto placement = placer.place(request, kind);
  const oracle::Landing landing = oracle::land(request, kind, architecture, facts);
  RC_ASSERT(placement.has_value() == (landing.place != oracle::LandingPlace::out_of_memory));
  RC_ASSERT(placer.round_up(request, kind) ==
            oracle::round_up_size(request, kind, architecture, facts));
  RC_PRE(placement && landing.place != oracle::LandingPlace::zero_size);
  RC_ASSERT(placement->size_class == landing.class_number);
  RC_ASSERT(placement->slot == landing.slot);
  RC_ASSERT(placement->header == landing.header);
  RC_ASSERT(placement->usable == landing.usable);
}

RC_GTEST_PROP(SizeClassProperties, ARoundedUpRequestRoundsToItself, ()) {
  const model::Placer placer(facts_of(*any_release()));
  const auto kind = *rc::gen::element(ObjectKind::noscan, ObjectKind::scan);
  const auto once = placer.round_up(*any_request(), kind);
  RC_PRE(once.has_value());
  RC_ASSERT(placer.round_up(*once, kind) == once);
}

RC_GTEST_PROP(SizeClassProperties, TheLawsNoticeEveryCorruptedNumber, ()) {
  const int id = *rc::gen::inRange(1, 16);
  Random random(*rc::gen::arbitrary<std::uint64_t>());
  SizeClassTable table = oracle::documented_table(id);
  const Corruption corruption = corrupt(table, random);
  oracle::TableFindings findings;
  oracle::judge(table, findings);
  if (findings.total() == 0) RC_FAIL("edition " + std::to_string(id) + ", " + describe(corruption));
}

RC_GTEST_PROP(SizeClassProperties, TheLawsJudgeAnyHeapOfCorruptionsInBoundedWork, ()) {
  Random random(*rc::gen::arbitrary<std::uint64_t>());
  SizeClassTable table = oracle::documented_table(*rc::gen::inRange(1, 16));
  for (int i = *rc::gen::inRange(1, 200); i > 0; --i) corrupt(table, random);
  oracle::TableFindings findings;
  oracle::judge(table, findings);
  RC_ASSERT(findings.kept().size() <=
            oracle::table_laws().size() * oracle::TableFindings::kept_per_law);
}

}  // namespace
}  // namespace heaplaw
