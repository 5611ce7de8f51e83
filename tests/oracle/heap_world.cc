#include "heap_world.h"

#include <algorithm>

namespace heaplaw::oracle {

namespace {

constexpr PageState class_9{PageUse::object_span, 9, ObjectKind::noscan};
constexpr PageState tiny_class{PageUse::object_span, 2, ObjectKind::noscan};
constexpr PageState large{PageUse::object_span, 0, ObjectKind::noscan};

PageRun run(std::uint64_t page, std::uint64_t pages, PageState state) {
  return {world_page(page), Pages{pages}, state};
}

std::vector<PageRun> healthy_runs() {
  return {run(0, 1, class_9),
          run(1, 4, {PageUse::stack_span}),
          run(5, 5, large),
          run(10, 1, tiny_class),
          run(11, 2, {PageUse::cached}),
          run(13, 51, {PageUse::cached_scavenged}),
          run(64, 448, {PageUse::free_scavenged})};
}

PageMap drawn(const std::vector<PageRun>& runs) {
  PageMap map;
  for (const PageRun& r : runs) map.append(r.start, r.length, r.state);
  return map;
}

std::uint64_t bytes_of_use(const PageMap& map, std::initializer_list<PageUse> uses) {
  std::uint64_t pages = 0;
  for (const PageUse use : uses) pages += map.count(use).raw();
  return pages * heap_page.raw();
}

void sum_up(MemStats& s) {
  s.alloc = s.heap_alloc;
  s.heap_objects = s.mallocs - s.frees;
  s.heap_sys = s.heap_inuse + s.heap_idle;
  s.stack_sys = s.stack_inuse;
  s.sys = s.heap_sys + s.stack_sys + s.mspan_sys + s.mcache_sys + s.buck_hash_sys + s.gc_sys +
          s.other_sys;
}

MemStats healthy_stats(const PageMap& map, const HeapSetting& setting) {
  MemStats s;
  for (std::size_t c = 0; c < by_size_count; ++c) {
    s.by_size[c].size = setting.figures.classes[c].size.raw();
  }
  s.by_size[9].mallocs = s.by_size[2].mallocs = 1;
  s.mallocs = 3;
  s.total_alloc = s.heap_alloc = 112 + 16 + 40960;
  s.heap_inuse = bytes_of_use(map, {PageUse::object_span});
  s.stack_inuse = bytes_of_use(map, {PageUse::stack_span});
  s.heap_released = bytes_of_use(map, {PageUse::free_scavenged, PageUse::cached_scavenged});
  s.heap_idle = s.heap_released + bytes_of_use(map, {PageUse::free, PageUse::cached});
  const std::uint64_t span_record = setting.figures.span_record.raw();
  const std::uint64_t cache_record = setting.figures.cache_record.raw();
  s.mspan_inuse = 64 * span_record;
  s.mspan_sys = 16384 / span_record * span_record;
  s.mcache_inuse = cache_record;
  s.mcache_sys = 16384 / cache_record * cache_record;
  s.gc_sys = 1 << 20;
  s.next_gc = 4 << 20;
  sum_up(s);
  return s;
}

// What the operation did to the figures: the state before it is derived from the state after.
void rewind(World& w, const Operation& operation) {
  MemStats& before = w.before;
  switch (operation.kind) {
    case OperationKind::alloc:
      w.runs_before[2].state = {PageUse::free_scavenged};
      --before.mallocs;
      before.total_alloc = before.heap_alloc -= 40960;
      before.heap_inuse -= 40960;
      before.heap_idle += 40960;
      before.heap_released += 40960;
      sum_up(before);
      return;
    case OperationKind::gc:
    case OperationKind::free_os_memory:
      w.now.num_gc = w.now.num_forced_gc = operation.kind == OperationKind::gc ? 1 : 2;
      return;
    case OperationKind::advance:
      before.num_gc = 1;
      w.now.num_gc = 1 + operation.value / periodic_collection_ns;
      return;
    default:
      return;
  }
}

}  // namespace

World World::after(const Operation& operation, const Release& release) {
  World w;
  w.setting = HeapSetting::of(release, 1);
  w.runs = w.runs_before = healthy_runs();
  w.draw();
  w.now = w.before = healthy_stats(w.map, w.setting);
  w.ledger.follow(Operation::alloc(1, 100_B, ObjectKind::noscan), Observation::of(world_page(0)));
  w.ledger.follow(Operation::alloc(3, 4_B, ObjectKind::noscan), Observation::of(world_page(10)));
  const Operation takes_large = Operation::alloc(2, 40000_B, ObjectKind::noscan);
  if (operation.kind != OperationKind::alloc) {
    w.ledger.follow(takes_large, Observation::of(world_page(5)));
    w.ledger.follow(operation, {});
  } else {
    w.ledger.follow(operation, Observation::of(world_page(5)));
  }
  rewind(w, operation);
  w.draw();
  return w;
}

PageRun& World::run_at(std::uint64_t page) {
  return *std::ranges::find(runs, world_page(page), &PageRun::start);
}

void World::use(std::uint64_t page, std::uint64_t pages, PageState state) {
  std::vector<PageRun> result;
  const auto keep = [&](Address start, Address end, PageState old) {
    if (start < end) result.push_back({start, Pages{(end - start) / heap_page}, old});
  };
  const Address start = world_page(page);
  const Address end = world_page(page + pages);
  for (const PageRun& r : runs) {
    const Address r_end = r.start + bytes_of(r.length, heap_page);
    keep(r.start, std::min(start, r_end), r.state);
    keep(std::max(end, r.start), r_end, r.state);
  }
  result.push_back(run(page, pages, state));
  std::ranges::sort(result, {}, &PageRun::start);
  runs = std::move(result);
}

void World::draw() {
  map = drawn(runs);
  map_before = drawn(runs_before);
}

HeapFindings World::findings() const {
  const std::vector<LiveObject> objects = ledger.objects.by_address();
  HeapLawBook book(setting.release);
  HeapFindings found;
  book.judge({.setting = &setting,
              .ledger = &ledger,
              .now = &now,
              .before = &before,
              .one_step = true,
              .map = &map,
              .map_before = &map_before,
              .objects = &objects,
              .white_box = white_box},
             found);
  return found;
}

}  // namespace heaplaw::oracle
