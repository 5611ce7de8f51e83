// The release step of the page level (SC-11, SC-12, SC-20).
#include <algorithm>

#include "oracle/naive/pages.h"
#include "vocabulary/check.h"

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
    if (search.align == 1) return can_take[page];
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

// Without an index the highest chunk that has a page to take: scanning from the top finds what the
// runtime's marks and cursor find (SC-18), since both only spare it chunks without one.
std::optional<Page> NaivePages::where_to_look(ScavengeWay way) {
  if (index_) {
    return index_->find(way, [&](Page chunk) { return in_use(chunk); });
  }
  const auto top =
      std::find_if(runs_.rbegin(), runs_.rend(), [](const FreeRun& run) { return !run.scavenged; });
  if (top == runs_.rend()) return std::nullopt;
  return round_down(top->end - 1, chunk_pages) + chunk_pages - 1;
}

std::optional<PageRange> NaivePages::candidate_at(Page place, std::uint64_t pages_max) const {
  const Page chunk = round_down(place, chunk_pages);
  const Page end = chunk + chunk_pages;
  std::array<bool, chunk_pages> can_take{};
  for (auto run = first_ending_after(chunk); run != runs_.end() && run->start < end; ++run) {
    if (run->scavenged) continue;
    for (Page page = std::max(run->start, chunk); page < std::min(run->end, end); ++page) {
      can_take[page - chunk] = true;
    }
  }
  const auto found = scavenge_candidate(
      can_take, {.from = place - chunk, .pages_max = pages_max, .huge_page = huge_page_});
  if (!found) return std::nullopt;
  return PageRange{chunk + found->start, chunk + found->end};
}

std::uint64_t NaivePages::scavenge(std::uint64_t bytes, ScavengeWay way) {
  std::uint64_t released = 0;
  while (released * page_bytes < bytes) {
    const auto place = where_to_look(way);
    if (!place) break;
    const std::uint64_t left = bytes - released * page_bytes;
    const auto step = candidate_at(*place, left / page_bytes + (left % page_bytes != 0));
    if (!step) {
      HEAPLAW_CHECK(index_, "nothing to release at {:#x}", *place);
      index_->exhausted(round_down(*place, chunk_pages));
      continue;
    }
    cut(step->start, step->end);
    put({step->start, step->end, /*scavenged=*/true});
    released += step->end - step->start;
  }
  return released;
}

void NaivePages::next_generation() {
  if (index_) index_->next_generation();
}

}  // namespace heaplaw::oracle::naive
