#include "model/runtime.h"

#include <map>
#include <mutex>
#include <stdexcept>

#include "model/accounting/mem_stats_composer.h"
#include "model/collector/collector.h"
#include "model/heap/object_caches.h"
#include "model/heap/page_map_maker.h"
#include "model/heap/simulated_kernel.h"
#include "model/heap/span_source.h"
#include "model/heap/state_invariants.h"
#include "model/modelled_releases.h"
#include "model/stacks/stack_allocator.h"
#include "vocabulary/check.h"
#include "vocabulary/reach.h"

namespace heaplaw::model {

namespace {

// Computed once for each release that anybody asks for: it takes as long as a hundred operations.
const SpanClasses& classes_of(const Release& release) {
  static std::mutex mutex;
  static std::map<Release, const SpanClasses> known;
  require_modelled(release);
  const std::scoped_lock lock(mutex);
  const auto found = known.find(release);
  if (found != known.end()) return found->second;
  return known.try_emplace(release, facts_of(release)).first->second;
}

// Operations that ask for pages, be it for a collection's buffers. All others only give some back.
bool may_take_pages(OperationKind kind) {
  return kind == OperationKind::gc || kind == OperationKind::free_os_memory ||
         kind == OperationKind::advance || kind == OperationKind::stack_grow;
}

unsigned checked_procs(unsigned procs) {
  if (procs == 0 || procs > procs_max) {
    throw std::invalid_argument(fmt::format("{} Ps; a trace has 1 to {}", procs, procs_max));
  }
  return procs;
}

}  // namespace

Runtime::Runtime(const Release& release, unsigned procs, const std::optional<HeapStart>& start,
                 StartGuess guess)
    : classes_(classes_of(release)),
      kernel_(std::make_unique<SimulatedKernel>()),
      state_(std::make_unique<HeapState>(classes_, checked_procs(procs), *kernel_)) {
  state_->procs[0].span_records = state_->guessed_records = guess.span_records;
  set_proc(0);
  if (start) begin_at(*start);
}

Runtime::~Runtime() = default;

void Runtime::set_proc(unsigned number) {
  HEAPLAW_CHECK(number < state_->procs.size(), "P {} of {}", number, state_->procs.size());
  state_->current_proc = number;
  proc_ = &state_->procs[number];
}

Observation Runtime::allocate(const Operation& operation) {
  const std::uint64_t size = operation.value;
  if (size == 0) {
    state_->objects.insert(operation.handle, ObjectRef::zero_size);
    return Observation::of(Address{});
  }
  if (size < tiny_block.raw() && operation.object == ObjectKind::noscan) {
    const auto placed = proc_->tiny.try_place(Bytes{size});
    if (!placed) return allocate_slot(operation, classes_.tiny_class());
    ++proc_->tiny_uncounted;
    state_->objects.insert(operation.handle, proc_->tiny_ref);
    return Observation::of(*placed);
  }
  if (size > classes_.small_max()) return allocate_large(operation);
  return allocate_slot(operation, classes_.place_of(size, operation.object).span_class);
}

// A slot of its own, or one that becomes a tiny block.
Observation Runtime::allocate_slot(const Operation& operation, SpanClass span_class) {
  const SpanId cached = proc_->cached[span_class];
  if (const auto slot = state_->spans.next_free(cached)) return bind(operation, cached, *slot);
  return or_out_of_memory(classes_.shape(span_class).pages, [&] {
    const SpanId id = ObjectCaches(*state_).refill(span_class);
    const auto slot = state_->spans.next_free(id);
    const Observation observed = bind(operation, id, *slot);
    Collector(*state_).collect_if_due();
    return observed;
  });
}

Observation Runtime::bind(const Operation& operation, SpanId id, unsigned slot) {
  const SpanClasses::Place place = classes_.place_of(operation.value, operation.object);
  const Address address{state_->spans[id].address_of(slot) + place.header};
  const std::uint64_t ref = ObjectRef::of(id, slot);
  if (place.span_class == 0) {
    if (proc_->tiny.place_in(address, Bytes{operation.value})) {
      proc_->tiny_ref = ref;
    } else {
      HEAPLAW_REACH("tiny: the old block has more room and stays");
    }
  }
  state_->objects.insert(operation.handle, ref);
  return Observation::of(address);
}

Observation Runtime::allocate_large(const Operation& operation) {
  const auto placement = classes_.placer().place(Bytes{operation.value}, operation.object);
  if (!placement) return {.answer = Answer::out_of_memory};
  const std::uint64_t pages = placement->pages.raw();
  return or_out_of_memory(pages, [&] {
    HeapState& state = *state_;
    const SpanId id = ObjectCaches(state).allocate_large(pages, operation.object);
    const auto slot = state.spans.next_free(id);
    state.objects.insert(operation.handle, ObjectRef::of(id, *slot));
    const Address address{state.spans[id].base};
    Collector(state).collect_if_due();
    return Observation::of(address);
  });
}

Observation Runtime::apply_slowly(const Operation& operation) {
  if (operation.kind == OperationKind::alloc) return allocate(operation);
  if (!may_take_pages(operation.kind)) return dispatch(operation);
  std::uint64_t pages = 0;
  if (operation.kind == OperationKind::stack_grow) pages = operation.value >> page_shift;
  // Up to a hundred collections take a buffer of 4 pages each, out of a cache.
  if (operation.kind == OperationKind::advance) pages = 8 * cache_pages;
  return or_out_of_memory(pages, [&] { return dispatch(operation); });
}

Observation Runtime::dispatch(const Operation& operation) {
  switch (operation.kind) {
    case OperationKind::drop:
      // Where there was no memory for the object, the trace has its name and we have nothing.
      static_cast<void>(state_->objects.take(operation.handle));
      break;
    case OperationKind::gc:
      Collector(*state_).requested();
      break;
    case OperationKind::read_memstats:
      return read_mem_stats();
    case OperationKind::free_os_memory:
      free_os_memory();
      break;
    case OperationKind::gc_percent:
      set_percent(operation.value);
      break;
    case OperationKind::memory_limit:
      set_memory_limit(operation.value);
      break;
    case OperationKind::advance:
      Collector(*state_).advance(operation.value);
      break;
    case OperationKind::proc:
      set_proc(static_cast<unsigned>(operation.value));
      break;
    case OperationKind::stack_grow:
      grow_stack(operation);
      break;
    case OperationKind::stack_free:
      free_stack(operation.handle);
      break;
    case OperationKind::os_fault: {
      const auto fault = static_cast<OsFault>(operation.value);
      if (fault == OsFault::map) state_->growth_fails_next = true;
      if (fault == OsFault::reserve) state_->space.obstruct_next_reservation();
      break;
    }
    default:  // os_pressure: the kernel takes back at once what this release gives back
      break;
  }
  return {};
}

template <typename Deed>
Observation Runtime::or_out_of_memory(std::uint64_t pages, Deed&& deed) {
  if (!growth_may_fail(pages)) return deed();
  if (pages > machine_bytes >> page_shift) {
    state_->growth_fails_next = false;  // for that growth it was ordered
    return {.answer = Answer::out_of_memory};
  }
  auto before = std::make_unique<HeapState>(*state_);
  try {
    return deed();
  } catch (const OutOfMemory&) {
    return take_back_to(std::move(before));
  }
}

Observation Runtime::take_back_to(std::unique_ptr<HeapState> before) {
  HEAPLAW_REACH("out of memory: the operation is taken back");
  // An order to fail is used up all the same; one against a reservation stands again.
  before->growth_fails_next = state_->growth_fails_next;
  state_ = std::move(before);
  set_proc(state_->current_proc);
  return {.answer = Answer::out_of_memory};
}

bool Runtime::growth_may_fail(std::uint64_t pages) {
  if (pages > machine_bytes >> page_shift) return true;
  // Room for the object, for rounding to chunks, and for the buffers of a collection, unless these
  // find it in the rest of an arena that the object handed out.
  const Bytes wanted = bytes_of(Pages{pages}, page_size) + chunk_size * 4;
  const bool machine_is_full = Bytes{state_->ledger.mapped()} + wanted > Bytes{machine_bytes};
  if (!state_->growth_fails_next && !machine_is_full && !state_->space.may_find_no_place(wanted)) {
    return false;
  }
  // No growth happens where there is a run for the object, buffers and a page cache or two.
  const std::uint64_t buffer_pages = std::uint64_t{4} * state_->facts.work_buffer_spans;
  return !state_->pages.has_run(Pages{pages + 2 * cache_pages + 2 * buffer_pages});
}

Observation Runtime::read_mem_stats() {
  Collector(*state_).flush_all();
  snapshot_ = compose_mem_stats(*state_);
  return Observation::of(snapshot_);
}

void Runtime::free_os_memory() {
  Collector(*state_).requested();
  Collector(*state_).requested();
  SpanSource(*state_).release_all();
}

void Runtime::set_percent(std::uint64_t percent_or_off) {
  state_->pacer.set_percent(percent_or_off);
  Collector(*state_).recompute_goals();
}

void Runtime::set_memory_limit(std::uint64_t bytes_or_off) {
  const std::uint64_t bytes = bytes_or_off == value_off ? Pacer::no_memory_limit : bytes_or_off;
  if (bytes == state_->pacer.memory_limit()) return;
  state_->pacer.set_memory_limit(bytes);
  Collector(*state_).recompute_goals();
}

void Runtime::grow_stack(const Operation& operation) {
  const std::uint64_t fresh = StackAllocator(*state_).allocate(operation.value);
  free_stack(operation.handle);
  state_->stacks.insert(operation.handle, fresh);
}

void Runtime::free_stack(std::uint64_t goroutine) {
  if (const auto ref = state_->stacks.take(goroutine); ref != 0) StackAllocator(*state_).free(ref);
}

MemStats Runtime::mem_stats() const { return compose_mem_stats(*state_); }
PageMap Runtime::page_map() const { return make_page_map(*state_); }

WhiteBox Runtime::white_box() const {
  const auto search = state_->pages.search_address();
  return {.search = SearchStart{.exhausted = !search, .address = search.value_or(Address{})},
          .spans_swept = state_->sweep.swept_by_operation,
          .heap_marked = Bytes{state_->pacer.heap_marked()}};
}

void Runtime::check_invariants() const { check_state(*state_); }

}  // namespace heaplaw::model
