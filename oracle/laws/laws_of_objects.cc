#include <algorithm>
#include <vector>

#include "oracle/laws/heap_chapters.h"

namespace heaplaw::oracle {

namespace {

using M = HeapMoment;
using F = HeapFindings;
using enum Strength;

// Calls visit(object, run) for each live object, run null where no span holds its first byte. Both
// lists ascend, so it is one walk.
template <typename Visit>
void with_spans(const M& m, Visit visit) {
  const auto runs = m.map->runs();
  std::size_t at = 0;
  for (const LiveObject& object : *m.objects) {
    while (at < runs.size() && end_of(runs[at]) <= object.address) ++at;
    const bool inside = at < runs.size() && runs[at].start <= object.address &&
                        runs[at].state.use == PageUse::object_span;
    visit(object, inside ? &runs[at] : nullptr);
  }
}

void in_spans(const M& m, F& f) {
  with_spans(m, [&](const LiveObject& object, const PageRun* run) {
    f.compared();
    if (run && object.end() <= end_of(*run)) return;
    f.add({"object", object.address},
          run ? fmt::format("{} bytes that end outside the span", std::uint64_t{object.size})
              : describe(m.map->at(object.address)),
          "an object span that holds it whole");
  });
}

void apart(const M& m, F& f) {
  for (std::size_t i = 1; i < m.objects->size(); ++i) {
    const LiveObject& low = (*m.objects)[i - 1];
    const LiveObject& high = (*m.objects)[i];
    f.compared();
    if (low.end() <= high.address) continue;
    f.add({"object", high.address}, fmt::format("inside handle {}", low.handle),
          fmt::format("at or above {}", low.end()));
  }
}

void of_their_kind(const M& m, F& f) {
  with_spans(m, [&](const LiveObject& object, const PageRun* run) {
    if (!run) return;
    f.compared();
    if (run->state.object == object.kind()) return;
    f.add({"object", object.address}, describe(run->state),
          object.scan ? "a scan span" : "a noscan span");
  });
}

// What stands in its slot before it.
Bytes header_of(const HeapFigures& figures, const LiveObject& object) {
  const Bytes size{object.size};
  const bool small = size > headerless_max && size <= figures.largest_small;
  return figures.headers && object.scan && small ? header_bytes : Bytes{};
}

// The smallest class that holds it, tiny objects in the class of their blocks; 0 is large.
std::size_t class_of(const HeapFigures& figures, const LiveObject& object) {
  if (Bytes{object.size} > figures.largest_small) return 0;
  const Bytes need = is_tiny(object) ? tiny_block : Bytes{object.size} + header_of(figures, object);
  const auto found = std::ranges::find_if(
      figures.classes, [&](const SizeClass& c) { return c.size >= need && c.size != Bytes{}; });
  return static_cast<std::size_t>(found - figures.classes.begin());
}

void of_their_class(const M& m, F& f) {
  const HeapFigures& figures = m.setting->figures;
  if (figures.classes.empty()) return;
  with_spans(m, [&](const LiveObject& object, const PageRun* run) {
    if (!run) return;
    f.compared();
    const std::size_t expected = class_of(figures, object);
    if (run->state.size_class == expected) return;
    f.add({"object", object.address}, describe(run->state), fmt::format("class {}", expected));
  });
}

void on_slots(const M& m, F& f) {
  const auto classes = m.setting->figures.classes;
  with_spans(m, [&](const LiveObject& object, const PageRun* run) {
    if (!run || run->state.size_class >= classes.size()) return;
    const Bytes offset = object.address - run->start;
    const Bytes slot = run->state.size_class ? classes[run->state.size_class].size
                                             : bytes_of(run->length, heap_page);
    const Bytes inside = offset % slot;
    const Bytes expected = header_of(m.setting->figures, object);
    f.compared();
    if (inside == expected) return;
    if (is_tiny(object) && inside + Bytes{object.size} <= tiny_block) return;
    f.add({"object", object.address}, fmt::format("byte {} of its slot", inside),
          fmt::format("byte {}", expected));
  });
}

void below_metadata(const M& m, F& f) {
  const HeapFigures& figures = m.setting->figures;
  with_spans(m, [&](const LiveObject& object, const PageRun* run) {
    if (!run || run->state.size_class == 0) return;
    if (run->state.size_class >= figures.classes.size()) return;
    const Bytes slot = figures.classes[run->state.size_class].size;
    if (slot > headerless_max) return;
    const Bytes bitmap = run->state.object == ObjectKind::scan ? figures.scan_bitmap : Bytes{};
    const Bytes marks = slot >= tiny_block ? figures.inline_marks : Bytes{};
    const Bytes room = bytes_of(run->length, heap_page) - bitmap - marks;
    at_most(f, {"end in span", object.address}, (object.end() - run->start).raw(), room.raw());
  });
}

void large_fit(const M& m, F& f) {
  with_spans(m, [&](const LiveObject& object, const PageRun* run) {
    if (!run || run->state.size_class != 0) return;
    equal(f, {"pages", object.address}, run->length.raw(),
          pages_covering(Bytes{object.size}, heap_page).raw());
  });
}

void spans_of_class(const M& m, F& f) {
  const auto classes = m.setting->figures.classes;
  for (const PageRun& run : m.map->runs()) {
    const std::size_t c = run.state.size_class;
    if (run.state.use != PageUse::object_span || c == 0 || classes.empty()) continue;
    equal(f, {"pages", run.start}, run.length.raw(),
          c < classes.size() ? classes[c].pages.raw() : 0);
  }
}

// What a requested collection leaves are spans with something in them. A P's current tiny block
// counts as live and may be all that its span holds.
void no_empty_spans(const M& m, F& f) {
  if (!m.setting->starts_empty || !collected(*m.ledger)) return;
  std::size_t tiny_spans = 0;
  auto object = m.objects->begin();
  for (const PageRun& run : m.map->runs()) {
    if (run.state.use != PageUse::object_span) continue;
    while (object != m.objects->end() && object->address < run.start) ++object;
    f.compared();
    if (object != m.objects->end() && object->address < end_of(run)) continue;
    const bool tiny = run.state.size_class == 2 && run.state.object == ObjectKind::noscan;
    if (tiny && ++tiny_spans <= m.setting->procs) continue;
    f.add({"object span", run.start}, "empty", "freed by the collection");
  }
}

constexpr HeapLaw laws[] = {
    {{"objects-in-spans", "Each live object lies whole in one object span.", "1.4 -", exact,
      "OR-4"},
     in_spans},
    {{"objects-apart", "No two live objects share a byte.", "1.4 -", exact, "OR-4"}, apart},
    {{"objects-in-spans-of-their-kind", "Pointer-free objects have spans of their own.", "1.9 -",
      exact, "1"},
     of_their_kind},
    {{"objects-in-spans-of-their-class",
      "An object lies in the smallest class that holds it, and its header where it has one.",
      "1.9 -", exact, "SP-1, SP-2, SP-3"},
     of_their_class},
    {{"objects-on-slots",
      "An object begins where a slot begins, behind a header where it has one, a tiny one inside "
      "its block.",
      "1.9 -", exact, "SP-2, SP-4, SP-7"},
     on_slots},
    {{"objects-below-metadata",
      "In spans of up to 512-byte slots no object reaches into the bitmap and the marks at the "
      "end.",
      "1.22 -", exact, "SP-1"},
     below_metadata},
    {{"large-objects-fit", "A large object's span has just the pages that it touches.", "1.9 -",
      exact, "SP-3"},
     large_fit},
    {{"spans-have-their-class-pages", "Each span of a class has the class's pages.", "1.16 -",
      exact, "1"},
     spans_of_class},
    {{"no-empty-spans", "A requested collection frees every span without a live object.", "1.10 -",
      exact, "SW-1, GC-3"},
     no_empty_spans},
};

}  // namespace

std::span<const HeapLaw> laws_of_objects() { return laws; }

}  // namespace heaplaw::oracle
