// The free pages of one aligned block of 64 that a P holds, invisible to everybody else (runtime/
// mpagecache.go; PA-22 to PA-24).
#pragma once

#include <cstdint>
#include <optional>

#include "model/pages/page_allocation.h"
#include "model/pages/page_geometry.h"

namespace heaplaw::model {

class PageCache {
 public:
  PageCache() = default;
  // Bit i of a mask stands for page i of the block; only free pages can be scavenged.
  PageCache(Address base, std::uint64_t free, std::uint64_t scavenged);

  // Without free pages: the owner refills it. Pages that do not fit do not make it empty.
  [[nodiscard]] bool empty() const { return free_ == 0; }
  [[nodiscard]] Address base() const { return base_; }
  [[nodiscard]] std::uint64_t free_mask() const { return free_; }
  [[nodiscard]] std::uint64_t scavenged_mask() const { return scavenged_; }
  [[nodiscard]] Pages free_pages() const;
  [[nodiscard]] Pages scavenged_pages() const;

  // The lowest run of n pages, or nothing where no run fits.
  [[nodiscard]] std::optional<PageAllocation> alloc(Pages n);

  void check_invariants() const;

  bool operator==(const PageCache&) const = default;

 private:
  Address base_;
  std::uint64_t free_ = 0;
  std::uint64_t scavenged_ = 0;
};

}  // namespace heaplaw::model
