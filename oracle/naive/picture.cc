#include "oracle/naive/picture.h"

#include <algorithm>

namespace heaplaw::oracle::naive {

namespace {

PageRun run_of(Page start, std::uint64_t pages, PageState state) {
  return {Address{start * page_bytes}, Pages{pages}, state};
}

PageState state_of(const Span& span) {
  switch (span.kind) {
    case SpanKind::stack:
      return {.use = PageUse::stack_span};
    case SpanKind::work_buffer:
      return {.use = PageUse::work_buffer_span};
    default:
      return {.use = PageUse::object_span,
              .size_class = static_cast<std::uint8_t>(span.size_class()),
              .object = span.noscan() ? ObjectKind::noscan : ObjectKind::scan};
  }
}

void add_cache(const PageCache& cache, std::vector<PageRun>& runs) {
  if (cache.free == 0) return;
  for (std::uint64_t i = 0; i < cache_pages; ++i) {
    if ((cache.free >> i & 1) == 0) continue;
    const bool scavenged = (cache.scavenged >> i & 1) != 0;
    const PageRun page =
        run_of(cache.base + i, 1, {.use = scavenged ? PageUse::cached_scavenged : PageUse::cached});
    const bool goes_on =
        i > 0 && (cache.free >> (i - 1) & 1) != 0 && runs.back().state == page.state;
    if (goes_on) {
      runs.back().length += page.length;
    } else {
      runs.push_back(page);
    }
  }
}

}  // namespace

std::vector<PageRun> all_page_runs(const State& state) {
  std::vector<PageRun> runs;
  runs.reserve(state.pages.free_runs().size() + state.spans.size() + 2 * state.procs.size() + 1);
  if (state.opaque.pages() > 0) {
    runs.push_back(run_of(state.opaque.start, state.opaque.pages(), {.use = PageUse::other_span}));
  }
  for (const FreeRun& run : state.pages.free_runs()) {
    runs.push_back(run_of(run.start, run.end - run.start,
                          {.use = run.scavenged ? PageUse::free_scavenged : PageUse::free}));
  }
  for (const Proc& proc : state.procs) add_cache(proc.pages, runs);
  for (const Span& span : state.spans) {
    if (span.kind != SpanKind::none) runs.push_back(run_of(span.start, span.pages, state_of(span)));
  }
  std::ranges::sort(runs, {}, &PageRun::start);
  return runs;
}

PageMap picture(const State& state) {
  const std::vector<PageRun> runs = all_page_runs(state);
  PageMap map{Bytes{page_bytes}};
  map.reserve(runs.size());
  for (const PageRun& run : runs) map.append(run.start, run.length, run.state);
  return map;
}

}  // namespace heaplaw::oracle::naive
