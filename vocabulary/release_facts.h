// What a release's heap is made of: the constants and choices that differ between Go releases, in
// one table. Algorithms read these facts; they never ask which release it is.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "vocabulary/heap_facts.h"
#include "vocabulary/release.h"
#include "vocabulary/size_class_table.h"
#include "vocabulary/units.h"

namespace heaplaw {

// Whether an object may hold pointers: Go's noscan flag, by its right name.
enum class ObjectKind : std::uint8_t { noscan, scan };

// The value is the size of a pointer in bytes.
enum class Architecture : std::uint8_t { bits32 = 4, bits64 = 8 };

// Which block the tiny allocator keeps (SC spec, section 11).
enum class TinyRule : std::uint8_t {
  absent,  // Go 1.0 to 1.2
  keep,    // 1.3 on: the block with more room left
  forget,  // 1.5: by an upstream bug no block is ever kept
};

// How the runtime rounds a request up to what it would get (SC spec, section 9).
enum class RoundUpRule : std::uint8_t { absent, class_or_pages, with_header };

struct ReleaseFacts {
  SizeClassParameters size_classes;
  LookupFill lookup_fill = LookupFill::walk;
  DivideMagicForm magic_form = DivideMagicForm::none;
  std::optional<int> edition;  // of sizeclasses.go; none where start-up computes the table
  TinyRule tiny = TinyRule::absent;
  bool tiny_aligns_12_to_8 = false;  // on 32-bit, so that 64-bit fields can be accessed atomically
  RoundUpRule round_up = RoundUpRule::absent;
  bool zero_size_is_shared = false;      // a request of 0 bytes gets one common address
  bool large_checks_overflow = false;    // before rounding a large request up to pages
  bool noscan_spans = false;             // pointer-free objects have spans of their own
  bool heap_bitmap_in_span = false;      // small pointerful spans end in one bit a word
  bool inline_marks = false;             // Green Tea: small spans of both kinds end in mark bits
  bool malloc_header = false;            // larger pointerful objects begin with their type
  bool span_limit_counts_slots = false;  // limit = base + real objects * size
  unsigned arena_hints = 0;              // places where the heap tries to begin, 1 TiB apart
  bool scavenge_from_cursor = false;     // a chunk is searched from the scavenger's cursor down
  std::optional<HeapFacts> heap;         // nothing where the release's heap is not known
};

// A GOEXPERIMENT that changes facts in some releases.
struct Experiment {
  std::string_view name;
  unsigned first_minor;
  unsigned last_minor;
  void (*apply)(ReleaseFacts&);
};
[[nodiscard]] std::span<const Experiment> experiments();

// The releases whose facts are known; the newest is the default everywhere.
inline constexpr Release oldest_release{0};
inline constexpr Release newest_release{26};

// Throws std::invalid_argument, saying what is known, for a line newer than newest_release and for
// an experiment that the release does not have.
[[nodiscard]] ReleaseFacts facts_of(const Release& release,
                                    std::span<const std::string_view> with_experiments = {});

}  // namespace heaplaw
