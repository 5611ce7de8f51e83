#include "model/spans/span_classes.h"

#include "model/span_layout.h"
#include "model/tiny.h"
#include "vocabulary/check.h"

namespace heaplaw::model {

namespace {
constexpr std::array both_kinds = {ObjectKind::noscan, ObjectKind::scan};
}

SpanClasses::SpanClasses(const ReleaseFacts& facts)
    : placer_(facts), small_max_(placer_.small_max().raw()), has_headers_(facts.malloc_header) {
  const SizeClasses& classes = placer_.classes();
  HEAPLAW_CHECK(classes.count() * 2 <= span_class_count, "{} size classes", classes.count());
  for (const ObjectKind kind : both_kinds) {
    for (std::size_t i = 1; i < classes.count(); ++i) {
      const SpanLayout layout = span_layout(classes[i], kind, placer_.architecture(), facts);
      shapes_[join(i, kind)] = {.element_size = classes[i].size.raw(),
                                .pages = classes[i].pages.raw(),
                                .slots = static_cast<std::uint16_t>(layout.objects)};
    }
    // Sizes 8k+1 to 8k+8 share an entry: no class and no header begins in between.
    auto& table = table_[static_cast<std::size_t>(kind)];
    table.assign(((small_max_ + 7) >> 3) + 1, 0);
    for (std::uint64_t entry = 1; entry < table.size(); ++entry) {
      const Bytes size{std::min(entry * 8, small_max_)};
      const Bytes need = size + placer_.header_of(size, kind);
      table[entry] = join(classes.class_of(need), kind);
    }
  }
  tiny_class_ = join(classes.class_of(tiny_block), ObjectKind::noscan);
}

}  // namespace heaplaw::model
