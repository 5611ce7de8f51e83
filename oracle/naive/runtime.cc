#include "oracle/naive/runtime.h"

#include <algorithm>
#include <map>
#include <mutex>
#include <stdexcept>

#include "oracle/naive/books.h"
#include "oracle/naive/collector.h"
#include "oracle/naive/known_releases.h"
#include "oracle/naive/objects.h"
#include "oracle/naive/pacer.h"
#include "oracle/naive/page_heap.h"
#include "oracle/naive/picture.h"
#include "oracle/naive/recount.h"
#include "oracle/naive/stacks.h"
#include "oracle/tables/documented.h"
#include "oracle/tables/landing.h"
#include "vocabulary/check.h"

namespace heaplaw::oracle {

using naive::Page;
using naive::State;

namespace {

constexpr Architecture arch = Architecture::bits64;

// What all runtimes of a release share.
struct ReleaseTables {
  ReleaseFacts facts;
  const DocumentedTable* table;
  std::array<unsigned, naive::span_classes> slots{};
};

ReleaseTables read_tables(const Release& release) {
  ReleaseTables tables{.facts = facts_of(release)};
  tables.table = &documented_table_with(tables.facts.size_classes);
  for (unsigned c = 2; c < naive::span_classes; ++c) {
    const ObjectKind kind = c % 2 == 1 ? ObjectKind::noscan : ObjectKind::scan;
    const std::uint64_t slots =
        objects_per_span(tables.table->classes[c / 2], kind, arch, tables.facts);
    tables.slots[c] = static_cast<unsigned>(slots);
  }
  return tables;
}

const ReleaseTables& tables_of(const Release& release) {
  static std::mutex mutex;
  static std::map<Release, ReleaseTables> known;
  const std::scoped_lock lock(mutex);
  const auto found = known.find(release);
  if (found != known.end()) return found->second;
  return known.emplace(release, read_tables(release)).first->second;
}

State initial_state(const Release& release, unsigned procs, Bytes huge_page) {
  if (!naive_knows(release)) {
    throw std::invalid_argument(
        fmt::format("the naive runtime knows {}, not {}", describe_naive_lines(), release));
  }
  if (procs == 0 || procs > procs_max) {
    throw std::invalid_argument(fmt::format("{} Ps; expected 1 to {}", procs, procs_max));
  }
  State state;
  const ReleaseTables& tables = tables_of(release);
  state.facts = tables.facts;
  state.table = tables.table;
  state.classes = state.table->classes;
  HEAPLAW_CHECK(state.classes.size() == naive::size_classes, "{} classes", state.classes.size());
  state.slots = tables.slots;
  const HeapFacts& facts = state.heap_facts();
  std::optional<naive::ScavengeIndex> index;
  if (facts.scavenge_index == ScavengeIndexForm::occupancy) index.emplace(facts.dense_chunk_pages);
  state.pages = naive::NaivePages(huge_page.raw() / naive::page_bytes, std::move(index));
  state.space.hints = naive::first_hints(state.facts.arena_hints);
  state.procs.resize(procs);
  state.spans.reserve(16);
  state.off_heap.list_address_ranges(1);
  const std::uint64_t cache_record = facts.cache_record.raw();
  const std::uint64_t in_chunk = naive::fixed_chunk_bytes / cache_record;
  for (std::uint64_t i = 0; i < procs; i += in_chunk) {
    state.off_heap.take_piece(in_chunk * cache_record, 8);
  }
  return state;
}

// Whether the operation might run out of memory half-way, so that a copy has to be kept: it takes
// pages, growth might fail, and what is free is not surely enough. Beside its object an operation
// takes work buffers and fills a page cache or two; a collection in `advance` may fill one each.
// Nobody runs through many hints at once, since the heap holds only a few places.
bool may_fail(const State& state, const Operation& operation) {
  std::uint64_t bytes = 0;
  switch (operation.kind) {
    case OperationKind::alloc:
    case OperationKind::stack_grow:
      bytes = operation.value;
      break;
    case OperationKind::gc:
    case OperationKind::free_os_memory:
    case OperationKind::advance:
      break;
    default:
      return false;
  }
  const std::uint64_t beside =
      2 * naive::cache_pages + 2 * state.heap_facts().work_buffer_spans * naive::work_buffer_pages;
  constexpr std::uint64_t enough = 4 * naive::arena_bytes;
  constexpr std::size_t enough_hints = 16;
  const std::uint64_t mapped = naive::count_pages(state.pages.mapped());
  const std::uint64_t left =
      (naive::heap_pages_max - std::min(mapped, naive::heap_pages_max)) * naive::page_bytes;
  const bool is_growth_sure = !state.growth_fails && state.space.hints.size() >= enough_hints;
  if (is_growth_sure && left > enough && bytes <= left - enough) return false;
  return operation.kind == OperationKind::advance ||
         state.pages.longest_run() < bytes / naive::page_bytes + beside;
}

}  // namespace

NaiveRuntime::NaiveRuntime(const Release& release, unsigned procs,
                           const std::optional<HeapStart>& start, Bytes huge_page)
    : state_(initial_state(release, procs, huge_page)) {
  if (start) begin(*start);
}

// SIM-2.
void NaiveRuntime::begin(const HeapStart& start) {
  const Bytes chunk{naive::chunk_bytes};
  const bool is_random = state_.heap_facts().base == HeapBase::random;
  const Address heap{is_random ? start.region.raw() / naive::arena_bytes * naive::arena_bytes
                               : naive::first_heap_address};
  const Address end = std::min(heap + Bytes{naive::heap_pages_max * naive::page_bytes},
                               Address{naive::address_space_end});
  const auto refuse = [&] {
    throw std::invalid_argument(fmt::format("no heap begins with a region of {} bytes at {}",
                                            start.region_size, start.region));
  };
  if (start.region < heap || start.region >= end || start.region_size > end - start.region ||
      (start.region.raw() | start.region_size.raw()) % naive::page_bytes != 0) {
    refuse();
  }
  naive::AddressSpace& space = state_.space;
  if (is_random) space.hints.insert(space.hints.begin(), heap.raw() / naive::page_bytes);
  const Bytes grown = align_up(start.region - heap, chunk) + start.region_size;
  for (const Bytes part : {chunk, grown - std::min(grown, chunk)}) {
    if (part > Bytes{}) naive::map_pages(state_, part / Bytes{naive::page_bytes});
  }
  if (space.reserved.size() != 1) refuse();  // in whole arenas it does not fit
  const Page first = space.reserved.front().start;
  const Page region = start.region.raw() / naive::page_bytes;
  state_.pages.take(first, space.mapped_end);
  state_.pages.free(region, space.mapped_end - region);
  state_.opaque = {first, region};
  state_.gc_percent = value_off;
  for (const SyncObject& sync : start.syncs) {
    const auto placed = naive::place_object(state_, sync.size.raw(), sync.object,
                                            land(sync.size, sync.object, arch, state_.facts));
    if (placed.address != sync.address.raw()) {
      throw std::invalid_argument(fmt::format("sync object of {} bytes at {} would land at {:#x}",
                                              sync.size, sync.address, placed.address));
    }
    state_.kept.push_back(placed.slot);
  }
}

Observation NaiveRuntime::apply(const Operation& operation) {
  if (!may_fail(state_, operation)) return perform(operation);
  State before = state_;
  try {
    return perform(operation);
  } catch (const naive::OutOfMemory&) {
    state_ = std::move(before);   // an order against a reservation stands again, too
    state_.growth_fails = false;  // that was the one
    return {.answer = Answer::out_of_memory};
  }
}

Observation NaiveRuntime::perform(const Operation& operation) {
  const std::uint64_t value = operation.value;
  switch (operation.kind) {
    case OperationKind::alloc:
      return allocate(operation);
    case OperationKind::drop:
      state_.objects.erase(operation.handle);  // nothing to do if it could not be had (SIM-12)
      return {};
    case OperationKind::gc:
      naive::collect_as_requested(state_);
      return {};
    case OperationKind::read_memstats:
      naive::flush_all(state_);
      snapshot_ = mem_stats();
      return Observation::of(snapshot_);
    case OperationKind::free_os_memory:
      naive::free_os_memory(state_);
      return {};
    case OperationKind::gc_percent:
      state_.gc_percent = value;
      naive::commit_pace(state_);
      return {};
    case OperationKind::memory_limit:
      if (state_.memory_limit == value) return {};  // GC-15
      state_.memory_limit = value;
      naive::commit_pace(state_);
      return {};
    case OperationKind::advance:
      naive::advance(state_, value);
      return {};
    case OperationKind::proc:
      HEAPLAW_CHECK(value < state_.procs.size(), "no P {}", value);
      state_.current = static_cast<unsigned>(value);
      return {};
    case OperationKind::stack_grow:
      grow_stack(operation);
      return {};
    case OperationKind::stack_free: {
      const auto stack = state_.stacks.find(operation.handle);
      if (stack == state_.stacks.end()) return {};  // likewise
      naive::free_stack(state_, stack->second);
      state_.stacks.erase(stack);
      return {};
    }
    case OperationKind::os_pressure:
      return {};  // pages are given back at once, none lazily
    case OperationKind::os_fault:
      if (value == std::uint64_t(OsFault::reserve)) state_.space.next_try_fails = true;
      if (value == std::uint64_t(OsFault::map)) state_.growth_fails = true;
      return {};
  }
  HEAPLAW_CHECK(false, "operation {}", static_cast<int>(operation.kind));
  return {};
}

Observation NaiveRuntime::allocate(const Operation& operation) {
  const Landing landing =
      land(Bytes{operation.value}, operation.object, arch, state_.facts, *state_.table);
  // Go dies of such a size before it asks for pages, so that no growth fails (SIM-11).
  if (landing.place == LandingPlace::out_of_memory) return {.answer = Answer::out_of_memory};
  const auto placed = naive::place_object(state_, operation.value, operation.object, landing);
  state_.objects.insert({.handle = operation.handle, .slot = placed.slot, .held = true});
  if (placed.tests_trigger && naive::gc_triggered(state_)) naive::collect_as_triggered(state_);
  return Observation::of(Address{placed.address});
}

// SIM-10.
void NaiveRuntime::grow_stack(const Operation& operation) {
  const naive::Stack stack = naive::allocate_stack(state_, operation.value);
  const auto [at, is_first] = state_.stacks.try_emplace(operation.handle, stack);
  if (is_first) return;
  naive::free_stack(state_, at->second);
  at->second = stack;
}

MemStats NaiveRuntime::mem_stats() const {
  MemStats stats = naive::count_mem_stats(state_);
  stats.next_gc = naive::heap_goal(state_, naive::HeapAllocView::exact);
  return stats;
}

PageMap NaiveRuntime::page_map() const { return naive::picture(state_); }

void NaiveRuntime::check_invariants() const { naive::recount(state_); }

}  // namespace heaplaw::oracle
