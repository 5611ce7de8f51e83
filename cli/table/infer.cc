#include "cli/table/infer.h"

#include <algorithm>

#include "model/size_classes.h"
#include "vocabulary/release_facts.h"
#include "vocabulary/size_class_edition.h"

namespace heaplaw::cli {

namespace {

constexpr std::uint64_t page_shift_max = 20;

Bytes page_size_of(const SizeClassTable& table) {
  if (const auto shift = table.at(TableConstant::page_shift); shift && *shift <= page_shift_max) {
    return Bytes{std::uint64_t{1} << *shift};
  }
  // Without the constant, the span of a class of one page says it.
  for (std::size_t i = 1; i < table.npages.size() && i <= table.rows.size(); ++i) {
    if (table.npages[i] == 1) return Bytes{table.rows[i - 1].bytes_span};
  }
  return SizeClassParameters{}.page_size;
}

Bytes min_heap_align_of(const SizeClassTable& table) {
  if (const auto align = table.at(TableConstant::min_heap_align)) return Bytes{*align};
  return table.sizes.size() > 1 ? Bytes{table.sizes[1]} : SizeClassParameters{}.min_heap_align;
}

SizeClassParameters stated_parameters(const SizeClassTable& table) {
  SizeClassParameters p;
  const auto take = [&](TableConstant constant, Bytes& into) {
    if (const auto value = table.at(constant)) into = Bytes{*value};
  };
  p.page_size = page_size_of(table);
  p.max_small_size = table.sizes.empty() ? p.max_small_size : Bytes{table.sizes.back()};
  take(TableConstant::max_small_size, p.max_small_size);
  take(TableConstant::small_size_max, p.small_size_max);
  take(TableConstant::small_size_div, p.small_size_div);
  take(TableConstant::large_size_div, p.large_size_div);
  p.min_heap_align = min_heap_align_of(table);
  return p;
}

std::size_t classes_differing(const SizeClassTable& table, const model::SizeClasses& computed) {
  const std::size_t common = std::min(table.sizes.size(), computed.count());
  std::size_t differing = std::max(table.sizes.size(), computed.count()) - common;
  for (std::size_t i = 0; i < common; ++i) {
    const bool same_pages = i < table.npages.size() && table.npages[i] == computed[i].pages.raw();
    differing += table.sizes[i] != computed[i].size.raw() || !same_pages;
  }
  return differing;
}

bool is_upstream(const SizeClassParameters& parameters) {
  return parameters == facts_of(oldest_release).size_classes ||
         parameters == facts_of(Release{3}).size_classes ||
         std::ranges::any_of(size_class_editions(), [&](const SizeClassEdition& edition) {
           return edition.parameters == parameters;
         });
}

}  // namespace

Inference infer_parameters(const SizeClassTable& table) {
  // In the order of likelihood: a tie goes to the newer release.
  constexpr std::uint64_t steps16[] = {32, 16, 64, 128, 8};
  Inference best;
  bool found = false;
  for (const bool grow : {true, false}) {
    for (const std::uint64_t step16 : steps16) {
      SizeClassParameters p = stated_parameters(table);
      p.step16_from = Bytes{step16};
      p.grow_to_fill = grow;
      try {
        const std::size_t differing = classes_differing(table, model::SizeClasses(p));
        if (found && differing >= best.classes_differing) continue;
        best = {.parameters = p, .classes_differing = differing, .upstream = is_upstream(p)};
        found = true;
      } catch (const model::ImpossibleParameters& error) {
        if (!found && best.impossible.empty()) {
          best.parameters = p;
          best.impossible = error.what();
        }
      }
    }
  }
  return best;
}

}  // namespace heaplaw::cli
