#include <nlohmann/json.hpp>

#include "cli/number.h"
#include "cli/table/source.h"
#include "cli/table/table_commands.h"
#include "model/placement.h"
#include "model/span_layout.h"
#include "model/tiny.h"

namespace heaplaw::cli {

namespace {

using Way = model::Placement::Way;

struct Explanation {
  const ExplainOptions& options;
  Bytes request;
  model::Placer placer;
  ObjectKind kind;
  std::optional<model::Placement> placement;

  [[nodiscard]] SizeClass size_class() const { return placer.classes()[placement->size_class]; }
  [[nodiscard]] model::SpanLayout layout() const {
    return model::span_layout(size_class(), kind, placer.architecture(), placer.facts());
  }
  [[nodiscard]] Bytes looked_up() const {
    if (placement->way == Way::tiny) return model::tiny_block;
    // Releases without a shared zero-size address ask for one byte instead.
    return std::max(request, 1_B) + placement->header;
  }
  [[nodiscard]] Bytes slot_waste() const { return placement->slot - placement->header - request; }
};

double percent(Bytes part, Bytes whole) {
  return 100.0 * static_cast<double>(part.raw()) / static_cast<double>(whole.raw());
}

std::string_view header_reason(const Explanation& e) {
  if (e.placement->header > 0_B) return "the object's type, in front of it";
  if (!e.placer.facts().malloc_header) return "this release has none";
  if (e.kind == ObjectKind::noscan) return "an object without pointers has none";
  return "an object this small keeps its pointer bitmap in the span";
}

void explain_class(const Explanation& e, const Terminal& t) {
  const model::SizeClasses& classes = e.placer.classes();
  const Bytes n = e.looked_up();
  const unsigned index = e.placement->size_class;
  const bool fine = classes.looks_up_fine(n);
  const SizeClassParameters& p = classes.parameters();
  t.print("  header        {:>6}  {}\n", e.placement->header, header_reason(e));
  if (fine) {
    t.print("  lookup        {:>6}  small lookup, entry ceil({} / {}) = {}\n", index, n,
            p.small_size_div, classes.lookup_entry(n));
  } else {
    t.print("  lookup        {:>6}  large lookup, entry ceil(({} - {}) / {}) = {}\n", index, n,
            p.small_size_max, p.large_size_div, classes.lookup_entry(n));
  }
  t.print("  class         {:>6}  of {} bytes; the class below has {}\n", index,
          classes[index].size,
          index > 1 ? fmt::format("{}, too few", classes[index - 1].size) : "no bytes");
}

void explain_span(const Explanation& e, const Terminal& t) {
  const model::SpanLayout layout = e.layout();
  t.print("  span          {:>6}  bytes, {} page{}\n", layout.bytes, e.size_class().pages,
          e.size_class().pages == 1_pages ? "" : "s");
  t.print("    objects     {:>6}  of {} bytes\n", layout.objects, e.size_class().size);
  if (layout.heap_bitmap > 0_B) t.print("    heap bitmap {:>6}  bytes\n", layout.heap_bitmap);
  if (layout.inline_marks > 0_B) t.print("    mark bits   {:>6}  bytes\n", layout.inline_marks);
  t.print("    tail        {:>6}  bytes that no object gets\n", layout.tail);
}

void explain_waste(const Explanation& e, const Terminal& t) {
  const Bytes slot = e.placement->slot;
  const Bytes beside = e.layout().bytes - slot * e.layout().objects;
  t.print("  waste\n    in the slot {:>6}  bytes behind the object, {:.2f} % of the slot\n",
          e.slot_waste(), percent(e.slot_waste(), slot));
  t.print("    in the span {:>6}  bytes for metadata and tail, {:.2f} % of the span\n", beside,
          percent(beside, e.layout().bytes));
}

void explain_small(const Explanation& e, const Terminal& t) {
  if (e.placement->way == Way::tiny) {
    t.print(
        "  tiny          {:>6}  bytes, aligned to {}, inside a block of {} shared with others\n",
        e.request, model::tiny_align(e.request, e.placer.architecture(), e.placer.facts()),
        model::tiny_block);
    if (e.placer.facts().tiny == TinyRule::forget) {
      t.print("                        this release forgets each block: nothing is ever shared\n");
    }
  }
  explain_class(e, t);
  t.print("  slot          {:>6}  bytes; usable by the object: {}\n", e.placement->slot,
          e.placement->usable);
  explain_span(e, t);
  if (e.placement->way == Way::small) explain_waste(e, t);
}

void explain_large(const Explanation& e, const Terminal& t) {
  t.print("  large                 more than {} bytes: a span of its own\n", e.placer.small_max());
  t.print("  span          {:>6}  pages, {} bytes\n", e.placement->pages, e.placement->slot);
  t.print("  waste         {:>6}  bytes behind the object, {:.2f} %\n", e.slot_waste(),
          percent(e.slot_waste(), e.placement->slot));
}

nlohmann::ordered_json to_json(const Explanation& e) {
  constexpr const char* ways[] = {"zero-size", "tiny", "small", "large"};
  nlohmann::ordered_json json = {{"bytes", e.request.raw()},
                                 {"release", Release::parse(e.options.release).name()},
                                 {"pointers", e.options.pointers},
                                 {"bits", e.options.bits}};
  if (!e.placement) {
    json["way"] = "out-of-memory";
    return json;
  }
  json["way"] = ways[static_cast<std::size_t>(e.placement->way)];
  if (e.placement->way == Way::zero_size) return json;
  json["class"] = e.placement->size_class;
  json["slot"] = e.placement->slot.raw();
  json["header"] = e.placement->header.raw();
  json["usable"] = e.placement->usable.raw();
  if (e.placement->way == Way::large) {
    json["pages"] = e.placement->pages.raw();
    json["slot_waste"] = e.slot_waste().raw();
    return json;
  }
  const model::SpanLayout layout = e.layout();
  json["span"] = {{"bytes", layout.bytes.raw()},
                  {"objects", layout.objects},
                  {"heap_bitmap", layout.heap_bitmap.raw()},
                  {"inline_marks", layout.inline_marks.raw()},
                  {"tail", layout.tail.raw()}};
  if (e.placement->way == Way::small) json["slot_waste"] = e.slot_waste().raw();
  return json;
}

}  // namespace

Exit table_explain(const ExplainOptions& options, const Terminal& terminal) {
  const ReleaseFacts facts = facts_named(options.release, options.experiments);
  const auto architecture = options.bits == 32 ? Architecture::bits32 : Architecture::bits64;
  const ObjectKind kind = options.pointers ? ObjectKind::scan : ObjectKind::noscan;
  Explanation e{options, Bytes{parse_number(options.bytes, "BYTES")},
                model::Placer(facts, architecture), kind, std::nullopt};
  e.placement = e.placer.place(e.request, kind);

  if (terminal.json) {
    terminal.print("{}\n", to_json(e).dump(2));
    return Exit::holds;
  }
  terminal.print("{} bytes {} pointers, {}, {}-bit\n", e.request,
                 options.pointers ? "with" : "without", Release::parse(options.release),
                 options.bits);
  if (!e.placement) {
    terminal.print(
        "  Go panics with \"out of memory\": rounded up to pages the size exceeds 2^64\n");
  } else if (e.placement->way == Way::zero_size) {
    terminal.print("  no memory: all objects of size 0 share one address\n");
  } else if (e.placement->way == Way::large) {
    explain_large(e, terminal);
  } else {
    explain_small(e, terminal);
  }
  return Exit::holds;
}

}  // namespace heaplaw::cli
