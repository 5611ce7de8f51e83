#include "oracle/tables/laws_by_topic.h"

namespace heaplaw::oracle {

std::uint64_t constant_of(const SizeClassTable& table, TableConstant constant) {
  if (const auto& stated = table.at(constant)) return *stated;
  constexpr std::size_t classes_with_4_kib_pages = 61;
  switch (constant) {
    case TableConstant::min_heap_align:
    case TableConstant::small_size_div:
      return 8;
    case TableConstant::max_small_size:
      return 32768;
    case TableConstant::small_size_max:
      return 1024;
    case TableConstant::large_size_div:
      return 128;
    case TableConstant::num_size_classes:
      return table.sizes.size();
    case TableConstant::page_shift:
      return table.sizes.size() == classes_with_4_kib_pages ? 12 : 13;
    case TableConstant::max_objs_per_span:
    case TableConstant::max_size_class_npages:
    case TableConstant::tiny_size:
    case TableConstant::tiny_size_class:
      break;  // never needed where it is not stated
  }
  return 0;
}

std::uint64_t page_size_of(const SizeClassTable& table) {
  const std::uint64_t shift = constant_of(table, TableConstant::page_shift);
  return shift >= least_page_shift && shift <= largest_page_shift ? std::uint64_t{1} << shift : 0;
}

std::vector<JudgedClass> judged_classes(const SizeClassTable& table) {
  const std::uint64_t page = page_size_of(table);
  const std::size_t count =
      std::min({table.sizes.size(), table.npages.size(), judged_at_most::classes});
  std::vector<JudgedClass> classes;
  for (std::size_t c = 1; c < count; ++c) {
    const std::uint64_t size = table.sizes[c];
    const std::uint64_t pages = table.npages[c];
    if (pages > judged_at_most::span || pages * page > judged_at_most::span) continue;
    if (size == 0 || size > pages * page) continue;
    classes.push_back({.number = c, .size = size, .pages = pages, .span = pages * page});
  }
  return classes;
}

}  // namespace heaplaw::oracle
