#include <fmt/format.h>

#include "oracle/tables/laws_by_topic.h"
#include "oracle/tables/rational.h"

namespace heaplaw::oracle {

namespace {

using enum TablePart;

constexpr Rational tail_limit{1, 8};

void span_holds_an_object(const SizeClassTable& table, TableFindings& findings) {
  const Uint128 page = page_size_of(table);
  const std::size_t count =
      std::min({table.sizes.size(), table.npages.size(), judged_at_most::classes});
  for (std::size_t c = 1; c < count; ++c) {
    findings.compared();
    if (table.sizes[c] != 0 && page * table.npages[c] >= table.sizes[c]) continue;
    findings.add({npages, c}, fmt::format("{} pages", table.npages[c]),
                 fmt::format("room for an object of {} bytes", table.sizes[c]));
  }
}

void span_can_be_judged(const SizeClassTable& table, TableFindings& findings) {
  const Uint128 page = page_size_of(table);
  const auto pages = at_most(judged_at_most::classes, table.npages);
  for (std::size_t c = 1; c < pages.size(); ++c) {
    findings.compared();
    if (page * pages[c] <= judged_at_most::span) continue;
    findings.add({npages, c}, fmt::format("{} pages", pages[c]),
                 fmt::format("a span of at most {} bytes", judged_at_most::span));
  }
}

void tail_at_most_an_eighth(const SizeClassTable& table, TableFindings& findings) {
  for (const JudgedClass& c : judged_classes(table)) {
    findings.compared();
    if (Rational{c.tail(), c.span} <= tail_limit) continue;
    findings.add({npages, c.number}, fmt::format("{} of {} bytes left over", c.tail(), c.span),
                 fmt::format("at most {}", c.span / 8));
  }
}

// The generator takes the first span that wastes at most an eighth.
std::uint64_t shortest_span(std::uint64_t size, std::uint64_t page) {
  std::uint64_t span = page;
  while (Rational{span % size, span} > tail_limit) span += page;
  return span;
}

// The generator chose the span before it grew the class. What the size was then is not in the
// table, but it was a smaller multiple of 128 of which as many fit the span.
bool may_be_shortest(const JudgedClass& c, std::uint64_t page, bool grown) {
  if (shortest_span(c.size, page) == c.span) return true;
  if (!grown || c.size % 128 != 0) return false;
  for (std::uint64_t size = c.size - 128; size > 0 && c.span / size == c.objects(); size -= 128) {
    if (shortest_span(size, page) == c.span) return true;
  }
  return false;
}

void span_is_shortest(const SizeClassTable& table, TableFindings& findings) {
  const std::uint64_t page = page_size_of(table);
  std::uint64_t spans = 0;
  for (const JudgedClass& c : judged_classes(table)) {
    if ((spans += c.span) > judged_at_most::spans_together) break;  // magic's law says so
    findings.compared();
    if (may_be_shortest(c, page, is_generated(table))) continue;
    findings.add({npages, c.number}, fmt::format("{} pages", c.pages),
                 fmt::format("the fewest that leave over at most an eighth with objects of {} "
                             "bytes, or of what they were before they grew",
                             c.size));
  }
}

void no_mergeable_neighbours(const SizeClassTable& table, TableFindings& findings) {
  const auto classes = judged_classes(table);
  for (std::size_t i = 1; i < classes.size(); ++i) {
    const JudgedClass& smaller = classes[i - 1];
    const JudgedClass& larger = classes[i];
    findings.compared();
    if (smaller.pages != larger.pages || smaller.objects() != larger.objects()) continue;
    findings.add({size, smaller.number}, fmt::format("{} objects a span", smaller.objects()),
                 fmt::format("more than in class {}, or other spans", larger.number));
  }
}

void growth_leaves_no_slack(const SizeClassTable& table, TableFindings& findings) {
  if (!is_generated(table)) return;
  for (const JudgedClass& c : judged_classes(table)) {
    const std::uint64_t share = c.span / c.objects();
    const std::uint64_t grown = share - share % 128;
    findings.compared();
    if (grown <= c.size) continue;
    findings.add({size, c.number}, std::to_string(c.size),
                 fmt::format("{}, as {} of them fit the span", grown, c.objects()));
  }
}

constexpr auto exact = Strength::exact;
constexpr TableLaw laws[] = {
    {{"span-holds-an-object", "A span of a class has room for one of its objects.", "1.0 -", exact,
      "runtime/mksizeclasses.go"},
     span_holds_an_object},
    {{"span-can-be-judged", "No span is so large that the laws about it are left out.", "1.0 -",
      Strength::advisory, "heaplaw"},
     span_can_be_judged},
    {{"tail-at-most-an-eighth", "A span full of objects leaves over at most an eighth of itself.",
      "1.0 -", exact, "runtime/mksizeclasses.go"},
     tail_at_most_an_eighth},
    {{"span-is-shortest", "No shorter span keeps the bound on what is left over.", "1.0 -", exact,
      "runtime/mksizeclasses.go"},
     span_is_shortest},
    {{"no-mergeable-neighbours",
      "Neighbours with equal spans hold different numbers of objects: else they were one class.",
      "1.0 -", exact, "runtime/mksizeclasses.go"},
     no_mergeable_neighbours},
    {{"growth-leaves-no-slack",
      "A class is at least its share of the span, rounded down to a multiple of 128.", "1.8 -",
      exact, "runtime/mksizeclasses.go"},
     growth_leaves_no_slack},
};

}  // namespace

std::span<const TableLaw> laws_of_spans() { return laws; }

}  // namespace heaplaw::oracle
