#include "oracle/tables/documented_table.h"

#include <algorithm>
#include <cstdint>

#include "oracle/tables/class_finder.h"
#include "oracle/tables/documented.h"
#include "oracle/tables/magic_definition.h"
#include "vocabulary/check.h"
#include "vocabulary/size_class_edition.h"

namespace heaplaw::oracle {

namespace {

constexpr std::uint64_t capped_at = 8192;  // the page: addresses are aligned no better than spans

std::vector<std::uint64_t> lookup(const DocumentedTable& documented, Bytes from, Bytes to,
                                  Bytes step) {
  std::vector<std::uint64_t> entries;
  for (Bytes n = from; n <= to; n += step) {
    const auto found = smallest_class_holding(documented.classes, n);
    HEAPLAW_CHECK(found, "table {} has no class for {} bytes", documented.name, n);
    entries.push_back(*found);
  }
  return entries;
}

DivideMagic magic_for(const DocumentedTable& documented, DivideMagicForm form) {
  if (form == DivideMagicForm::none) return {};
  std::vector<ShiftMagic> shifts;
  std::vector<ReciprocalMagic> reciprocals;
  for (const SizeClass& c : documented.classes) {
    const bool real = c.size > 0_B;  // class 0 divides nothing: all zeros
    const Bytes span = bytes_of(c.pages, documented.parameters.page_size);
    if (form == DivideMagicForm::reciprocal) {
      reciprocals.push_back(real ? reciprocal_magic(c.size.raw()) : 0);
    } else {
      shifts.push_back(real ? shift_magic(form, c.size.raw(), span.raw()) : ShiftMagic{});
    }
  }
  if (form == DivideMagicForm::reciprocal) return reciprocals;
  return shifts;
}

std::uint64_t power_of_two_dividing(std::uint64_t n) {
  std::uint64_t power = 1;
  while (n % (power * 2) == 0) power *= 2;
  return power;
}

void add_rows(SizeClassTable& table, const DocumentedTable& documented, CommentColumns columns) {
  if (columns == CommentColumns::none) return;
  const std::uint64_t page = documented.parameters.page_size.raw();
  std::uint64_t number = 0;
  for (const DocumentedRow& from : documented.rows) {
    ClassRow row{.number = ++number,
                 .bytes_obj = from.size,
                 .bytes_span = from.pages * page,
                 .objects = from.objects,
                 .tail_waste = from.tail_waste,
                 .max_waste = {},
                 .min_align = {}};
    if (columns != CommentColumns::waste_bytes) row.max_waste = from.max_waste;
    if (columns == CommentColumns::and_min_align) {
      const bool hit_the_cap = !table.alignment_capped && from.min_align == capped_at;
      row.min_align = hit_the_cap ? power_of_two_dividing(from.size) : from.min_align;
    }
    table.rows.push_back(row);
  }
  if (columns == CommentColumns::and_min_align) {
    const auto alignments = documented_alignments(table.alignment_capped);
    table.alignments.assign(alignments.begin(), alignments.end());
  }
}

std::uint64_t value_of(TableConstant constant, const DocumentedTable& documented) {
  const SizeClassParameters& p = documented.parameters;
  switch (constant) {
    case TableConstant::min_heap_align:
      return 8;
    case TableConstant::max_small_size:
      return p.max_small_size.raw();
    case TableConstant::small_size_div:
      return p.small_size_div.raw();
    case TableConstant::small_size_max:
      return p.small_size_max.raw();
    case TableConstant::large_size_div:
      return p.large_size_div.raw();
    case TableConstant::num_size_classes:
      return documented.classes.size();
    case TableConstant::page_shift:
      return 13;
    case TableConstant::max_objs_per_span:
      return std::ranges::max_element(documented.rows, {}, &DocumentedRow::objects)->objects;
    case TableConstant::max_size_class_npages:
      return std::ranges::max_element(documented.rows, {}, &DocumentedRow::pages)->pages;
    case TableConstant::tiny_size:
      return 16;
    case TableConstant::tiny_size_class:
      return 2;
  }
  return 0;
}

SizeClassTable arrays_of(const DocumentedTable& documented, DivideMagicForm form, LookupFill fill) {
  const SizeClassParameters& p = documented.parameters;
  SizeClassTable table;
  for (const SizeClass& c : documented.classes) {
    table.sizes.push_back(c.size.raw());
    table.npages.push_back(c.pages.raw());
  }
  table.magic_form = form;
  table.magic = magic_for(documented, form);
  table.lookup_fill = fill;
  table.small_lookup = lookup(documented, 0_B, p.small_size_max, p.small_size_div);
  table.large_lookup = lookup(documented, p.small_size_max, p.max_small_size, p.large_size_div);
  if (fill == LookupFill::walk) {
    // Start-up walked sizes from 1 up to below the split.
    table.small_lookup.front() = 1;
    table.small_lookup.back() = 0;
  }
  return table;
}

}  // namespace

SizeClassTable documented_table(int edition_id) {
  const SizeClassEdition& edition = size_class_edition(edition_id);
  const DocumentedTable& documented = documented_table_with(edition.parameters);
  SizeClassTable table = arrays_of(documented, edition.magic_form, LookupFill::first_fit);
  table.alignment_capped = edition.alignment_capped;
  for (const TableConstant c : edition.constants) table.at(c) = value_of(c, documented);
  add_rows(table, documented, edition.columns);
  return table;
}

SizeClassTable documented_table(const ReleaseFacts& facts) {
  if (facts.edition) return documented_table(*facts.edition);
  return arrays_of(documented_table_with(facts.size_classes), facts.magic_form, facts.lookup_fill);
}

}  // namespace heaplaw::oracle
