// Which parts of a table the runtime has mapped. Tables are indexed by address, and a hole in the
// heap is a hole in most of them (runtime/mpagealloc_64bit.go sysGrow, grow; SIM-14).
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace heaplaw::model {

class MappedTable {
 public:
  // What is mapped is mapped in whole granules: mostly pages of the kernel.
  explicit MappedTable(std::uint64_t granule = 4096) : granule_(granule) {}

  // Maps what is not mapped yet of the bytes [from, to), not empty. Says how much that was.
  std::uint64_t cover(std::uint64_t from, std::uint64_t to);
  // The same with all that lies between these bytes and what is mapped.
  std::uint64_t cover_without_holes(std::uint64_t from, std::uint64_t to);

  // Mapped stretches that do not adjoin.
  [[nodiscard]] std::size_t stretch_count() const { return stretches_.size(); }

 private:
  struct Stretch {
    std::uint64_t begin;
    std::uint64_t end;
  };

  std::uint64_t granule_;
  std::vector<Stretch> stretches_;  // ascending
};

}  // namespace heaplaw::model
