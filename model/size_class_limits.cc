#include "model/size_class_limits.h"

#include <fmt/format.h>

#include "model/size_classes.h"

namespace heaplaw::model {

namespace {

template <typename... Values>
void require(bool possible, fmt::format_string<Values...> reason, Values&&... values) {
  if (!possible) throw ImpossibleParameters(fmt::format(reason, std::forward<Values>(values)...));
}

void require_power_of_two(const char* name, Bytes value) {
  require(is_power_of_two(value.raw()), "{} is {}, which is not a power of two", name, value);
}

}  // namespace

void reject_impossible(const SizeClassParameters& p) {
  require_power_of_two("page_size", p.page_size);
  require_power_of_two("small_size_div", p.small_size_div);
  require_power_of_two("large_size_div", p.large_size_div);
  require_power_of_two("min_heap_align", p.min_heap_align);
  require_power_of_two("step16_from", p.step16_from);
  require(p.min_heap_align <= 16_B,
          "min_heap_align is {}; the step of 16 bytes further up would undo more than 16",
          p.min_heap_align);
  require(p.page_size <= 1_MiB, "page_size is {}; at most 1 MiB is supported", p.page_size);
  require(p.max_small_size.raw() <= size_max,
          "max_small_size is {}; class_to_size holds 16 bits, so at most {}", p.max_small_size,
          size_max);
  require(p.small_size_max <= p.max_small_size, "small_size_max is {}, above max_small_size {}",
          p.small_size_max, p.max_small_size);
  require(p.small_size_max >= p.small_size_div, "small_size_max is {}, below one step of {}",
          p.small_size_max, p.small_size_div);
  require(p.small_size_max % p.small_size_div == 0_B,
          "small_size_max is {}, not a multiple of small_size_div {}", p.small_size_max,
          p.small_size_div);
  require((p.max_small_size - p.small_size_max) % p.large_size_div == 0_B,
          "max_small_size {} lies {} bytes above small_size_max, not a multiple of "
          "large_size_div {}",
          p.max_small_size, p.max_small_size - p.small_size_max, p.large_size_div);
  require(p.large_size_div >= p.small_size_div,
          "large_size_div {} is below small_size_div {}: the index of a size just below the split "
          "would be negative",
          p.large_size_div, p.small_size_div);
}

void reject_unusable(const SizeClassParameters& p, std::span<const SizeClass> classes) {
  require(classes.size() > 1, "max_small_size is {}, below the first class of {}", p.max_small_size,
          p.min_heap_align);
  require(classes.size() <= class_count_max,
          "{} classes came out; the lookups hold 8 bits, so at most {}", classes.size(),
          class_count_max);
  const Bytes largest = classes.back().size;
  require(largest >= p.max_small_size,
          "the largest class is {}: sizes from there to max_small_size {} have no class", largest,
          p.max_small_size);
  for (std::size_t i = 1; i < classes.size(); ++i) {
    require(classes[i].pages.raw() <= npages_max,
            "class {} needs {} pages; class_to_allocnpages holds 8 bits", i, classes[i].pages);
    require(classes[i].size.raw() <= size_max, "class {} grew to {}; class_to_size holds 16 bits",
            i, classes[i].size);
    require(classes[i - 1].size < classes[i].size,
            "class {} grew to {}, which class {} of {} no longer exceeds", i - 1,
            classes[i - 1].size, i, classes[i].size);
  }
}

}  // namespace heaplaw::model
