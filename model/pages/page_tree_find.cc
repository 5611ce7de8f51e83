// The search through the summaries; how they are kept is in page_tree.cc.
#include "model/pages/page_tree.h"
#include "vocabulary/check.h"
#include "vocabulary/reach.h"

namespace heaplaw::model {

namespace {

// What a walk along the entries of one level came to.
struct Walk {
  enum class End { nothing, inside, across };

  End end = End::nothing;
  std::uint64_t entry = 0;       // inside: the entry whose longest run is long enough
  std::uint64_t page = 0;        // across: where the run begins, counted from the first entry
  std::uint64_t first_free = 0;  // the first entry with a free page
};

// Runs that lie across entries are found here; those inside one are left to the level below. An
// entry's own start is tried before its inside, so that the answer is the lowest.
template <typename Summary>
Walk walk(std::span<const Summary> entries, std::uint64_t from, std::uint64_t n,
          unsigned pages_shift) {
  const std::uint64_t whole = std::uint64_t{1} << pages_shift;
  Walk result{.first_free = entries.size()};
  std::uint64_t open = 0;  // free pages just below entry i
  for (std::uint64_t i = from; i < entries.size(); ++i) {
    const Summary e = entries[i];
    if (e.full()) {
      open = 0;
      continue;
    }
    if (result.first_free == entries.size()) result.first_free = i;
    if (open + e.start() >= n) {
      result.end = Walk::End::across;
      result.page = (i << pages_shift) - open;
      return result;
    }
    if (e.max() >= n) {
      result.end = Walk::End::inside;
      result.entry = i;
      return result;
    }
    open = e.start() == whole ? open + whole : e.end();
  }
  return result;
}

}  // namespace

std::optional<PageTree::Found> PageTree::find(std::uint64_t n, std::uint64_t search_address) {
  settle();
  const std::uint64_t search_chunk = chunk_of(search_address);
  std::uint64_t index = 0;  // of the entry we are in; its children come next
  Found found;
  bool at_first_free = true;  // still inside the entry where the first free page is
  for (unsigned level = 0; level < summary_levels; ++level) {
    const std::uint64_t first = level == 0 ? root_.first() : index << fan_out_bits;
    const auto walk_level = [&](auto entries) {
      // The search address lets us skip entries only while we are on the way to it.
      const std::uint64_t hinted = search_chunk >> (fan_out_bits * (summary_levels - 1 - level));
      const bool on_the_way = hinted >= first && hinted - first < entries.size();
      return walk(entries, on_the_way ? hinted - first : 0, n, level_pages_shift(level));
    };
    const Walk step =
        level == 0 ? walk_level(root_.entries()) : visit_children(level - 1, index, walk_level);

    const unsigned entry_shift = level_pages_shift(level) + page_shift;
    if (at_first_free) found.first_free = (first + step.first_free) << entry_shift;
    if (step.end == Walk::End::across) {
      found.address = (first << entry_shift) + (step.page << page_shift);
      return found;
    }
    if (step.end == Walk::End::nothing) {
      HEAPLAW_CHECK(level == 0, "a summary of level {} at {:#x} promised {} free pages", level - 1,
                    first << entry_shift, n);
      return std::nullopt;
    }
    at_first_free = at_first_free && step.entry == step.first_free;
    index = first + step.entry;
  }
  const PageSearch search = chunk(index).allocated.find_zeros(static_cast<unsigned>(n), 0);
  HEAPLAW_CHECK(search.page < chunk_pages, "the summary of chunk {:#x} promised {} free pages",
                chunk_base(index), n);
  if (at_first_free) found.first_free = page_address(index, search.first_free);
  found.address = page_address(index, search.page);
  return found;
}

}  // namespace heaplaw::model
