// The state that a recording's calibration leaves behind (SIM-2).
#include <stdexcept>

#include "model/heap/span_source.h"
#include "model/runtime.h"

namespace heaplaw::model {

namespace {

void require(bool holds, std::string_view what, const HeapStart& start) {
  if (holds) return;
  throw std::invalid_argument(fmt::format("a heap start at region {} of {} bytes: {}", start.region,
                                          start.region_size, what));
}

// Grows to the end of the region and takes everything below it.
void take_what_lies_below(HeapState& state, const HeapStart& start) {
  if (state.facts.base == HeapBase::random) state.space.begin_at_arena_of(start.region);
  const Address end{align_up(start.region - Address{}, chunk_size).raw() + start.region_size.raw()};
  const auto first = state.space.grow(Pages{chunk_pages});
  require(first.has_value(), "no address space", start);
  const Address base = first->asked.base;
  require(base <= start.region && start.region < end, "not behind the first hint", start);
  const std::uint64_t chunks = ((end - base) + (chunk_size - 1_B)) / chunk_size;
  state.off_heap.heap_grew(*first);
  state.pages.grow(first->asked);
  Bytes grown = first->total();
  if (chunks > 1) {
    const auto rest = state.space.grow(Pages{(chunks - 1) * chunk_pages});
    require(rest.has_value(), "no address space", start);
    state.off_heap.heap_grew(*rest);
    state.pages.grow(rest->asked);
    grown += rest->total();
  }
  state.ledger.released += grown.raw();

  // Taken and given back, pages are no longer scavenged.
  const Pages all{grown / page_size};
  const Pages below{(start.region - base) / page_size};
  state.pages.take(base, all);
  state.ledger.take(SpanUse::other, grown.raw(), grown.raw());
  state.pages.free(start.region, all - below);
  state.ledger.give_back(SpanUse::other, bytes_of(all - below, page_size).raw());
  if (below > Pages{}) state.spans.make(SpanUse::other, base.raw(), below.raw());
}

}  // namespace

void Runtime::begin_at(const HeapStart& start) {
  require(start.region.raw() % page_size.raw() == 0, "not on a page", start);
  require(start.region_size > Bytes{} && start.region_size.raw() <= machine_bytes / 4,
          "not a size that a recorder takes", start);
  require(start.region.raw() < user_space_end.raw() / 2, "not in user space", start);
  take_what_lies_below(*state_, start);
  set_percent(value_off);

  for (const SyncObject& sync : start.syncs) {
    const Operation operation = Operation::alloc(0, sync.size, sync.object);
    const Observation got = apply(operation);
    require(got.answer == Answer::address, "a sync object has no room", start);
    require(
        got.address == sync.address,
        fmt::format("{} bytes of {} landed at {}, recorded {}", sync.size,
                    sync.object == ObjectKind::scan ? "scan" : "noscan", got.address, sync.address),
        start);
    state_->kept.push_back(state_->objects.take(operation.handle));
  }
}

}  // namespace heaplaw::model
