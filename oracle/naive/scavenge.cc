// The release step of the page level (SC-11, SC-12, SC-20).
#include <algorithm>

#include "oracle/naive/pages.h"

namespace heaplaw::oracle::naive {

namespace {

constexpr std::uint64_t round_down(std::uint64_t n, std::uint64_t to) { return n / to * to; }
constexpr std::uint64_t round_up(std::uint64_t n, std::uint64_t to) {
  return round_down(n + to - 1, to);
}

}  // namespace

std::optional<PageRange> scavenge_candidate(const std::array<bool, chunk_pages>& can_take,
                                            const CandidateSearch& search) {
  const auto takes = [&](Page page) {
    const auto group =
        can_take.begin() + static_cast<std::ptrdiff_t>(round_down(page, search.align));
    return std::all_of(group, group + static_cast<std::ptrdiff_t>(search.align),
                       [](bool can) { return can; });
  };
  Page end = round_down(search.from, 64) + 64;
  while (end > 0 && !takes(end - 1)) --end;
  if (end == 0) return std::nullopt;
  Page run_start = end;
  while (run_start > 0 && takes(run_start - 1)) --run_start;

  const std::uint64_t want = std::max(round_up(search.pages_max, search.align), search.align);
  Page start = end - std::min(end - run_start, want);
  if (search.huge_page > 1) {  // do not break a huge page that is free as a whole
    const Page below = round_down(start, search.huge_page);
    if (round_up(start, search.huge_page) <= end && below >= run_start) start = below;
  }
  return PageRange{start, end};
}

// The highest chunk that has a page to take always has a candidate, so that scanning from the top
// finds what the runtime's marks and cursor find (SC-18): both only spare it chunks without one.
std::optional<PageRange> NaivePages::highest_candidate(std::uint64_t pages_max) const {
  const auto top =
      std::find_if(runs_.rbegin(), runs_.rend(), [](const FreeRun& run) { return !run.scavenged; });
  if (top == runs_.rend()) return std::nullopt;
  const Page chunk = round_down(top->end - 1, chunk_pages);
  std::array<bool, chunk_pages> can_take{};
  for (auto run = top; run != runs_.rend() && run->end > chunk; ++run) {
    if (run->scavenged) continue;
    for (Page page = std::max(run->start, chunk); page < run->end; ++page) {
      can_take[page - chunk] = true;
    }
  }
  const auto found =
      scavenge_candidate(can_take, {.pages_max = pages_max, .huge_page = huge_page_});
  if (!found) return std::nullopt;
  return PageRange{chunk + found->start, chunk + found->end};
}

std::uint64_t NaivePages::scavenge(std::uint64_t bytes) {
  std::uint64_t released = 0;
  while (released * page_bytes < bytes) {
    const std::uint64_t left = bytes - released * page_bytes;
    const auto step = highest_candidate(left / page_bytes + (left % page_bytes != 0));
    if (!step) break;
    take(step->start, step->end);
    free(step->start, step->end - step->start, /*scavenged=*/true);
    released += step->end - step->start;
  }
  return released;
}

void NaivePages::scavenge_all() {
  std::vector<PageRange> resident;
  for (const FreeRun& run : runs_) {
    if (!run.scavenged) resident.push_back({run.start, run.end});
  }
  for (const PageRange& range : resident) {
    take(range.start, range.end);
    free(range.start, range.end - range.start, /*scavenged=*/true);
  }
}

}  // namespace heaplaw::oracle::naive
