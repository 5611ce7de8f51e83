#include "model/collector/collector.h"

#include <algorithm>

#include "model/collector/sweeper.h"
#include "model/heap/object_caches.h"
#include "model/heap/span_source.h"
#include "model/stacks/stack_allocator.h"
#include "vocabulary/operation.h"
#include "vocabulary/reach.h"

namespace heaplaw::model {

namespace {

constexpr std::uint64_t work_buffer_pages = 4;
constexpr std::uint64_t forced_period = std::uint64_t{120} * 1'000'000'000;
// A trace may let the clock run for centuries; a program that idles so long is not simulated.
constexpr unsigned periodic_max = 100;

// The last nanosecond that Go's int64 can tell.
constexpr std::uint64_t clock_end = ~std::uint64_t{0} >> 1;

}  // namespace

void Collector::requested() {
  cycle(Reason::requested);
  background_sweep();
}

void Collector::collect_if_due() {
  if (s_.pacer.heap_live() < s_.pacer.trigger(s_.memory_now())) return;
  HEAPLAW_REACH("collection: triggered by the heap");
  cycle(Reason::heap_or_time);
}

void Collector::cycle(Reason reason) {
  Sweeper sweeper(s_);
  sweeper.finish();
  give_back_work_buffers();
  s_.pacer.cycle_begins(s_.memory_now());
  for (unsigned i = 0; i < s_.facts.work_buffer_spans; ++i) {
    s_.work_buffers.push_back(
        SpanSource(s_).allocate_manual(SpanUse::work_buffer, work_buffer_pages));
  }
  const std::uint64_t marked = mark();

  s_.pacer.mark_ended(s_.memory_now(), marked, s_.ledger.in_use);
  s_.sweep.generation += 2;
  s_.pacer.commit(/*sweep_done=*/false, s_.memory_now());
  sweeper.begin(s_.pacer.trigger(s_.memory_now()));
  ++s_.collections.cycles;
  if (reason == Reason::requested) ++s_.collections.forced;
  s_.collections.last_end = s_.clock;
  s_.pages.next_scavenge_generation();

  StackAllocator(s_).free_empty_spans();
  const auto flush_idle =
      s_.facts.idle_page_caches_flushed ? PageCaches::of_idle : PageCaches::none;
  flush_all(flush_idle);
}

std::uint64_t Collector::mark() {
  const auto reach = [&](std::uint64_t ref) {
    s_.spans.mark(ObjectRef::span(ref), ObjectRef::slot(ref));
  };
  s_.objects.trim(s_.objects.for_each(reach));  // which is when they are counted
  for (const std::uint64_t ref : s_.kept) reach(ref);
  for (const Proc& proc : s_.procs) reach(proc.tiny_ref);
  const SpanTable::Marked marked = s_.spans.count_marks();
  s_.sweep.dead_spans = marked.dead_spans;
  return marked.bytes.raw();
}

void Collector::flush_all(PageCaches page_caches) {
  for (Proc& proc : s_.procs) {
    ObjectCaches(s_).flush(proc);
    StackAllocator(s_).flush(proc);
    // All Ps but the current one are idle here.
    if (page_caches == PageCaches::of_idle && &proc != &s_.proc()) s_.pages.flush(proc.pages);
  }
}

void Collector::background_sweep() {
  Sweeper(s_).sweep_rest();
  give_back_work_buffers();
}

void Collector::give_back_work_buffers() {
  for (; !s_.work_buffers.empty(); s_.work_buffers.pop_back()) {
    SpanSource(s_).free(s_.work_buffers.back());
  }
}

void Collector::advance(std::uint64_t nanoseconds) {
  background_sweep();
  const std::uint64_t end = s_.clock + std::min(nanoseconds, clock_end - s_.clock);
  for (unsigned i = 0; i < periodic_max; ++i) {
    if (s_.collections.cycles == 0 || s_.pacer.percent() == value_off) break;
    const std::uint64_t due = s_.collections.last_end + forced_period;
    if (due > end) break;
    HEAPLAW_REACH("collection: two minutes have gone by");
    s_.clock = std::max(s_.clock, due);
    cycle(Reason::heap_or_time);
    background_sweep();
  }
  s_.clock = end;
}

void Collector::recompute_goals() {
  s_.pacer.commit(s_.sweep.done, s_.memory_now());
  Sweeper(s_).set_pace(s_.pacer.trigger(s_.memory_now()));
}

}  // namespace heaplaw::model
