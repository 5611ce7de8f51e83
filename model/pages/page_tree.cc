#include "model/pages/page_tree.h"

#include <algorithm>
#include <bit>
#include <utility>

#include "vocabulary/check.h"
#include "vocabulary/reach.h"

namespace heaplaw::model {

namespace {

constexpr unsigned root_pages = 1u << most_pages_shift;
constexpr PageSummary wholly_free{root_pages, root_pages, root_pages};

}  // namespace

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
    if (!region) region = Boxed<Region>(std::make_unique<Region>());
    Boxed<Block>& block = region->blocks[block_in_region(c)];
    if (!block) block = Boxed<Block>(std::make_unique<Block>());
    const unsigned bit = 1u << (c % fan_out);
    HEAPLAW_CHECK((block->present & bit) == 0, "chunk at {:#x} was added before", chunk_base(c));
    block->present = static_cast<std::uint8_t>(block->present | bit);
    block->chunks[c % fan_out].scavenged.set_range(0, chunk_pages);
    touch(c);
  }
}

bool PageTree::has_chunk(std::uint64_t chunk) const {
  const std::uint64_t region = chunk >> region_shift;
  if (region < first_region_ || region - first_region_ >= regions_.size()) return false;
  const std::uint64_t index = region - first_region_;
  if (!regions_[index]) return false;
  const Boxed<Block>& block = regions_[index]->blocks[block_in_region(chunk)];
  return block && (block->present >> (chunk % fan_out) & 1);
}

void PageTree::note_stale(std::uint64_t block_index) {
  // Bounds both the list and what a search may have to catch up with.
  constexpr std::size_t most = 1024;
  if (stale_blocks_.size() == most) settle();
  stale_blocks_.push_back(block_index);
}

void PageTree::settle() {
  changed_.clear();
  for (const std::uint64_t index : stale_blocks_) {
    Block& b = block(index << fan_out_bits);
    bool changed = false;
    for (unsigned stale = std::exchange(b.stale, std::uint8_t{0}); stale != 0; stale &= stale - 1) {
      const auto i = static_cast<unsigned>(std::countr_zero(stale));
      const PageSummary summary = b.chunks[i].allocated.summarise();
      changed |= std::exchange(b.summaries[i], summary) != summary;
    }
    if (changed) changed_.push_back(index);
  }
  stale_blocks_.clear();

  // A level at a time, so that many changes below one entry cost one merge.
  for (unsigned below = summary_levels - 1; below > 0; --below) {
    const unsigned level = below - 1;
    std::size_t parents = 0;
    for (const std::uint64_t index : changed_) {
      const PageSummary summary = merge(children(level, index), level_pages_shift(below));
      if (std::exchange(entry(level, index), summary) == summary) continue;
      if (summary.full()) HEAPLAW_REACH("pages: nothing free below a summary");
      if (level == 0 && summary.full())
        HEAPLAW_REACH("summaries: a root entry without a free page");
      if (level == 0 && summary == wholly_free)
        HEAPLAW_REACH("summaries: a root entry wholly free");
      const std::uint64_t parent = index >> fan_out_bits;
      // In place: what is written was read before.
      if (parents == 0 || changed_[parents - 1] != parent) changed_[parents++] = parent;
    }
    changed_.resize(parents);
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
