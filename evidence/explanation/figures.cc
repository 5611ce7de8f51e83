#include "evidence/explanation/figures.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace heaplaw::evidence {

namespace {

constexpr std::uint64_t kib = 1024;
constexpr std::uint64_t mib = 1024 * kib;

using F = Figures;
using S = MemStats;
constexpr std::array<NamedFigure, 18> named = {{
    {"Sys", &F::sys, &S::sys},
    {"HeapAlloc", &F::heap_alloc, &S::heap_alloc},
    {"HeapSys", &F::heap_sys, &S::heap_sys},
    {"HeapIdle", &F::heap_idle, &S::heap_idle},
    {"HeapInuse", &F::heap_inuse, &S::heap_inuse},
    {"HeapReleased", &F::heap_released, &S::heap_released},
    {"StackInuse", &F::stack_inuse, &S::stack_inuse},
    {"StackSys", &F::stack_sys, &S::stack_sys},
    {"MSpanInuse", &F::mspan_inuse, &S::mspan_inuse},
    {"MSpanSys", &F::mspan_sys, &S::mspan_sys},
    {"MCacheInuse", &F::mcache_inuse, &S::mcache_inuse},
    {"MCacheSys", &F::mcache_sys, &S::mcache_sys},
    {"BuckHashSys", &F::buck_hash_sys, &S::buck_hash_sys},
    {"GCSys", &F::gc_sys, &S::gc_sys},
    {"OtherSys", &F::other_sys, &S::other_sys},
    {"NextGC", &F::next_gc, &S::next_gc},
    {"HeapObjects", &F::heap_objects, &S::heap_objects},
    {"NumGC", &F::num_gc, &S::num_gc},
}};

std::string_view name_of(Figures::Figure Figures::*figure) {
  for (const NamedFigure& one : named) {
    if (one.figure == figure) return one.name;
  }
  return "";
}

std::string number(const Bounds& bounds) {
  return bounds.exact() ? fmt::format("{}", bounds.lower)
                        : fmt::format("{} to {}", bounds.lower, bounds.upper);
}

class Settler {
 public:
  explicit Settler(Figures& figures) : f_(figures) {}

  std::vector<Contradiction> settle() {
    drop_wrapped();
    settle_heap_sys();
    within(&F::heap_released, &F::heap_idle);
    within(&F::heap_alloc, &F::heap_inuse);
    within(&F::marked, &F::heap_alloc);
    within(&F::marked, &F::heap_inuse);
    within(&F::stack_inuse, &F::stack_sys);
    within(&F::mspan_inuse, &F::mspan_sys);
    within(&F::mcache_inuse, &F::mcache_sys);
    settle_sys();
    return std::move(found_);
  }

 private:
  void drop(Figures::Figure Figures::*figure, std::string why) {
    found_.push_back({name_of(figure), std::move(why)});
    (f_.*figure).reset();
  }

  // A part that is certainly more than the whole. Traces say marked at another moment than the
  // rest.
  void within(Figures::Figure Figures::*part, Figures::Figure Figures::*whole) {
    if (!(f_.*part) || !(f_.*whole) || (f_.*part)->lower <= (f_.*whole)->upper) return;
    if (part == &F::marked) {
      f_.marked.reset();
      return;
    }
    drop(part, fmt::format("{} {} is more than {} {}", name_of(part), number(*(f_.*part)),
                           name_of(whole), number(*(f_.*whole))));
  }

  void settle_heap_sys() {
    if (f_.heap_inuse && f_.heap_idle) {
      const Bounds sum = *f_.heap_inuse + *f_.heap_idle;
      // Floors of MiB leave more room than the three figures can use.
      if (f_.heap_sys && !f_.heap_sys->narrowed(sum)) {
        drop(&F::heap_sys, fmt::format("HeapSys {} is not HeapInuse + HeapIdle, {}",
                                       number(*f_.heap_sys), number(sum)));
      }
      if (!f_.heap_sys) f_.heap_sys = sum;
    } else if (f_.heap_sys && (f_.heap_inuse || f_.heap_idle)) {
      Figures::Figure& known = f_.heap_inuse ? f_.heap_inuse : f_.heap_idle;
      Figures::Figure& other = f_.heap_inuse ? f_.heap_idle : f_.heap_inuse;
      if (known->lower > f_.heap_sys->upper) {
        drop(&F::heap_sys, fmt::format("HeapSys {} is less than its part, {}", number(*f_.heap_sys),
                                       number(*known)));
      } else {
        other = *f_.heap_sys - *known;
      }
    }
  }

  // A figure that wrapped below 0 lies near 2^64, and no memory is so large.
  void drop_wrapped() {
    for (const NamedFigure& one : named) {
      const bool counts =
          one.figure == &F::next_gc || one.figure == &F::heap_objects || one.figure == &F::num_gc;
      const Figures::Figure& figure = f_.*one.figure;
      if (counts || !figure || figure->lower < std::uint64_t{1} << 60U) continue;
      drop(one.figure, fmt::format("{} {} has wrapped", one.name, number(*figure)));
    }
  }

  // The least that one of them says, the first that is told.
  [[nodiscard]] std::uint64_t least_of(Figures::Figure Figures::*figure,
                                       Figures::Figure Figures::*otherwise) const {
    if (f_.*figure) return (f_.*figure)->lower;
    return f_.*otherwise ? (f_.*otherwise)->lower : 0;
  }

  void settle_sys() {
    const std::uint64_t heap =
        least_of(&F::heap_inuse, &F::heap_alloc) + least_of(&F::heap_idle, &F::heap_released);
    std::uint64_t sum = std::max(heap, least_of(&F::heap_sys, &F::heap_sys)) +
                        least_of(&F::stack_sys, &F::stack_inuse) +
                        least_of(&F::mspan_sys, &F::mspan_inuse) +
                        least_of(&F::mcache_sys, &F::mcache_inuse);
    for (const auto part : {&F::buck_hash_sys, &F::gc_sys, &F::other_sys}) {
      sum += least_of(part, part);
    }
    if (f_.sys && f_.sys->upper < sum) {
      drop(&F::sys,
           fmt::format("Sys {} is less than the sum of its parts, {}", number(*f_.sys), sum));
    }
  }

  Figures& f_;
  std::vector<Contradiction> found_;
};

}  // namespace

std::span<const NamedFigure> named_figures() { return named; }

Figures figures_of(const Snapshot& snapshot, const ReleaseSpan& releases) {
  Figures figures;
  for (const NamedFigure& one : named) {
    if (snapshot.has.contains(one.member)) {
      figures.*one.figure = Bounds::exactly(snapshot.stats.*one.member);
    }
  }
  if (!figures.heap_alloc && snapshot.has.contains(&MemStats::alloc)) {
    figures.heap_alloc = Bounds::exactly(snapshot.stats.alloc);
  }
  if (!figures.heap_objects && snapshot.has.covers({&MemStats::mallocs, &MemStats::frees}) &&
      snapshot.stats.mallocs >= snapshot.stats.frees) {
    figures.heap_objects = Bounds::exactly(snapshot.stats.mallocs - snapshot.stats.frees);
  }
  if (snapshot.has.covers(FieldSet::by_size())) {
    figures.by_size.assign(snapshot.stats.by_size.begin(), snapshot.stats.by_size.end());
  }
  figures.releases = releases;
  figures.stopped_world = snapshot.stopped_world;
  return figures;
}

void take(Figures& figures, const GcLine& line, const ReleaseSpan& releases) {
  figures = {.releases = releases};
  figures.heap_alloc = Bounds::floored(line.heap_end, mib);
  figures.marked = Bounds::floored(line.heap_marked, mib);
  figures.next_gc = Bounds::floored(line.goal, mib);
  figures.num_gc = Bounds::exactly(line.number);
}

// Up to 1.2 what is left after the collection; later what the heap held when it began.
void take(Figures& figures, const OldGcLine& line, const ReleaseSpan& releases) {
  figures = {.releases = releases};
  figures.heap_alloc = Bounds::floored(line.heap_after, mib);
  const bool after = line.form == OldGcLine::Form::go1_0 || line.form == OldGcLine::Form::go1_1;
  if (after) figures.marked = figures.heap_alloc;
  figures.num_gc = Bounds::exactly(line.number);
}

void take(Figures& figures, const ScvgLine& line, const ReleaseSpan& releases) {
  if (line.what != ScvgLine::What::heap) return;
  figures = {.num_gc = figures.num_gc,
             .marked = figures.marked,
             .releases = figures.releases.intersected(releases)};
  figures.heap_inuse = Bounds::floored(line.inuse, mib);
  figures.heap_idle = Bounds::floored(line.idle, mib);
  figures.heap_sys = Bounds::floored(line.sys, mib);
  figures.heap_released = Bounds::floored(line.released, mib);
}

void take(Figures& figures, const ScavLine& line, const ReleaseSpan& releases) {
  figures.releases = figures.releases.intersected(releases);
  figures.heap_released = Bounds::floored(line.released, kib);
}

std::vector<Contradiction> settle(Figures& figures) { return Settler(figures).settle(); }

}  // namespace heaplaw::evidence
