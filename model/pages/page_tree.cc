#include "model/pages/page_tree.h"

#include <algorithm>
#include <utility>

#include "vocabulary/check.h"
#include "vocabulary/reach.h"

namespace heaplaw::model {

void PageTree::widen_to(std::uint64_t region) {
  if (regions_.empty()) first_region_ = region;
  if (region < first_region_) {
    const std::size_t more = first_region_ - region;
    root_.insert(root_.begin(), more, PageSummary{});
    std::vector<Boxed<Region>> wider(more + regions_.size());
    std::ranges::move(regions_, wider.begin() + static_cast<std::ptrdiff_t>(more));
    regions_ = std::move(wider);
    first_region_ = region;
  }
  if (region - first_region_ >= regions_.size()) {
    regions_.resize(region - first_region_ + 1);
    root_.resize(regions_.size());
  }
}

void PageTree::add_chunks(std::uint64_t first, std::uint64_t last) {
  for (std::uint64_t c = first; c <= last; ++c) {
    widen_to(c >> region_shift);
    Boxed<Region>& region = regions_[(c >> region_shift) - first_region_];
    if (!region) region = std::make_unique<Region>();
    Boxed<Block>& block = region->blocks[block_in_region(c)];
    if (!block) block = std::make_unique<Block>();
    const unsigned bit = 1u << (c % fan_out);
    HEAPLAW_CHECK((block->present & bit) == 0, "chunk at {:#x} was added before", chunk_base(c));
    block->present = static_cast<std::uint8_t>(block->present | bit);
    block->chunks[c % fan_out].scavenged.set_range(0, chunk_pages);
  }
  update(first, last);
}

bool PageTree::has_chunk(std::uint64_t chunk) const {
  // Below first_region_ the difference wraps to something large.
  const std::uint64_t index = (chunk >> region_shift) - first_region_;
  if (index >= regions_.size() || !regions_[index]) return false;
  const Boxed<Block>& block = regions_[index]->blocks[block_in_region(chunk)];
  return block && (block->present >> (chunk % fan_out) & 1);
}

void PageTree::update(std::uint64_t first, std::uint64_t last) {
  bool changed = false;
  for (std::uint64_t c = first; c <= last; ++c) {
    Block& b = block(c);
    const PageSummary summary = b.chunks[c % fan_out].allocated.summarise();
    changed |= std::exchange(b.summaries[c % fan_out], summary) != summary;
  }
  for (unsigned level = summary_levels - 1; changed && level-- > 0;) {
    first >>= fan_out_bits;
    last >>= fan_out_bits;
    changed = false;
    for (std::uint64_t i = first; i <= last; ++i) {
      const PageSummary summary = merge(children(level, i), level_pages_shift(level + 1));
      changed |= std::exchange(entry(level, i), summary) != summary;
      if (summary.full()) HEAPLAW_REACH("pages: nothing free below a summary");
    }
  }
}

PageSummary& PageTree::entry(unsigned level, std::uint64_t index) {
  const unsigned shift = fan_out_bits * level;
  const std::uint64_t region = (index >> shift) - first_region_;
  if (level == 0) return root_[region];
  Region& r = *regions_[region];
  const std::uint64_t inside = index & ((std::uint64_t{1} << shift) - 1);
  return level == 1 ? r.level1[inside] : level == 2 ? r.level2[inside] : r.level3[inside];
}

std::span<const PageSummary> PageTree::children(unsigned level, std::uint64_t index) const {
  const unsigned shift = fan_out_bits * level;
  const Region& r = *regions_[(index >> shift) - first_region_];
  const std::uint64_t inside = index & ((std::uint64_t{1} << shift) - 1);
  switch (level) {
    case 0:
      return r.level1;
    case 1:
      return std::span(r.level2).subspan(inside * fan_out, fan_out);
    case 2:
      return std::span(r.level3).subspan(inside * fan_out, fan_out);
    default:
      return r.blocks[inside]->summaries;
  }
}

Bytes PageTree::metadata() const {
  std::uint64_t bytes =
      sizeof *this + root_.capacity() * sizeof root_[0] + regions_.capacity() * sizeof regions_[0];
  for (const auto& region : regions_) {
    if (!region) continue;
    bytes += sizeof *region;
    for (const auto& block : region->blocks) bytes += block ? sizeof *block : 0;
  }
  return Bytes{bytes};
}

}  // namespace heaplaw::model
