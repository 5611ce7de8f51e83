// Lines of GODEBUG=gctrace and scavtrace, as data: one struct for each generation of the form.
// Heap sizes are in MiB, rounded down, as printed.
#pragma once

#include <array>
#include <cstdint>

namespace heaplaw {

// "gc 7 @0.120s 26%: 1.8+0.39+0.001 ms clock, ...": Go 1.5 on (formats, 3).
struct GcLine {
  // Which of its parts the line has; each release prints one of these.
  enum class Form : std::uint8_t {
    hash,          // 1.5 betas: gc #1, five phases
    five_phases,   // 1.5
    three_phases,  // 1.6 to 1.17
    with_roots,    // 1.18 on: stacks and globals
    leak_check,    // 1.26 on: as before, in cycles that look for leaked goroutines
  };
  Form form = Form::three_phases;
  bool forced = false;
  std::uint64_t number = 0;
  std::uint64_t at_ms = 0;   // since the program began
  std::int64_t percent = 0;  // of CPU time since then; can be below 0
  // In microseconds. Clock and CPU time of the phases; of the concurrent mark the CPU time comes in
  // three: assist, background, idle. A phase that the form does not have is 0.
  std::uint64_t clock_sweep_term = 0;
  std::uint64_t clock_scan = 0;     // 1.5
  std::uint64_t clock_install = 0;  // 1.5: of the write barrier
  std::uint64_t clock_mark = 0;
  std::uint64_t clock_mark_term = 0;
  std::uint64_t cpu_sweep_term = 0;
  std::uint64_t cpu_scan = 0;
  std::uint64_t cpu_install = 0;
  std::uint64_t cpu_assist = 0;
  std::uint64_t cpu_background = 0;
  std::uint64_t cpu_idle = 0;
  std::uint64_t cpu_mark_term = 0;
  std::uint64_t heap_start = 0;   // live at start
  std::uint64_t heap_end = 0;     // at the end
  std::uint64_t heap_marked = 0;  // and what of it was reachable
  std::uint64_t goal = 0;
  std::uint64_t stacks = 0;
  std::uint64_t globals = 0;
  std::uint64_t procs = 0;

  bool operator==(const GcLine&) const = default;
};

// "gc9(1): 6+0+0 ms, 121 -> 114 MB 203392 -> 203357 (203424-67) objects, ...": the C runtime, up to
// Go 1.4 (formats, 2).
struct OldGcLine {
  enum class Form : std::uint8_t { go1_0, go1_1, go1_3, go1_4 };  // 1.2 prints as 1.1 does
  Form form = Form::go1_1;
  std::uint64_t number = 0;
  std::uint64_t procs = 0;               // threads that took part
  std::array<std::uint64_t, 4> times{};  // ms up to 1.2, then us; three of them up to 1.2
  std::uint64_t heap_before = 0;
  std::uint64_t heap_after = 0;
  std::uint64_t objects_before = 0;  // up to 1.2
  std::uint64_t objects = 0;         // after it
  std::uint64_t mallocs = 0;
  std::uint64_t frees = 0;
  std::uint64_t goroutines = 0;           // 1.4
  std::array<std::uint64_t, 3> sweeps{};  // spans, swept in the background, in the pause: 1.3 on
  std::uint64_t handoff = 0;
  std::uint64_t handoff_count = 0;  // this and the rest: 1.1 on
  std::uint64_t steal = 0;
  std::uint64_t steal_count = 0;
  std::array<std::uint64_t, 3> yields{};

  bool operator==(const OldGcLine&) const = default;
};

// "scvg0: inuse: 22, idle: 40, ..." and what else scvg prints, up to Go 1.13 (formats, 4).
struct ScvgLine {
  enum class Source : std::uint8_t { numbered, background, forced };  // scvg7: scvg: forced scvg:
  enum class What : std::uint8_t { gc_forced, released_hex, released, heap };
  Source source = Source::numbered;
  What what = What::heap;
  std::int64_t number = 0;  // -1 for debug.FreeOSMemory
  std::uint64_t released_now = 0;
  std::uint64_t inuse = 0;
  std::uint64_t idle = 0;
  std::uint64_t sys = 0;
  std::uint64_t released = 0;
  std::uint64_t consumed = 0;

  bool operator==(const ScvgLine&) const = default;
};

// "scav 23336 KiB work, 20200 KiB total, 52% util": Go 1.14 on (formats, 4). In KiB.
struct ScavLine {
  enum class Form : std::uint8_t {
    total,       // 1.14, 1.19 and 1.20
    generation,  // 1.15 to 1.18: with its number
    eager,       // 1.21 on: background and eager work apart
  };
  enum class Mark : std::uint8_t { none, forced, controller_reset };
  Form form = Form::total;
  Mark mark = Mark::none;
  std::uint64_t generation = 0;
  std::uint64_t work = 0;  // in 1.21 on that of the background alone
  std::uint64_t eager = 0;
  std::uint64_t released = 0;  // at that moment, though up to 1.20 it is called a total
  std::uint64_t utilization = 0;

  bool operator==(const ScavLine&) const = default;
};

}  // namespace heaplaw
