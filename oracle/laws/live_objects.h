// Which objects a history keeps alive, and where: by handle for those who follow the history, by
// address for laws.
#pragma once

#include <cstdint>
#include <vector>

#include "oracle/handle_table.h"
#include "vocabulary/release_facts.h"
#include "vocabulary/units.h"

namespace heaplaw::oracle {

struct LiveObject {
  std::uint64_t handle = 0;
  Address address{};  // what the program sees; 0 in a slot of the table that is not in use
  std::uint64_t size : 63 = 0;
  std::uint64_t scan : 1 = 0;

  [[nodiscard]] ObjectKind kind() const { return scan ? ObjectKind::scan : ObjectKind::noscan; }
  [[nodiscard]] Address end() const { return address + Bytes{size}; }
  [[nodiscard]] bool in_use() const { return address != Address{}; }
};

class LiveObjects : public HandleTable<LiveObject> {
 public:
  [[nodiscard]] std::vector<LiveObject> by_address() const;
};

}  // namespace heaplaw::oracle
