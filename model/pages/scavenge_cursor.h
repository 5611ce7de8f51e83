// Where the scavenger looks next, and how much it wants to find something.
#pragma once

#include <cstdint>
#include <optional>

#include "model/pages/page_geometry.h"

namespace heaplaw::model {

struct ScavengePosition {
  std::uint64_t chunk = 0;
  unsigned page = 0;  // where the cursor stands in the chunk

  bool operator==(const ScavengePosition&) const = default;
};

// Forced: for a memory limit or for debug.FreeOSMemory. The other kind makes room for growth.
enum class ScavengeUrgency : std::uint8_t { background, forced };

// No chunk above it has anything to release. A search that finds nothing clears it, but for one
// that was raised and has not fallen since: Go protects a raised cursor from searches that run at
// the same time, and cannot tell its own (runtime/mranges.go atomicOffAddr Clear).
class ScavengeCursor {
 public:
  // The page's address, unless the cursor stands higher.
  void raise(std::uint64_t address) {
    if (address_ && *address_ >= address) return;
    address_ = address;
    raised_ = true;
  }
  // The search found a lower chunk first.
  void fall_to(std::uint64_t chunk) {
    address_ = page_address(chunk, chunk_pages - 1);
    raised_ = false;
  }
  void found_nothing() {
    if (!raised_) address_.reset();
  }

  // Of a page; nothing once it is cleared.
  [[nodiscard]] std::optional<std::uint64_t> address() const { return address_; }
  [[nodiscard]] ScavengePosition position() const {
    return {chunk_of(*address_), page_in_chunk(*address_)};
  }

 private:
  std::optional<std::uint64_t> address_;
  bool raised_ = false;
};

}  // namespace heaplaw::model
