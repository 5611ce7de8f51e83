#include "oracle/laws/heap_figures.h"

#include <array>

namespace heaplaw::oracle {

namespace {

struct DocumentedClass {
  std::uint64_t size, pages;
};

// Classes since Go 1.16 (heap spec, section 1; size-class spec, table D).
constexpr std::array<DocumentedClass, 68> documented_since_1_16 = {{
    {0, 0},     {8, 1},      {16, 1},    {24, 1},    {32, 1},    {48, 1},    {64, 1},    {80, 1},
    {96, 1},    {112, 1},    {128, 1},   {144, 1},   {160, 1},   {176, 1},   {192, 1},   {208, 1},
    {224, 1},   {240, 1},    {256, 1},   {288, 1},   {320, 1},   {352, 1},   {384, 1},   {416, 1},
    {448, 1},   {480, 1},    {512, 1},   {576, 1},   {640, 1},   {704, 1},   {768, 1},   {896, 1},
    {1024, 1},  {1152, 1},   {1280, 1},  {1408, 2},  {1536, 1},  {1792, 2},  {2048, 1},  {2304, 2},
    {2688, 1},  {3072, 3},   {3200, 2},  {3456, 3},  {4096, 1},  {4864, 3},  {5376, 2},  {6144, 3},
    {6528, 4},  {6784, 5},   {6912, 6},  {8192, 1},  {9472, 7},  {9728, 6},  {10240, 5}, {10880, 4},
    {12288, 3}, {13568, 5},  {14336, 7}, {16384, 2}, {18432, 9}, {19072, 7}, {20480, 5}, {21760, 8},
    {24576, 3}, {27264, 10}, {28672, 7}, {32768, 4},
}};

constexpr auto classes_since_1_16 = [] {
  std::array<SizeClass, documented_since_1_16.size()> classes;
  for (std::size_t c = 0; c < classes.size(); ++c) {
    classes[c] = {Bytes{documented_since_1_16[c].size}, Pages{documented_since_1_16[c].pages}};
  }
  return classes;
}();

// A row holds from its release up to the next one's. 0: not known.
struct FiguresFrom {
  Release first;
  std::uint64_t span_record, cache_record, growth_step;
};
constexpr std::array figures = {
    FiguresFrom{Release{0}, 0, 0, 0},
    FiguresFrom{Release{9}, 152, 1736, 0},
    FiguresFrom{Release{11}, 152, 1728, 64 << 20},
    FiguresFrom{Release{12}, 144, 1736, 64 << 20},
    FiguresFrom{Release{13}, 136, 1736, 64 << 20},
    FiguresFrom{Release{16}, 136, 1200, 64 << 20},
    FiguresFrom{Release{17}, 136, 1200, 4 << 20},
    FiguresFrom{Release(18, 9), 144, 1200, 4 << 20},
    FiguresFrom{Release{19}, 136, 1200, 4 << 20},
    FiguresFrom{Release(19, 4), 144, 1200, 4 << 20},
    FiguresFrom{Release{20}, 160, 1200, 4 << 20},
    FiguresFrom{Release{21}, 168, 1200, 4 << 20},
    FiguresFrom{Release{22}, 160, 1200, 4 << 20},
    FiguresFrom{Release{24}, 160, 1208, 4 << 20},
    FiguresFrom{Release{26}, 160, 2296, 4 << 20},
};

}  // namespace

HeapFigures heap_figures_of(const Release& release) {
  const FiguresFrom* row = &figures.front();
  for (const FiguresFrom& candidate : figures) {
    if (release >= candidate.first) row = &candidate;
  }
  HeapFigures result{.span_record = Bytes{row->span_record},
                     .cache_record = Bytes{row->cache_record},
                     .growth_step = Bytes{row->growth_step},
                     .whole_records = release >= Release{18}};
  if (release >= Release{16}) result.classes = classes_since_1_16;
  return result;
}

}  // namespace heaplaw::oracle
