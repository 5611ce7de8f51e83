#include "shipped_tables.h"

#include <algorithm>
#include <bit>

namespace heaplaw::evidence {

namespace {

struct SizeAndPages {
  std::uint64_t size, pages;
};
constexpr std::uint64_t page = 8192;

// Of Go 1.16 on; before, the class of 24 bytes was missing.
constexpr SizeAndPages classes[] = {
    {0, 0},     {8, 1},      {16, 1},    {24, 1},    {32, 1},    {48, 1},    {64, 1},    {80, 1},
    {96, 1},    {112, 1},    {128, 1},   {144, 1},   {160, 1},   {176, 1},   {192, 1},   {208, 1},
    {224, 1},   {240, 1},    {256, 1},   {288, 1},   {320, 1},   {352, 1},   {384, 1},   {416, 1},
    {448, 1},   {480, 1},    {512, 1},   {576, 1},   {640, 1},   {704, 1},   {768, 1},   {896, 1},
    {1024, 1},  {1152, 1},   {1280, 1},  {1408, 2},  {1536, 1},  {1792, 2},  {2048, 1},  {2304, 2},
    {2688, 1},  {3072, 3},   {3200, 2},  {3456, 3},  {4096, 1},  {4864, 3},  {5376, 2},  {6144, 3},
    {6528, 4},  {6784, 5},   {6912, 6},  {8192, 1},  {9472, 7},  {9728, 6},  {10240, 5}, {10880, 4},
    {12288, 3}, {13568, 5},  {14336, 7}, {16384, 2}, {18432, 9}, {19072, 7}, {20480, 5}, {21760, 8},
    {24576, 3}, {27264, 10}, {28672, 7}, {32768, 4},
};

ClassRow row_of(const SizeClassTable& table, std::size_t i, const SizeClassEdition& edition) {
  const std::uint64_t size = table.sizes[i];
  const std::uint64_t span = table.npages[i] * page;
  const std::uint64_t objects = span / size;
  const std::uint64_t tail = span - objects * size;
  ClassRow row{.number = i,
               .bytes_obj = size,
               .bytes_span = span,
               .objects = objects,
               .tail_waste = tail,
               .max_waste = {},
               .min_align = {}};
  if (edition.columns >= CommentColumns::tail_and_max) {
    const std::uint64_t waste = (size - table.sizes[i - 1] - 1) * objects + tail;
    row.max_waste = (waste * 20000 + span) / (2 * span);  // rounded half up
  }
  if (edition.columns == CommentColumns::and_min_align) {
    const std::uint64_t align = size & (~size + 1);
    row.min_align = edition.alignment_capped ? std::min(align, page) : align;
  }
  return row;
}

// For each power of two the smallest class from which on all are multiples; repeats keep the last.
std::vector<AlignmentRow> alignments_of(const std::vector<ClassRow>& rows) {
  std::vector<AlignmentRow> out;
  for (std::uint64_t bits = 0; bits < 32; ++bits) {
    std::uint64_t smallest = 0;
    for (const ClassRow& row : rows) {
      if (*row.min_align >> bits == 0) {
        smallest = 0;
      } else if (smallest == 0) {
        smallest = row.bytes_obj;
      }
    }
    if (smallest == 0) break;
    if (!out.empty() && out.back().min_obj_size == smallest) out.pop_back();
    out.push_back({.alignment = std::uint64_t{1} << bits, .bits = bits, .min_obj_size = smallest});
  }
  return out;
}

std::vector<std::uint64_t> lookup(const std::vector<std::uint64_t>& sizes, std::uint64_t first,
                                  std::uint64_t last, std::uint64_t step) {
  std::vector<std::uint64_t> out;
  for (std::uint64_t n = first; n <= last; n += step) {
    out.push_back(static_cast<std::uint64_t>(std::ranges::lower_bound(sizes, n) - sizes.begin()));
  }
  return out;
}

// The smallest shift that divides every offset up to the limit exactly.
ShiftMagic shift_magic(std::uint64_t size, std::uint64_t span, bool including) {
  if (size == 0) return {};
  const auto shift = static_cast<std::uint64_t>(std::countr_zero(size));
  const std::uint64_t d = size >> shift;
  const std::uint64_t limit = (including ? span : span - 1) >> shift;
  for (std::uint64_t k = 0;; ++k) {
    const std::uint64_t mul = ((std::uint64_t{1} << k) + d - 1) / d;
    bool exact = true;
    for (std::uint64_t x = 0; x <= limit && exact; ++x) exact = (x * mul) >> k == x / d;
    if (!exact) continue;
    return {.shift = shift, .shift2 = k, .mul = mul, .base_mask = d == 1 ? 65536 - size : 0};
  }
}

DivideMagic magic_of(const SizeClassTable& table) {
  std::vector<ReciprocalMagic> reciprocals;
  std::vector<ShiftMagic> shifts;
  for (std::size_t i = 0; i < table.sizes.size(); ++i) {
    const std::uint64_t size = table.sizes[i];
    reciprocals.push_back(size == 0 ? 0 : 0xffffffff / size + 1);
    shifts.push_back(
        shift_magic(size, table.npages[i] * page, table.magic_form == DivideMagicForm::including));
  }
  if (table.magic_form == DivideMagicForm::reciprocal) return reciprocals;
  return shifts;
}

}  // namespace

SizeClassTable shipped_table(const SizeClassEdition& edition) {
  SizeClassTable table;
  for (const SizeAndPages& c : classes) {
    if (c.size == 24 && edition.parameters.step16_from == Bytes{16}) continue;
    table.sizes.push_back(c.size);
    table.npages.push_back(c.pages);
  }
  // In the order of the enumerators.
  const std::uint64_t constants[table_constant_count] = {
      8, 32768, 8, 1024, 128, table.sizes.size(), 13, 1024, 10, 16, 2};
  for (const TableConstant c : edition.constants) {
    table.at(c) = constants[static_cast<std::size_t>(c)];
  }
  table.magic_form = edition.magic_form;
  table.magic = magic_of(table);
  table.small_lookup = lookup(table.sizes, 0, 1024, 8);
  table.large_lookup = lookup(table.sizes, 1024, 32768, 128);
  table.alignment_capped = edition.alignment_capped;
  if (edition.columns == CommentColumns::none) return table;
  for (std::size_t i = 1; i < table.sizes.size(); ++i) {
    table.rows.push_back(row_of(table, i, edition));
  }
  if (edition.columns == CommentColumns::and_min_align) {
    table.alignments = alignments_of(table.rows);
  }
  return table;
}

}  // namespace heaplaw::evidence
