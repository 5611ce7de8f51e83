#include "model/placement.h"

#include <limits>

#include "model/span_layout.h"
#include "model/tiny.h"

namespace heaplaw::model {

namespace {

// Eight bytes on 32-bit too, which keeps the object 8-byte aligned.
constexpr Bytes header_bytes{8};

// Whether request + extra wraps in a word of the architecture.
bool wraps(Bytes request, Bytes extra, Architecture architecture) {
  const std::uint64_t word_max = architecture == Architecture::bits32
                                     ? std::numeric_limits<std::uint32_t>::max()
                                     : std::numeric_limits<std::uint64_t>::max();
  return request.raw() > word_max - extra.raw();
}

}  // namespace

Placer::Placer(const ReleaseFacts& facts, Architecture architecture)
    : facts_(facts),
      architecture_(architecture),
      classes_(facts.size_classes, facts.lookup_fill),
      // Header-free requests are held to the same limit, so that one comparison decides.
      small_max_(facts.size_classes.max_small_size - (facts.malloc_header ? header_bytes : 0_B)) {}

Bytes Placer::header_of(Bytes request, ObjectKind kind) const {
  const bool needs = facts_.malloc_header && kind == ObjectKind::scan &&
                     request > heap_bitmap_size_max(architecture_) && request <= small_max_;
  return needs ? header_bytes : 0_B;
}

std::optional<Placement> Placer::place(Bytes request, ObjectKind kind) const {
  if (request == 0_B) {
    if (facts_.zero_size_is_shared) return Placement{.way = Placement::Way::zero_size};
    request = 1_B;
  }
  if (request > small_max_) return large(request);
  if (kind == ObjectKind::noscan && facts_.tiny != TinyRule::absent && request < tiny_block) {
    const ClassIndex block_class = classes_.class_of(tiny_block);
    return Placement{.way = Placement::Way::tiny,
                     .size_class = block_class,
                     .slot = classes_[block_class].size,
                     .usable = request};
  }
  const Bytes header = header_of(request, kind);
  const ClassIndex index = classes_.class_of(request + header);
  const Bytes slot = classes_[index].size;
  return Placement{.way = Placement::Way::small,
                   .size_class = index,
                   .slot = slot,
                   .header = header,
                   .usable = slot - header};
}

std::optional<Placement> Placer::large(Bytes request) const {
  const Bytes page = facts_.size_classes.page_size;
  // The check adds a whole page, so that the last page below the limit counts as overflow too.
  // Releases without it fail where the rounded size itself no longer fits.
  const Bytes over = request % page;
  const Bytes added = facts_.large_checks_overflow ? page : over == 0_B ? 0_B : page - over;
  if (wraps(request, added, architecture_)) return std::nullopt;
  const Pages pages = pages_covering(request, page);
  const Bytes slot = bytes_of(pages, page);
  return Placement{.way = Placement::Way::large, .slot = slot, .usable = slot, .pages = pages};
}

std::optional<Bytes> Placer::round_up(Bytes request, ObjectKind kind) const {
  if (facts_.round_up == RoundUpRule::absent) return std::nullopt;
  const Bytes page = facts_.size_classes.page_size;
  if (request <= small_max_ && request < facts_.size_classes.max_small_size) {
    const Bytes header = header_of(request, kind);
    return classes_[classes_.class_of(request + header)].size - header;
  }
  // The newer rule adds one byte less before it looks, which no result shows.
  const bool newer = facts_.round_up == RoundUpRule::with_header;
  if (wraps(request, newer ? page - 1_B : page, architecture_)) return request;
  return align_up(request, page);
}

}  // namespace heaplaw::model
