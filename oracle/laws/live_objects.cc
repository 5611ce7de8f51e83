#include "oracle/laws/live_objects.h"

#include <algorithm>

namespace heaplaw::oracle {

std::vector<LiveObject> LiveObjects::by_address() const {
  std::vector<LiveObject> objects;
  objects.reserve(size());
  for (const LiveObject& object : slots()) {
    if (object.in_use()) objects.push_back(object);
  }
  std::ranges::sort(objects, {}, &LiveObject::address);
  return objects;
}

}  // namespace heaplaw::oracle
