#include "vocabulary/release_facts.h"

#include <algorithm>
#include <stdexcept>

namespace heaplaw {

namespace {

using Stage = Release::Stage;

// What changed, oldest first: a release's facts are all the rows up to it, applied in order.
// To add a release, add the row that tells it from its predecessor, and move newest_release.
struct Change {
  Release since;
  void (*apply)(ReleaseFacts&);
};

constexpr Release beta1(unsigned minor) { return {minor, Stage::beta, 1}; }

constexpr Change changes[] = {
    {Release{0},
     [](ReleaseFacts& f) {
       f.size_classes = {.page_size = 4_KiB, .step16_from = 16_B, .grow_to_fill = false};
     }},
    {beta1(2), [](ReleaseFacts& f) { f.zero_size_is_shared = true; }},
    {beta1(3),
     [](ReleaseFacts& f) {
       f.size_classes.page_size = 8_KiB;
       f.tiny = TinyRule::keep;
       f.large_checks_overflow = true;
       f.round_up = RoundUpRule::class_or_pages;
     }},
    {beta1(5),
     [](ReleaseFacts& f) {
       f.magic_form = DivideMagicForm::widest;
       f.tiny = TinyRule::forget;
     }},
    {beta1(6), [](ReleaseFacts& f) { f.tiny = TinyRule::keep; }},
    {beta1(8),
     [](ReleaseFacts& f) {
       f.size_classes.grow_to_fill = true;
       f.lookup_fill = LookupFill::first_fit;
       f.magic_form = DivideMagicForm::excluding;
       f.edition = 1;
     }},
    {Release{8, Stage::rc, 1}, [](ReleaseFacts& f) { f.edition = 2; }},
    {beta1(9),
     [](ReleaseFacts& f) {
       f.edition = 3;
       f.noscan_spans = true;
     }},
    {beta1(10), [](ReleaseFacts& f) { f.edition = 4; }},
    {beta1(11), [](ReleaseFacts& f) { f.arena_hints = 128; }},
    {beta1(13),
     [](ReleaseFacts& f) {
       f.magic_form = DivideMagicForm::including;
       f.edition = 5;
     }},
    {beta1(16),
     [](ReleaseFacts& f) {
       f.size_classes.step16_from = 32_B;  // makes room for the 24-byte class
       f.tiny_aligns_12_to_8 = true;
       f.edition = 6;
     }},
    {beta1(17),
     [](ReleaseFacts& f) {
       f.magic_form = DivideMagicForm::reciprocal;
       f.edition = 9;
     }},
    {beta1(19),
     [](ReleaseFacts& f) {
       f.heap = HeapFacts{.span_record = 136_B, .cache_record = 1200_B, .arena_record = 2165776_B};
     }},
    // The free index for conservative scanning was put back into 1.19.4 from 1.20.
    {Release{19, 4}, [](ReleaseFacts& f) { f.heap->span_record = 144_B; }},
    {beta1(20),
     [](ReleaseFacts& f) {
       f.arena_hints = 64;  // the upper half went to user arenas
       f.scavenge_from_cursor = true;
       f.heap->span_record = 160_B;
       f.heap->arena_record = 1133584_B;
       f.heap->runway_basis = RunwayBasis::heap_live;
       f.heap->span_init = SpanInit::after_release;
     }},
    {beta1(21),
     [](ReleaseFacts& f) {
       f.edition = 10;
       f.heap->span_record = 168_B;
       f.heap->limit_headroom_percent = 3;
       f.heap->idle_page_caches_flushed = true;
       f.heap->scavenge_index = ScavengeIndexForm::occupancy;
     }},
    {beta1(22),
     [](ReleaseFacts& f) {
       f.heap_bitmap_in_span = true;
       f.malloc_header = true;
       f.round_up = RoundUpRule::with_header;
       f.heap->span_record = 160_B;
       f.heap->arena_record = 68624_B;
     }},
    {beta1(23),
     [](ReleaseFacts& f) {
       f.edition = 11;
       f.heap->work_buffer_spans = 2;
     }},
    {beta1(24), [](ReleaseFacts& f) { f.heap->cache_record = 1208_B; }},
    {beta1(25),
     [](ReleaseFacts& f) {
       f.span_limit_counts_slots = true;
       f.edition = 12;
       f.heap->arena_record = 69648_B;
       f.heap->span_set_block = 4608_B;  // pointers to it are tagged in their low bits too
       f.heap->span_set_block_alignment = 512_B;
     }},
    {beta1(26),
     [](ReleaseFacts& f) {
       f.inline_marks = true;
       f.edition = 15;
       f.heap->cache_record = 2296_B;
       f.heap->work_buffer_spans = 1;
       f.heap->base = HeapBase::random;
     }},
};

constexpr Experiment known_experiments[] = {
    {"noallocheaders", 22, 22,
     [](ReleaseFacts& f) {
       f.heap_bitmap_in_span = false;
       f.malloc_header = false;
       f.round_up = RoundUpRule::class_or_pages;
     }},
    {"greenteagc", 25, 25, [](ReleaseFacts& f) { f.inline_marks = true; }},
    {"nogreenteagc", 26, 26, [](ReleaseFacts& f) { f.inline_marks = false; }},
};

}  // namespace

std::span<const Experiment> experiments() { return known_experiments; }

ReleaseFacts facts_of(const Release& release, std::span<const std::string_view> with_experiments) {
  // Patch releases of the newest line are expected to come; a newer line is not predictable.
  if (release.minor() > newest_release.minor()) {
    throw std::invalid_argument(fmt::format("{} is newer than the newest known line, 1.{}", release,
                                            newest_release.minor()));
  }
  ReleaseFacts facts;
  for (const Change& change : changes) {
    if (change.since <= release) change.apply(facts);
  }
  for (const std::string_view name : with_experiments) {
    const auto* const experiment =
        std::ranges::find_if(known_experiments, [&](const Experiment& e) {
          return e.name == name && e.first_minor <= release.minor() &&
                 release.minor() <= e.last_minor;
        });
    if (experiment == std::end(known_experiments)) {
      throw std::invalid_argument(fmt::format("{} has no known experiment '{}'", release, name));
    }
    experiment->apply(facts);
  }
  return facts;
}

}  // namespace heaplaw
