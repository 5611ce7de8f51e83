#include "model/handles/handle_table.h"

#include <algorithm>

#include "vocabulary/check.h"

namespace heaplaw::model {

namespace {

// What dense_ may take, beside the block of nowhere, if so many of all names are there. Each brings
// 15 bytes, and each of the others an eighth of one, since a record of sparse_ takes less than it
// may. In little tables all have 16 KiB together, of which sparse_ needs some for the names that
// may come before all are arranged again.
std::size_t bytes_for(std::size_t dense, std::size_t all) {
  constexpr std::size_t each = 16 - 1;
  constexpr std::size_t little = std::size_t{11} << 10;
  return std::max(dense * each + all / 8, little - std::min(little, (all - dense) * each));
}

}  // namespace

void HandleTable::insert_slowly(std::uint64_t name, Entry entry) {
  const std::uint64_t range = NameRange::of(name);
  if (!try_make_block(range) && entered_ >= arranged_at_) {
    arrange();
    static_cast<void>(try_make_block(range));
  }
  // Here it may be only now, if it was in sparse_ before; there, sparse_ sees it.
  HEAPLAW_CHECK(dense_.find(name) == 0, "handle {} is live already", name);
  if (dense_.try_change(name, entry, true)) return;
  ++entered_;
  sparse_.insert(name, entry);
}

// Sequential names are here once in 64 and go no further. What that costs is not to depend on how
// many others sparse_ has.
bool HandleTable::try_make_block(std::uint64_t range) {
  if (dense_.has_block(range)) return true;
  if (!dense_.has_room_for(range)) {
    if (!dense_.taking_back_is_paid()) return false;
    const NameStretch left = dense_.take_back_empty();
    dense_.make_room(left, bytes_for(left.live, left.live + sparse_.size()));
    if (!dense_.has_room_for(range)) return false;
  }
  if (sparse_.has_any(range * NameRange::size, NameRange::size)) return false;
  dense_.make_block(range);
  entered_ += NameRange::size;
  return true;
}

// Brings every name to where it takes least.
void HandleTable::arrange() {
  const std::size_t all = size();
  const std::vector<NameRange> ranges = this->ranges();
  const NameStretch best = best_stretch(ranges);
  const auto belongs = [&](const NameRange& range) {
    return best.has(range.number) && is_crowded(range);
  };
  for (const NameRange& range : ranges) {
    if (!belongs(range)) move_to_sparse(range.number);
  }
  dense_.take_back_empty();
  dense_.make_room(best, bytes_for(best.live, all));
  for (const NameRange& range : ranges) {
    if (belongs(range) && !dense_.has_block(range.number)) move_to_dense(range.number);
  }
  entered_ = 0;
  arranged_at_ = std::max(all / 4, entered_at_least);
}

// In order: all that have a block, and others that deserve one.
std::vector<NameRange> HandleTable::ranges() const {
  std::vector<NameRange> ranges;
  sparse_.for_each([&](std::uint64_t name, Entry) {
    const std::uint64_t range = NameRange::of(name);
    if (ranges.empty() || ranges.back().number != range) {
      if (!ranges.empty() && !is_crowded(ranges.back())) ranges.pop_back();
      ranges.push_back({.number = range, .live = 0});
    }
    ++ranges.back().live;
  });
  dense_.for_each_range([&](const NameRange& range) { ranges.push_back(range); });
  std::ranges::sort(ranges, {}, &NameRange::number);
  return ranges;
}

void HandleTable::move_to_sparse(std::uint64_t range) {
  for (unsigned i = 0; i < NameRange::size; ++i) {
    const std::uint64_t name = range * NameRange::size + i;
    if (const Entry entry = dense_.take(name); entry != 0) sparse_.insert(name, entry);
  }
}

void HandleTable::move_to_dense(std::uint64_t range) {
  dense_.make_block(range);
  for (unsigned i = 0; i < NameRange::size; ++i) {
    const std::uint64_t name = range * NameRange::size + i;
    if (const Entry entry = sparse_.take(name); entry != 0) {
      static_cast<void>(dense_.try_change(name, entry, true));
    }
  }
}

void HandleTable::trim(std::size_t size) {
  const std::size_t most = bytes_for(size - sparse_.size(), size) + DenseHandles::nowhere_bytes;
  if (dense_.memory() > most) arrange();
}

std::size_t HandleTable::size() const {
  std::size_t size = sparse_.size();
  dense_.for_each_range([&](const NameRange& range) { size += range.live; });
  return size;
}

void HandleTable::check_invariants() const {
  dense_.check_invariants();
  sparse_.check_invariants();
  dense_.for_each_range([&](const NameRange& range) {
    const std::uint64_t first = range.number * NameRange::size;
    HEAPLAW_CHECK(!sparse_.has_any(first, NameRange::size), "names from {} are in two places",
                  first);
  });
}

}  // namespace heaplaw::model
