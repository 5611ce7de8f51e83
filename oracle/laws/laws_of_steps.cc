#include <algorithm>
#include <initializer_list>

#include "oracle/laws/heap_chapters.h"

namespace heaplaw::oracle {

namespace {

using M = HeapMoment;
using F = HeapFindings;
using enum Strength;
using enum OperationKind;

bool was(const M& m, std::initializer_list<OperationKind> kinds) {
  return std::find(kinds.begin(), kinds.end(), m.ledger->last->kind) != kinds.end();
}

void nothing_changes(const M& m, F& f, const MemStatsField* except = nullptr) {
  f.compared();
  MemStats before = *m.before;
  if (except) before.*except->member = m.now->*except->member;
  if (before == *m.now) return;
  for (const MemStatsDifference& d : differences(before, *m.now)) {
    const MemStatsField* const field = mem_stats_field_named(d.field);
    f.add({field ? field->name : "BySize"}, std::to_string(d.actual),
          fmt::format("{}, as before", d.expected));
  }
}

void drops_change_nothing(const M& m, F& f) {
  if (was(m, {drop})) nothing_changes(m, f);
}

void procs_change_nothing(const M& m, F& f) {
  if (was(m, {proc})) nothing_changes(m, f);
}

void settings_move_nothing(const M& m, F& f) {
  if (was(m, {gc_percent, memory_limit})) {
    nothing_changes(m, f, mem_stats_field_named("NextGC"));
  }
}

void the_kernel_moves_nothing(const M& m, F& f) {
  if (was(m, {os_fault, os_pressure})) nothing_changes(m, f);
}

void failure_changes_nothing(const M& m, F& f) {
  if (m.ledger->failed()) nothing_changes(m, f);
}

void second_read_changes_nothing(const M& m, F& f) {
  if (was(m, {read_memstats}) && m.ledger->previous_was(read_memstats)) nothing_changes(m, f);
}

void reads_keep_objects(const M& m, F& f) {
  if (!was(m, {read_memstats})) return;
  equal(f, {"HeapInuse"}, m.now->heap_inuse, m.before->heap_inuse);
  equal(f, {"HeapReleased"}, m.now->heap_released, m.before->heap_released);
  equal(f, {"NumGC"}, m.now->num_gc, m.before->num_gc);
}

void stacks_are_no_objects(const M& m, F& f) {
  if (!was(m, {stack_grow, stack_free}) || m.now->num_gc != m.before->num_gc) return;
  for (const auto name : {"HeapAlloc", "TotalAlloc", "Mallocs", "Frees", "HeapInuse"}) {
    const auto member = mem_stats_field_named(name)->member;
    equal(f, {name}, m.now->*member, m.before->*member);
  }
}

// HeapSys alone may fall where a stack takes pages, so mapped memory is seen in both together.
std::uint64_t mapped(const MemStats& stats) {
  return wrapping_add(stats.heap_sys, stats.stack_inuse);
}

void only_demand_grows(const M& m, F& f) {
  if (!was(m, {alloc, stack_grow, gc, free_os_memory, advance})) {
    at_most(f, {"HeapSys + StackInuse"}, mapped(*m.now), mapped(*m.before));
  }
}

void growth_is_released(const M& m, F& f) {
  if (!was(m, {alloc, stack_grow}) || m.ledger->has_limit() || m.ledger->failed()) return;
  const std::uint64_t after = mapped(*m.now);
  const std::uint64_t before = mapped(*m.before);
  const std::uint64_t growth = after > before ? after - before : 0;
  // A triggered collection takes a work buffer out of HeapSys, which would hide growth.
  if (m.now->num_gc != m.before->num_gc) return;
  at_most(f, {"HeapReleased"}, m.now->heap_released,
          wrapping_add(m.before->heap_released, wrapping_multiply(2, growth)));
}

constexpr HeapLaw laws[] = {
    {{"drops-change-nothing", "A drop changes no figure: garbage counts until it is swept.",
      "1.4 -", exact, "SW-1"},
     drops_change_nothing},
    {{"procs-change-nothing", "Going to another P changes no figure.", "1.4 -", exact, "SIM-3"},
     procs_change_nothing},
    {{"settings-move-nothing", "A new GOGC or memory limit changes NextGC and no other figure.",
      "1.9 -", exact, "SIM-9, GC-6, GC-15"},
     settings_move_nothing},
    {{"the-kernel-moves-nothing",
      "What the kernel takes or will refuse changes no figure by itself.", "1.4 -", exact,
      "SIM-11, OS-4"},
     the_kernel_moves_nothing},
    {{"failure-changes-nothing", "A request that fails leaves every figure as it was.", "1.4 -",
      exact, "SIM-12"},
     failure_changes_nothing},
    {{"second-read-changes-nothing", "A second ReadMemStats in a row says the same.", "1.4 -",
      exact, "SP-18"},
     second_read_changes_nothing},
    {{"reads-keep-objects", "ReadMemStats changes neither HeapInuse nor HeapReleased nor NumGC.",
      "1.15 -", exact, "SP-18"},
     reads_keep_objects},
    {{"stacks-are-no-objects", "A stack changes no figure of objects.", "1.4 -", exact, "ST-2"},
     stacks_are_no_objects},
    {{"only-demand-grows", "Only an operation that takes memory grows HeapSys + StackInuse.",
      "1.17 -", exact, "MS-16"},
     only_demand_grows},
    {{"growth-is-released",
      "Without a memory limit an allocation raises HeapReleased by growth and what growth "
      "scavenges.",
      "1.17 -", exact, "AS-12, SC-24"},
     growth_is_released},
};

}  // namespace

std::span<const HeapLaw> laws_of_steps() { return laws; }

}  // namespace heaplaw::oracle
