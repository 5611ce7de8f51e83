#include "model/heap/page_map_maker.h"

#include <algorithm>

namespace heaplaw::model {

namespace {

struct CachedPage {
  std::uint64_t address;
  bool scavenged;
};

std::vector<CachedPage> cached_pages(const HeapState& state) {
  std::vector<CachedPage> pages;
  for (const Proc& proc : state.procs) {
    const PageCache& cache = proc.pages;
    for (unsigned i = 0; i < cache_pages; ++i) {
      if ((cache.free_mask() >> i & 1) == 0) continue;
      pages.push_back({cache.base().raw() + (std::uint64_t{i} << page_shift),
                       (cache.scavenged_mask() >> i & 1) != 0});
    }
  }
  std::ranges::sort(pages, {}, &CachedPage::address);
  return pages;
}

PageState state_of(const Span& span) {
  switch (span.use) {
    case SpanUse::object:
      return {PageUse::object_span, static_cast<std::uint8_t>(span.span_class / 2),
              SpanClasses::kind_of(span.span_class)};
    case SpanUse::stack:
      return {.use = PageUse::stack_span};
    case SpanUse::work_buffer:
      return {.use = PageUse::work_buffer_span};
    default:
      return {.use = PageUse::other_span};
  }
}

// Appends what lies between spans, in runs of equal pages.
class FreePages {
 public:
  FreePages(const HeapState& state, PageMap& map)
      : state_(state), map_(map), cached_(cached_pages(state)) {}

  void append(std::uint64_t from, std::uint64_t to) {
    for (std::uint64_t page = from; page < to;) {
      const std::uint64_t end = std::min(to, chunk_base(chunk_of(page) + 1));
      const Run run = run_at(page, (end - page) >> page_shift);
      map_.append(Address{page}, Pages{run.pages}, {.use = run.use});
      page += run.pages << page_shift;
    }
  }

 private:
  struct Run {
    std::uint64_t pages;
    PageUse use;
  };

  // Pages of one use, at most so many, which are of one chunk.
  Run run_at(std::uint64_t page, std::uint64_t most) {
    while (next_ < cached_.size() && cached_[next_].address < page) ++next_;
    if (next_ < cached_.size()) {
      const CachedPage& cached = cached_[next_];
      if (cached.address == page) {
        return {1, cached.scavenged ? PageUse::cached_scavenged : PageUse::cached};
      }
      most = std::min(most, (cached.address - page) >> page_shift);
    }
    const PageChunk chunk = state_.pages.chunk_at(Address{page});
    const unsigned first = page_in_chunk(page);
    const auto n =
        static_cast<unsigned>(std::min<std::uint64_t>(most, chunk.scavenged.run_at(first)));
    HEAPLAW_CHECK(chunk.allocated.count(first, n) == 0, "pages {}+{} at {:#x} are in use by nobody",
                  first, n, page);
    return {n, chunk.scavenged.test(first) ? PageUse::free_scavenged : PageUse::free};
  }

  const HeapState& state_;
  PageMap& map_;
  std::vector<CachedPage> cached_;
  std::size_t next_ = 0;
};

}  // namespace

PageMap make_page_map(const HeapState& state) {
  PageMap map(page_size);
  FreePages free(state, map);
  const std::vector<SpanId> spans = state.spans.all_by_address();
  std::size_t next = 0;
  for (const AddressRange& range : state.pages.mapped().ranges()) {
    std::uint64_t at = range.base.raw();
    for (; next < spans.size() && state.spans[spans[next]].base < range.limit.raw(); ++next) {
      const Span& span = state.spans[spans[next]];
      free.append(at, span.base);
      map.append(Address{span.base}, Pages{span.pages}, state_of(span));
      at = span.base + span.bytes();
    }
    free.append(at, range.limit.raw());
  }
  return map;
}

}  // namespace heaplaw::model
