#include "model/pages/kernel.h"

#include <algorithm>
#include <utility>

#include "model/pages/page_geometry.h"

namespace heaplaw::model {

std::optional<Address> PlainKernel::reserve(std::optional<Address> hint, Bytes size) {
  if (size > user_space_end - Address{}) return std::nullopt;
  const auto overlapping = [&](Address base) {
    return std::ranges::find_if(
        reserved_, [&](const AddressRange& r) { return r.base < base + size && base < r.limit; });
  };
  if (hint && *hint <= user_space_end - size && overlapping(*hint) == reserved_.end()) {
    reserved_.push_back({*hint, *hint + size});
    return hint;
  }
  // Elsewhere: the highest gap, as Linux does. Each step goes below one more reservation.
  Address base = user_space_end - size;
  for (auto in_the_way = overlapping(base); in_the_way != reserved_.end();
       in_the_way = overlapping(base)) {
    if (in_the_way->base - Address{} < size) return std::nullopt;
    base = in_the_way->base - size;
  }
  reserved_.push_back({base, base + size});
  return base;
}

void PlainKernel::unreserve(AddressRange range) {
  std::vector<AddressRange> left;
  for (const AddressRange& r : reserved_) {
    if (r.limit <= range.base || range.limit <= r.base) {
      left.push_back(r);
      continue;
    }
    if (r.base < range.base) left.push_back({r.base, range.base});
    if (range.limit < r.limit) left.push_back({range.limit, r.limit});
  }
  reserved_ = std::move(left);
}

bool PlainKernel::map(AddressRange) { return !std::exchange(refuse_map_, false); }

}  // namespace heaplaw::model
