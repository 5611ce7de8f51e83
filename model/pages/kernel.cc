#include "model/pages/kernel.h"

#include <algorithm>
#include <utility>

#include "model/pages/page_geometry.h"

namespace heaplaw::model {

std::optional<Address> PlainKernel::reserve(std::optional<Address> hint, Bytes size) {
  if (!hint || size > user_space_end - Address{} || *hint > user_space_end - size) {
    return std::nullopt;
  }
  const AddressRange wanted{*hint, *hint + size};
  const bool taken = std::ranges::any_of(reserved_, [&](const AddressRange& r) {
    return r.base < wanted.limit && wanted.base < r.limit;
  });
  if (taken) return std::nullopt;
  if (!reserved_.empty() && reserved_.back().limit == wanted.base) {
    reserved_.back().limit = wanted.limit;
  } else {
    reserved_.push_back(wanted);
  }
  return hint;
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
