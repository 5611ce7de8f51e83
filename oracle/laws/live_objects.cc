#include "oracle/laws/live_objects.h"

#include <algorithm>

#include "vocabulary/check.h"

namespace heaplaw::oracle {

void LiveObjects::insert(const LiveObject& object) {
  HEAPLAW_CHECK(object.address != Address{}, "handle {} has no address", object.handle);
  if (2 * (size_ + 1) > slots_.size()) grow();
  place(object);
  ++size_;
}

std::optional<LiveObject> LiveObjects::erase(std::uint64_t handle) {
  for (std::size_t at = home(handle); in_use(at); at = next(at)) {
    if (slots_[at].handle != handle) continue;
    const LiveObject object = slots_[at];
    close_gap(at);
    --size_;
    return object;
  }
  return std::nullopt;
}

std::vector<LiveObject> LiveObjects::by_address() const {
  std::vector<LiveObject> objects;
  objects.reserve(size_);
  for (const LiveObject& object : slots_) {
    if (object.address != Address{}) objects.push_back(object);
  }
  std::ranges::sort(objects, {}, &LiveObject::address);
  return objects;
}

void LiveObjects::place(const LiveObject& object) {
  std::size_t at = home(object.handle);
  while (in_use(at)) {
    HEAPLAW_CHECK(slots_[at].handle != object.handle, "handle {} lives twice", object.handle);
    at = next(at);
  }
  slots_[at] = object;
}

void LiveObjects::grow() {
  std::vector<LiveObject> old(2 * slots_.size());
  old.swap(slots_);
  for (const LiveObject& object : old) {
    if (object.address != Address{}) place(object);
  }
}

// Moves later members of the chain down, so that no search stops at the gap before it finds them.
void LiveObjects::close_gap(std::size_t gap) {
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t at = next(gap); in_use(at); at = next(at)) {
    const std::size_t from_home = (at + slots_.size() - home(slots_[at].handle)) & mask;
    const std::size_t from_gap = (at + slots_.size() - gap) & mask;
    if (from_home < from_gap) continue;
    slots_[gap] = slots_[at];
    gap = at;
  }
  slots_[gap] = {};
}

}  // namespace heaplaw::oracle
