#include "vocabulary/page_map.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "vocabulary/check.h"
#include "vocabulary/operation.h"

namespace heaplaw {

namespace {

constexpr std::array<std::string_view, page_use_count> use_names = {
    "unmapped",
    "free",
    "free, scavenged",
    "free, in a page cache",
    "free, in a page cache, scavenged",
    "object span",
    "stack span",
    "work buffer span",
    "other span"};

}  // namespace

bool is_span(PageUse use) { return use >= PageUse::object_span; }

std::string describe(const PageState& state) {
  const auto index = static_cast<std::size_t>(state.use);
  HEAPLAW_CHECK(index < use_names.size(), "no use of pages has the number {}", index);
  if (state.use != PageUse::object_span) return std::string(use_names[index]);
  if (state.size_class == 0) return fmt::format("large {} span", name_of(state.object));
  return fmt::format("{} span of class {}", name_of(state.object), state.size_class);
}

void PageMap::append(Address start, Pages length, PageState state) {
  HEAPLAW_CHECK(start.raw() % page_size_.raw() == 0, "{} is not a page of {} bytes", start,
                page_size_);
  HEAPLAW_CHECK(state.use == PageUse::object_span || state == PageState{.use = state.use},
                "pages that hold no objects have no class");
  if (length == Pages{} || state.use == PageUse::unmapped) return;
  if (!runs_.empty()) {
    PageRun& last = runs_.back();
    HEAPLAW_CHECK(start >= end_of(last), "{} lies before the end of the last run, {}", start,
                  end_of(last));
    if (start == end_of(last) && state == last.state && !is_span(state.use)) {
      last.length += length;
      return;
    }
  }
  runs_.push_back({start, length, state});
}

const PageRun* PageMap::find(Address page) const {
  const auto after = std::ranges::upper_bound(runs_, page, {}, &PageRun::start);
  if (after == runs_.begin()) return nullptr;
  const PageRun& run = *(after - 1);
  return page < end_of(run) ? &run : nullptr;
}

PageState PageMap::at(Address page) const {
  const PageRun* const run = find(page);
  return run ? run->state : PageState{};
}

bool PageMap::is_span_head(Address page) const {
  const PageRun* const run = find(page);
  return run && is_span(run->state.use) && page - run->start < page_size_;
}

Pages PageMap::count(PageUse use) const {
  Pages pages;
  for (const PageRun& run : runs_) {
    if (run.state.use == use) pages += run.length;
  }
  return pages;
}

// The runs are unique, so the lists first differ at the pages' first difference: where the run that
// begins earlier begins, or, if only the lengths differ, where the shorter one ends.
std::optional<Address> first_difference(const PageMap& a, const PageMap& b) {
  HEAPLAW_CHECK(a.page_size() == b.page_size(), "maps with pages of {} and {} bytes", a.page_size(),
                b.page_size());
  const auto left = a.runs();
  const auto right = b.runs();
  const auto [l, r] = std::ranges::mismatch(left, right);
  if (l == left.end() && r == right.end()) return std::nullopt;
  if (l == left.end()) return r->start;
  if (r == right.end()) return l->start;
  if (l->start != r->start || l->state != r->state) return std::min(l->start, r->start);
  return l->start + bytes_of(std::min(l->length, r->length), a.page_size());
}

std::string describe_page(const PageMap& map, Address page) {
  const PageState state = map.at(page);
  const std::string text = describe(state);
  if (!is_span(state.use)) return text;
  return fmt::format("{} of a {}", map.is_span_head(page) ? "head" : "body", text);
}

}  // namespace heaplaw
