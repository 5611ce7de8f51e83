// Where a request lands, in every release, by counting and scanning over the documented tables.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "oracle/tables/documented.h"
#include "vocabulary/release_facts.h"
#include "vocabulary/units.h"

namespace heaplaw::oracle {

enum class LandingPlace : std::uint8_t { zero_size, tiny, small, large, out_of_memory };

struct Landing {
  LandingPlace place = LandingPlace::zero_size;
  std::size_t class_number = 0;  // 0 unless tiny or small
  Bytes slot{};                  // a tiny object shares its slot with others
  Bytes header{};                // in front of the object, inside the slot
  Bytes usable{};                // by the object: of a tiny one its own bytes, else slot - header
  Pages pages{};                 // of the span that the slot is in

  bool operator==(const Landing&) const = default;
};

// Go 1.0 and 1.1 give a request of 0 bytes a slot of class 1, later releases one shared address.
[[nodiscard]] Landing land(Bytes request, ObjectKind kind, Architecture arch,
                           const ReleaseFacts& facts);
// For whoever has the release's table at hand.
[[nodiscard]] Landing land(Bytes request, ObjectKind kind, Architecture arch,
                           const ReleaseFacts& facts, const DocumentedTable& table);

// Objects with pointers up to this size have their pointer bitmap in the span where a release puts
// it there, and a header above it. It is the size of the objects that one bit per word of a
// pointer-wide number of bytes describes.
[[nodiscard]] Bytes heap_bitmap_limit(Architecture arch);

// Bytes at the end of a span of this class that hold metadata instead of objects.
[[nodiscard]] Bytes span_reserve(const SizeClass& size_class, ObjectKind kind, Architecture arch,
                                 const ReleaseFacts& facts);

// How many whole slots lie below the reserve.
[[nodiscard]] std::uint64_t objects_per_span(const SizeClass& size_class, ObjectKind kind,
                                             Architecture arch, const ReleaseFacts& facts);

// The capacity that a growing slice gets for so many bytes; none before Go 1.3, which had no such
// rule. A request too large to be rounded is returned as it is.
[[nodiscard]] std::optional<Bytes> round_up_size(Bytes request, ObjectKind kind, Architecture arch,
                                                 const ReleaseFacts& facts);

struct TinyPlacement {
  bool new_block = false;  // a 16-byte slot was taken from the heap
  std::size_t block = 0;   // counts the slots taken, from 0
  Bytes offset{};

  bool operator==(const TinyPlacement&) const = default;
};

// Whether the tiny allocator serves the request at all.
[[nodiscard]] bool is_tiny(Bytes request, ObjectKind kind, const ReleaseFacts& facts);

// Where a sequence of tiny requests on one P goes, beginning without a block. Fails a check if one
// of them is not tiny.
[[nodiscard]] std::vector<TinyPlacement> place_tiny(std::span<const Bytes> requests,
                                                    Architecture arch, const ReleaseFacts& facts);

}  // namespace heaplaw::oracle
