// Which names are worth an array: those that lie so close to each other that it takes less than a
// record for each of them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace heaplaw::model {

// Names that differ in their last bits alone, from `number * size` on, and how many are live.
struct NameRange {
  static constexpr unsigned size = 64;

  [[nodiscard]] static std::uint64_t of(std::uint64_t name) { return name / size; }

  std::uint64_t number;
  std::uint64_t live;
};

// From the first range that has a block to the last.
struct NameStretch {
  [[nodiscard]] bool has(std::uint64_t range) const { return range >= first && range < end; }

  std::uint64_t first = 0, end = 0;
  std::size_t blocks = 0;
  std::size_t live = 0;  // names in them
};

// In bytes: a place in the directory for every range of a stretch, and more of them with each block
// that is made, as the next names may be a little farther on.
struct ArrayCost {
  static constexpr std::size_t place = 4;
  static constexpr std::size_t spare_places = 4;
  static constexpr std::size_t block = NameRange::size * 8 + 4 + spare_places * place;
};

// Where a block takes less than records.
[[nodiscard]] bool is_crowded(const NameRange& range);

// Where crowded ranges, and no others, save most: gaps cost as well. The ranges are in order.
[[nodiscard]] NameStretch best_stretch(std::span<const NameRange> ranges);

}  // namespace heaplaw::model
