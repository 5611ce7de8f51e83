// What Go's own representation of the table can hold, and hence which parameters are possible.
#pragma once

#include <span>

#include "vocabulary/size_class_table.h"

namespace heaplaw::model {

// class_to_size holds 16 bits, class_to_allocnpages and both lookups 8.
inline constexpr std::uint64_t size_max = 0xffff;
inline constexpr std::uint64_t npages_max = 0xff;
inline constexpr std::uint64_t class_count_max = 0x100;

// Each throws ImpossibleParameters with the reason: before computing, and for what came out.
void reject_impossible(const SizeClassParameters& parameters);
void reject_unusable(const SizeClassParameters& parameters, std::span<const SizeClass> classes);

}  // namespace heaplaw::model
