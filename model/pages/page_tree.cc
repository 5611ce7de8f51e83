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

void PageTree::make_entries_above(std::uint64_t chunk) {
  const std::uint64_t root_entry = chunk >> region_shift;
  if (!root_.has(root_entry)) root_.make(root_entry);
  Region& region = regions_.at(root_entry);
  // Each with all of its neighbours, since a search looks at eight at once.
  const auto make_eight = [](auto& summaries, std::uint64_t parent) {
    if (!summaries.has(parent * fan_out)) summaries.make(parent * fan_out, fan_out);
  };
  for (unsigned level = 1; level < summary_levels - 1; ++level) {
    make_eight(region.summaries[level - 1], chunk >> (fan_out_bits * (summary_levels - level)));
  }
  make_eight(region.chunk_summaries, chunk >> fan_out_bits);
  if (!region.eights.has(chunk / fan_out)) region.eights.make(chunk / fan_out);
}

void PageTree::add_chunks(std::uint64_t first, std::uint64_t last) {
  for (std::uint64_t c = first; c <= last; ++c) {
    make_entries_above(c);
    Region& region = this->region(c);
    Eight& eight = region.eights[c >> fan_out_bits];
    HEAPLAW_CHECK((eight.present & bit_of(c)) == 0, "chunk at {:#x} was added before",
                  chunk_base(c));
    eight.present = static_cast<std::uint8_t>(eight.present | bit_of(c));
    region.chunks.at(c).scavenged = PageBitmaps::Ref::ones();
    touch(c);
  }
}

bool PageTree::has_chunk(std::uint64_t chunk) const {
  const Region* const region = regions_.find(chunk >> region_shift);
  return region != nullptr &&
         (region->eights.get(chunk >> fan_out_bits).present & bit_of(chunk)) != 0;
}

void PageTree::note_stale(std::uint64_t eight) {
  // Bounds both the list and what a search may have to catch up with.
  constexpr std::size_t most = 1024;
  if (stale_eights_.size() == most) settle();
  stale_eights_.push_back(eight);
}

void PageTree::settle() {
  changed_.clear();
  for (const std::uint64_t index : stale_eights_) {
    Region& r = region(index << fan_out_bits);
    bool changed = false;
    for (unsigned stale = std::exchange(r.eights[index].stale, std::uint8_t{0}); stale != 0;
         stale &= stale - 1) {
      const std::uint64_t c =
          (index << fan_out_bits) + static_cast<unsigned>(std::countr_zero(stale));
      ChunkRefs& chunk = r.chunks[c];
      r.bitmaps.settle(chunk.scavenged);
      r.bitmaps.settle(chunk.allocated);
      const ChunkSummary summary{r.bitmaps[chunk.allocated].summarise()};
      changed |= std::exchange(r.chunk_summaries[c], summary) != summary;
    }
    if (changed) changed_.push_back(index);
  }
  stale_eights_.clear();

  // A level at a time, so that many changes below one entry cost one merge.
  for (unsigned below = summary_levels - 1; below > 0; --below) {
    const unsigned level = below - 1;
    std::size_t parents = 0;
    for (const std::uint64_t index : changed_) {
      const PageSummary summary = merge_children(level, index);
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

Bytes PageTree::Region::metadata() const {
  Bytes sum =
      chunk_summaries.metadata() + eights.metadata() + chunks.metadata() + bitmaps.metadata();
  for (const auto& level : summaries) sum += level.metadata();
  return sum;
}

Bytes PageTree::metadata() const {
  const std::size_t scratch = stale_eights_.capacity() + changed_.capacity();
  return Bytes{sizeof *this + scratch * sizeof(std::uint64_t)} + root_.metadata() +
         regions_.metadata();
}

}  // namespace heaplaw::model
