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
      const PageChunk chunk = state_.pages.chunk_at(Address{page});
      const std::uint64_t chunk_end = chunk_base(chunk_of(page) + 1);
      const std::uint64_t end = std::min(to, chunk_end);
      if (end - page == chunk_size.raw() && next_cached(page) >= end && is_uniform(chunk)) {
        map_.append(Address{page}, Pages{chunk_pages}, {.use = use_of(chunk, page)});
        page = end;
      }
      while (page < end) {
        const std::uint64_t start = page;
        const PageUse use = use_of(chunk, page);
        do {
          page += page_size.raw();
        } while (page < end && use_of(chunk, page) == use);
        map_.append(Address{start}, Pages{(page - start) >> page_shift}, {.use = use});
      }
    }
  }

 private:
  // Heaps of terabytes consist of such chunks, wholly free and of one state.
  static bool is_uniform(const PageChunk& chunk) {
    const unsigned scavenged = chunk.scavenged.count(0, chunk_pages);
    return chunk.allocated.count(0, chunk_pages) == 0 &&
           (scavenged == 0 || scavenged == chunk_pages);
  }

  // The lowest cached page from here on.
  std::uint64_t next_cached(std::uint64_t page) {
    while (next_ < cached_.size() && cached_[next_].address < page) ++next_;
    return next_ < cached_.size() ? cached_[next_].address : ~std::uint64_t{0};
  }

  PageUse use_of(const PageChunk& chunk, std::uint64_t page) {
    if (next_cached(page) == page) {
      return cached_[next_].scavenged ? PageUse::cached_scavenged : PageUse::cached;
    }
    const unsigned in_chunk = page_in_chunk(page);
    HEAPLAW_CHECK(!chunk.allocated.test(in_chunk), "page {:#x} is in use by nobody", page);
    return chunk.scavenged.test(in_chunk) ? PageUse::free_scavenged : PageUse::free;
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
