#include "oracle/laws/heap_figures.h"

#include <array>

#include "oracle/tables/documented.h"
#include "vocabulary/release_facts.h"

namespace heaplaw::oracle {

namespace {

// A row holds from its release up to the next one's. 0: not known.
struct FiguresFrom {
  Release first;
  std::uint64_t span_record, cache_record, growth_step;
  unsigned work_buffer_spans = 0;
};
constexpr std::array figures = {
    FiguresFrom{Release{0}, 0, 0, 0},
    FiguresFrom{Release{9}, 152, 1736, 0},
    FiguresFrom{Release{11}, 152, 1728, 64 << 20},
    FiguresFrom{Release{12}, 144, 1736, 64 << 20},
    FiguresFrom{Release{13}, 136, 1736, 64 << 20},
    FiguresFrom{Release{15}, 136, 1736, 64 << 20, 1},
    FiguresFrom{Release{16}, 136, 1200, 64 << 20, 1},
    FiguresFrom{Release{17}, 136, 1200, 4 << 20, 1},
    FiguresFrom{Release(18, 9), 144, 1200, 4 << 20, 1},
    FiguresFrom{Release{19}, 136, 1200, 4 << 20, 1},
    FiguresFrom{Release(19, 4), 144, 1200, 4 << 20, 1},
    FiguresFrom{Release{20}, 160, 1200, 4 << 20, 1},
    FiguresFrom{Release{21}, 168, 1200, 4 << 20, 1},
    FiguresFrom{Release{22}, 160, 1200, 4 << 20, 1},
    FiguresFrom{Release{23}, 160, 1200, 4 << 20, 2},
    FiguresFrom{Release{24}, 160, 1208, 4 << 20, 2},
    FiguresFrom{Release{26}, 160, 2296, 4 << 20, 1},
};

}  // namespace

HeapFigures heap_figures_of(const Release& release) {
  const FiguresFrom* row = &figures.front();
  for (const FiguresFrom& candidate : figures) {
    if (release >= candidate.first) row = &candidate;
  }
  return {.classes = documented_table_with(facts_of(release).size_classes).classes,
          .span_record = Bytes{row->span_record},
          .cache_record = Bytes{row->cache_record},
          .growth_step = Bytes{row->growth_step},
          .whole_records = release >= Release{18},
          .work_buffer_spans = row->work_buffer_spans,
          .release_may_miss = release >= Release{21},
          .largest_small = release >= Release{22} ? 32760_B : 32768_B,
          .headers = release >= Release{22},
          .scan_bitmap = release >= Release{22} ? 128_B : 0_B,
          .inline_marks = release >= Release{26} ? 128_B : 0_B};
}

}  // namespace heaplaw::oracle
