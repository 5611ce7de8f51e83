#include "model/spans/span_classes.h"

#include "model/span_layout.h"
#include "model/tiny.h"
#include "vocabulary/check.h"

namespace heaplaw::model {

namespace {
constexpr std::array both_kinds = {ObjectKind::noscan, ObjectKind::scan};
}

SpanClasses::SpanClasses(const ReleaseFacts& facts)
    : placer_(facts), small_max_(placer_.small_max().raw()) {
  const SizeClasses& classes = placer_.classes();
  HEAPLAW_CHECK(classes.count() * 2 <= span_class_count, "{} size classes", classes.count());
  HEAPLAW_CHECK(small_max_ <= largest_place, "small objects of {} bytes", small_max_);
  for (const ObjectKind kind : both_kinds) {
    for (std::size_t i = 1; i < classes.count(); ++i) {
      const SpanLayout layout = span_layout(classes[i], kind, placer_.architecture(), facts);
      shapes_[join(i, kind)] = {.element_size = classes[i].size.raw(),
                                .pages = classes[i].pages.raw(),
                                .slots = static_cast<std::uint16_t>(layout.objects)};
    }
    // Sizes 8k+1 to 8k+8 have one place: no class and no header begins in between.
    for (std::uint64_t begin = 1; begin <= small_max_; begin += 8) {
      const Bytes size{std::min(begin + 7, small_max_)};
      const Bytes header = placer_.header_of(size, kind);
      const Place place = {.span_class = join(classes.class_of(size + header), kind),
                           .header = static_cast<std::uint8_t>(header.raw())};
      for (std::uint64_t i = begin; i <= size.raw(); ++i) {
        const bool tiny = kind == ObjectKind::noscan && Bytes{i} < tiny_block;
        if (!tiny) places_[2 * i + static_cast<std::size_t>(kind)] = place;
      }
    }
  }
  tiny_class_ = join(classes.class_of(tiny_block), ObjectKind::noscan);
}

}  // namespace heaplaw::model
