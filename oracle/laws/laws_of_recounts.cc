#include "oracle/laws/heap_chapters.h"

namespace heaplaw::oracle {

namespace {

using M = HeapMoment;
using F = HeapFindings;
using enum Strength;

template <typename... Uses>
std::uint64_t bytes_in(const M& m, Uses... uses) {
  return ((m.map->count(uses).raw() * heap_page.raw()) + ... + 0);
}

void inuse(const M& m, F& f) {
  equal(f, {"HeapInuse"}, m.now->heap_inuse, bytes_in(m, PageUse::object_span));
}

void stacks(const M& m, F& f) {
  equal(f, {"StackInuse"}, m.now->stack_inuse, bytes_in(m, PageUse::stack_span));
}

void released(const M& m, F& f) {
  equal(f, {"HeapReleased"}, m.now->heap_released,
        bytes_in(m, PageUse::free_scavenged, PageUse::cached_scavenged));
}

void idle(const M& m, F& f) {
  equal(f, {"HeapIdle"}, m.now->heap_idle,
        bytes_in(m, PageUse::free, PageUse::free_scavenged, PageUse::cached,
                 PageUse::cached_scavenged));
}

void mapped_in_steps(const M& m, F& f) {
  const std::uint64_t step = m.setting->figures.growth_step.raw();
  if (step == 0 || !m.setting->starts_empty) return;
  multiple_of(f, {"HeapSys + StackInuse + work buffers"},
              wrapping_add(wrapping_add(m.now->heap_sys, m.now->stack_inuse),
                           bytes_in(m, PageUse::work_buffer_span)),
              step);
}

void work_buffers(const M& m, F& f) {
  at_least(f, {"GCSys"}, m.now->gc_sys, bytes_in(m, PageUse::work_buffer_span));
}

void a_record_a_span(const M& m, F& f) {
  const std::uint64_t record = m.setting->figures.span_record.raw();
  if (record == 0 || !m.setting->starts_empty) return;
  std::uint64_t spans = 0;
  for (const PageRun& run : m.map->runs()) spans += is_span(run.state.use);
  at_least(f, {"MSpanInuse"}, m.now->mspan_inuse, spans * record);
}

constexpr HeapLaw laws[] = {
    {{"inuse-recounts", "HeapInuse is the bytes of object spans.", "1.4 -", exact, "10.1"}, inuse},
    {{"stacks-recount", "StackInuse is the bytes of stack spans.", "1.4 -", exact, "MS-20"},
     stacks},
    {{"released-recounts", "HeapReleased is the scavenged free pages, those in caches included.",
      "1.17 -", exact, "PA-24, AS-12"},
     released},
    {{"idle-recounts", "HeapIdle is the free pages, those in caches included.", "1.17 -", exact,
      "PA-24, AS-12"},
     idle},
    {{"mapped-in-steps",
      "HeapSys + StackInuse + work buffers is a multiple of 4 MiB (up to 1.16: of 64 MiB).",
      "1.11 -", exact, "MS-16"},
     mapped_in_steps},
    {{"work-buffers-in-gc-sys", "GCSys includes the work buffers.", "1.9 -", exact, "MS-9"},
     work_buffers},
    {{"a-record-a-span", "MSpanInuse is at least one record a span.", "1.9 -", exact, "PA-25"},
     a_record_a_span},
};

}  // namespace

std::span<const HeapLaw> laws_of_recounts() { return laws; }

}  // namespace heaplaw::oracle
