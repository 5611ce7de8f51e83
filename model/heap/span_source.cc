#include "model/heap/span_source.h"

#include <algorithm>

#include "vocabulary/check.h"
#include "vocabulary/reach.h"

namespace heaplaw::model {

namespace {

// Longer runs are too rarely found in a cache to look there.
constexpr std::uint64_t cacheable_pages = cache_pages / 4;

std::uint64_t bytes_of_pages(std::uint64_t pages) { return pages << page_shift; }

}  // namespace

SpanSource::Taken SpanSource::take_pages(std::uint64_t pages) {
  const auto taken = [](const PageAllocation& a, std::uint64_t growth) {
    return Taken{a.address.raw(), bytes_of_pages(a.scavenged.raw()), growth};
  };
  if (pages < cacheable_pages) {
    PageCache& cache = s_.proc().pages;
    if (cache.empty()) cache = s_.pages.alloc_to_cache();
    if (const auto found = cache.alloc(Pages{pages})) return taken(*found, 0);
  }
  // Pages that Ps hold in their caches cannot be found from here.
  if (const auto found = s_.pages.alloc(Pages{pages})) return taken(*found, 0);
  const std::uint64_t growth = grow(pages);
  const auto found = s_.pages.alloc(Pages{pages});
  HEAPLAW_CHECK(found.has_value(), "grew by {} bytes, but {} pages are not there", growth, pages);
  return taken(*found, growth);
}

std::uint64_t SpanSource::grow(std::uint64_t pages) {
  if (s_.growth_fails_next) {
    s_.growth_fails_next = false;
    HEAPLAW_REACH("spans: growth fails by order");
    throw OutOfMemory{};
  }
  if (pages > machine_bytes >> page_shift) throw OutOfMemory{};
  const std::uint64_t chunks = (pages + chunk_pages - 1) / chunk_pages;
  if (s_.ledger.mapped() + chunks * chunk_size.raw() > machine_bytes) throw OutOfMemory{};
  const auto growth = s_.space.grow(Pages{pages});
  if (!growth) throw OutOfMemory{};
  if (growth->abandoned) {
    HEAPLAW_REACH("spans: growth abandons the rest of an arena");
    s_.pages.grow(*growth->abandoned);
  }
  s_.off_heap.heap_grew(*growth);
  s_.pages.grow(growth->asked);
  const std::uint64_t bytes = growth->total().raw();
  s_.ledger.released += bytes;
  return bytes;
}

SpanId SpanSource::allocate_objects(SpanClass span_class, std::uint64_t pages) {
  const Taken taken = take_pages(pages);
  s_.off_heap.take_span_record(s_.proc().span_records);
  const SpanShape& shape = s_.classes->shape(span_class);
  const SpanId id = s_.spans.make_object_span(span_class, shape, taken.base, pages);
  s_.spans[id].sweep_generation = s_.sweep.generation;
  // The bits count against a memory limit, if they are there already.
  const bool bits_first = s_.facts.span_init == SpanInit::before_release;
  if (bits_first) s_.off_heap.new_object_span(shape.slots);
  scavenge_before_use(taken);
  if (!bits_first) s_.off_heap.new_object_span(shape.slots);
  s_.ledger.take(SpanUse::object, bytes_of_pages(pages), taken.scavenged_bytes);
  s_.sweep.pages_in_use += pages;
  return id;
}

SpanId SpanSource::allocate_manual(SpanUse use, std::uint64_t pages) {
  const Taken taken = take_pages(pages);
  s_.off_heap.take_span_record(s_.proc().span_records);
  const SpanId id = s_.spans.make(use, taken.base, pages);
  scavenge_before_use(taken);
  s_.ledger.take(use, bytes_of_pages(pages), taken.scavenged_bytes);
  return id;
}

// The span's pages are about to be backed, so as many others go back as a limit or the growth
// demands (SC-24, SC-25). The ledger still has the span's pages where they were.
void SpanSource::scavenge_before_use(const Taken& taken) {
  std::uint64_t want = 0;
  auto urgency = ScavengeUrgency::background;
  const std::uint64_t ready = s_.mapped_ready() + taken.scavenged_bytes;
  const std::uint64_t limit = s_.pacer.memory_limit();
  if (ready > limit) {
    want = ready - limit;
    urgency = ScavengeUrgency::forced;
  }
  const std::uint64_t goal = s_.pacer.scavenge_goal();
  if (taken.growth_bytes > 0 && goal != Pacer::unlimited) {
    const std::uint64_t after = s_.ledger.retained() + taken.growth_bytes;
    if (after > goal) want = std::max(want, std::min(taken.growth_bytes, after - goal));
  }
  if (want == 0) return;
  const std::uint64_t released = s_.pages.scavenge(Bytes{want}, urgency).raw();
  if (released > 0) HEAPLAW_REACH("spans: memory released to make room for a span");
  s_.ledger.scavenge(released);
}

void SpanSource::release_all() { s_.ledger.scavenge(s_.pages.scavenge_all().raw()); }

void SpanSource::free(SpanId id) {
  const Span& span = s_.spans[id];
  HEAPLAW_CHECK(span.alloc_count() == 0 && span.use != SpanUse::dead,
                "span at {:#x} freed with {} slots in use", span.base, span.alloc_count());
  s_.ledger.give_back(span.use, span.bytes());
  if (span.use == SpanUse::object) s_.sweep.pages_in_use -= span.pages;
  s_.pages.free(Address{span.base}, Pages{span.pages});
  s_.off_heap.give_back_span_record(s_.proc().span_records);
  s_.spans.destroy(id);
}

}  // namespace heaplaw::model
