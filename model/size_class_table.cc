#include "model/size_class_table.h"

#include <algorithm>
#include <bit>

#include "model/divide_magic.h"
#include "model/waste.h"

namespace heaplaw::model {

namespace {

// The block that the tiny allocator cuts up (runtime/malloc.go).
constexpr Bytes tiny_size{16};

std::uint64_t value_of(TableConstant constant, const SizeClasses& classes) {
  const SizeClassParameters& p = classes.parameters();
  const auto spans = classes.all().subspan(1);
  switch (constant) {
    case TableConstant::min_heap_align:
      return p.min_heap_align.raw();
    case TableConstant::max_small_size:
      return p.max_small_size.raw();
    case TableConstant::small_size_div:
      return p.small_size_div.raw();
    case TableConstant::small_size_max:
      return p.small_size_max.raw();
    case TableConstant::large_size_div:
      return p.large_size_div.raw();
    case TableConstant::num_size_classes:
      return classes.count();
    case TableConstant::page_shift:
      return static_cast<std::uint64_t>(std::countr_zero(p.page_size.raw()));
    case TableConstant::max_objs_per_span: {
      std::uint64_t most = 0;
      for (const SizeClass& c : spans)
        most = std::max(most, bytes_of(c.pages, p.page_size) / c.size);
      return most;
    }
    case TableConstant::max_size_class_npages:
      return std::ranges::max_element(spans, {}, &SizeClass::pages)->pages.raw();
    case TableConstant::tiny_size:
      return tiny_size.raw();
    case TableConstant::tiny_size_class:
      return classes.class_of(tiny_size);
  }
  return 0;
}

SizeClassTable computed(const SizeClasses& classes, DivideMagicForm form, LookupFill fill) {
  SizeClassTable table;
  for (const SizeClass& c : classes.all()) {
    table.sizes.push_back(c.size.raw());
    table.npages.push_back(c.pages.raw());
  }
  table.magic_form = form;
  table.magic = divide_magic(classes, form);
  table.lookup_fill = fill;
  table.small_lookup.assign(classes.small_lookup().begin(), classes.small_lookup().end());
  table.large_lookup.assign(classes.large_lookup().begin(), classes.large_lookup().end());
  return table;
}

void print_only(CommentColumns columns, SizeClassTable& table) {
  if (columns == CommentColumns::none) table.rows.clear();
  if (columns != CommentColumns::and_min_align) table.alignments.clear();
  for (ClassRow& row : table.rows) {
    if (columns == CommentColumns::waste_bytes) row.max_waste.reset();
    if (columns != CommentColumns::and_min_align) row.min_align.reset();
  }
}

}  // namespace

SizeClassTable size_class_table(const SizeClassEdition& edition,
                                const SizeClassParameters& parameters) {
  const SizeClasses classes(parameters);
  SizeClassTable table = computed(classes, edition.magic_form, LookupFill::first_fit);
  for (const TableConstant constant : edition.constants) {
    table.at(constant) = value_of(constant, classes);
  }
  table.alignment_capped = edition.alignment_capped;
  const Bytes align_cap =
      edition.alignment_capped ? parameters.page_size : Bytes{std::uint64_t{1} << 31};
  table.rows = class_rows(classes, align_cap);
  table.alignments = alignment_rows(classes, align_cap);
  print_only(edition.columns, table);
  return table;
}

SizeClassTable size_class_table(const SizeClassEdition& edition) {
  return size_class_table(edition, edition.parameters);
}

SizeClassTable size_class_table(const ReleaseFacts& facts) {
  if (facts.edition) return size_class_table(size_class_edition(*facts.edition));
  const SizeClasses classes(facts.size_classes, facts.lookup_fill);
  return computed(classes, facts.magic_form, facts.lookup_fill);
}

}  // namespace heaplaw::model
