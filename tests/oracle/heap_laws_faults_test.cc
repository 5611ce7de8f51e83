// Faults planted in a healthy heap: each law finds its own.
#include <algorithm>
#include <set>
#include <string_view>

#include <gtest/gtest.h>

#include "heap_world.h"

namespace heaplaw::oracle {
namespace {

using Op = Operation;

struct Plant {
  std::string_view law;
  Operation operation;  // the moment is right after it
  void (*break_it)(World&);
  Release release{19, 8};
};

const Release green_tea{26, 4};

const Op read = Op::read_memstats();
const Op collect = Op::gc();
const Op release_all = Op::free_os_memory();
const Op allocate = Op::alloc(2, 40000_B, ObjectKind::noscan);
const Op drop = Op::drop(9);
constexpr PageState noscan_9{PageUse::object_span, 9, ObjectKind::noscan};
constexpr PageState scan_9{PageUse::object_span, 9, ObjectKind::scan};
constexpr PageState backed{PageUse::free};
constexpr PageState work_buffer{PageUse::work_buffer_span};
constexpr std::uint64_t two_minutes = periodic_collection_ns;

// The operation before the last, where a law asks for it.
void preceded_by(World& w, const Operation& operation) { w.ledger.previous = operation; }

// An object that the history says is there, whatever the heap says.
void with_object(World& w, std::uint64_t size, Address address) {
  w.ledger.objects.insert({.handle = 77, .address = address, .size = size & 0xffffffff});
}
void with_pointers(World& w, std::uint64_t size, Address address) {
  w.ledger.objects.insert(
      {.handle = 78, .address = address, .size = size & 0xffffffff, .scan = true});
}

// A range of mapped pages that stands alone.
PageRun lone_range(std::uint64_t address) { return {Address{address}, Pages{512}, backed}; }

const Plant plants[] = {
    {"sys-is-sum", read, [](World& w) { w.now.other_sys += 1; }},
    {"heap-sys-is-sum", read, [](World& w) { w.now.heap_idle -= 8192; }},
    {"released-within-idle", read, [](World& w) { w.now.heap_released = w.now.heap_idle + 8192; }},
    {"alloc-within-inuse", read, [](World& w) { w.now.heap_alloc = w.now.heap_inuse + 8; }},
    {"alloc-is-heap-alloc", read, [](World& w) { w.now.alloc += 16; }},
    {"objects-are-difference", read, [](World& w) { w.now.heap_objects += 1; }},
    {"frees-within-mallocs", read, [](World& w) { w.now.frees = w.now.mallocs + 1; }},
    {"alloc-within-total", read, [](World& w) { w.now.total_alloc = w.now.heap_alloc - 8; }},
    {"whole-pages", read, [](World& w) { w.now.stack_inuse += 4096; }},
    {"stacks-within-sys", read, [](World& w) { w.now.stack_sys -= 8192; }},
    {"span-records-within-sys", read, [](World& w) { w.now.mspan_inuse = 114 * 144; }},
    {"cache-records-within-sys", read, [](World& w) { w.now.mcache_inuse = 14 * 1200; }},
    {"whole-span-records", read, [](World& w) { w.now.mspan_inuse += 136; }},
    {"whole-cache-records", read, [](World& w) { w.now.mcache_inuse += 8; }},
    {"records-by-chunk", read, [](World& w) { w.now.mspan_sys = 16384; }},
    {"nothing-wrapped", read, [](World& w) { w.now.heap_released = ~std::uint64_t{8191}; }},
    {"objects-take-room", read, [](World& w) { w.now.heap_alloc = 16; }},
    {"nothing-freed-before-a-collection", read, [](World& w) { w.now.total_alloc += 112; }},
    {"forced-within-collections", read, [](World& w) { w.now.num_forced_gc = 1; }},

    {"by-size-sizes-are-classes", read, [](World& w) { w.now.by_size[60].size = 19072; }},
    {"by-size-class-zero-is-empty", read, [](World& w) { w.now.by_size[0].mallocs = 1; }},
    {"by-size-frees-within-mallocs", read, [](World& w) { w.now.by_size[9].frees = 2; }},
    {"by-size-mallocs-within-all", read, [](World& w) { w.now.by_size[9].mallocs = 9; }},
    {"by-size-frees-within-all", read, [](World& w) { w.now.by_size[9].frees = 1; }},
    {"by-size-bytes-within-total", read, [](World& w) { w.now.by_size[60].mallocs = 3; }},
    {"by-size-freed-within-difference", read, [](World& w) { w.now.by_size[9].frees = 1; }},
    {"by-size-live-within-alloc", read, [](World& w) { w.now.by_size[60].mallocs = 3; }},
    {"by-size-rest-is-larger", read, [](World& w) { w.now.heap_alloc -= 30000; }},

    {"every-request-counts", read, [](World& w) { w.now.mallocs += 1; }},
    {"the-living-are-counted", read, [](World& w) { w.now.heap_objects = 2; }},
    {"the-living-take-room", read, [](World& w) { w.now.heap_alloc = 40000; }},
    {"only-the-living-survive", collect, [](World& w) { w.now.heap_objects = 5; }},
    {"the-history-leaves-traces", read, [](World& w) { w.now.gc_sys = 0; }},
    {"one-cache-a-proc", read, [](World& w) { w.now.mcache_inuse = 2400; }},

    {"goal-not-below-minimum", read, [](World& w) { w.now.next_gc = (4 << 20) - 1; }},
    {"goal-without-percent-is-the-limits", read, [](World& w) { w.ledger.gc_percent = value_off; }},
    {"no-goal-without-percent", read, [](World& w) { w.ledger.gc_percent = value_off; },
     Release{18}},
    {"goal-covers-the-marked", read, [](World& w) { w.white_box.heap_marked = 5_MiB; }},
    {"sweeping-is-bounded", allocate, [](World& w) { w.white_box.spans_swept = 5000; }},

    {"mallocs-never-falls", read, [](World& w) { w.before.mallocs = 4; }},
    {"frees-never-falls", read, [](World& w) { w.before.frees = 1; }},
    {"total-alloc-never-falls", read, [](World& w) { w.before.total_alloc += 8; }},
    {"num-gc-never-falls", read, [](World& w) { w.before.num_gc = 1; }},
    {"num-forced-gc-never-falls", read, [](World& w) { w.before.num_forced_gc = 1; }},
    {"pause-total-never-falls", read, [](World& w) { w.before.pause_total_ns = 1; }},
    {"last-gc-never-falls", read, [](World& w) { w.before.last_gc = 1; }},
    {"lookups-never-falls", read, [](World& w) { w.before.lookups = 1; }},
    {"mspan-sys-never-falls", read, [](World& w) { w.before.mspan_sys += 16272; }},
    {"mcache-sys-never-falls", read, [](World& w) { w.before.mcache_sys += 15600; }},
    {"buck-hash-sys-never-falls", read, [](World& w) { w.before.buck_hash_sys = 1; }},
    {"sys-never-falls", read, [](World& w) { w.before.sys += 1; }},
    {"by-size-mallocs-never-fall", read, [](World& w) { w.before.by_size[9].mallocs = 2; }},
    {"by-size-frees-never-fall", read, [](World& w) { w.before.by_size[9].frees = 1; }},

    {"drops-change-nothing", drop, [](World& w) { w.before.heap_alloc += 112; }},
    {"procs-change-nothing", Op::proc(0), [](World& w) { w.before.heap_idle += 8192; }},
    {"settings-move-nothing", Op::gc_percent(50), [](World& w) { w.before.heap_released = 0; }},
    {"the-kernel-moves-nothing", Op::os_pressure(1_MiB), [](World& w) { w.before.next_gc = 0; }},
    {"failure-changes-nothing", allocate,
     [](World& w) { w.ledger.answer = Answer::out_of_memory; }},
    {"second-read-changes-nothing", read,
     [](World& w) {
       preceded_by(w, read);
       w.before.heap_inuse += 8192;
     }},
    {"reads-keep-objects", read, [](World& w) { w.before.heap_released -= 8192; }},
    {"stacks-are-no-objects", Op::stack_free(1), [](World& w) { w.before.frees += 1; }},
    {"only-demand-grows", drop, [](World& w) { w.before.heap_sys -= 8192; }},
    {"growth-is-released", allocate,
     [](World& w) { w.now.heap_released = w.before.heap_released + 8192; }},

    {"requests-collect", collect, [](World& w) { w.now.num_gc = 0; }},
    {"requests-collect", release_all, [](World& w) { w.now.num_forced_gc = 1; }},
    {"only-requests-are-forced", allocate, [](World& w) { w.now.num_forced_gc = 1; }},
    {"off-is-off", allocate,
     [](World& w) {
       w.ledger.gc_percent = value_off;
       w.now.num_gc = 1;
     }},
    {"collections-allocate-nothing", collect,
     [](World& w) {
       preceded_by(w, read);
       w.before.mallocs -= 1;
     }},
    {"second-collection-frees-nothing", collect,
     [](World& w) {
       preceded_by(w, collect);
       w.now.frees = 2;
     }},
    {"time-brings-collections", Op::advance(two_minutes + 1), [](World& w) { w.now.num_gc = 1; }},
    {"time-brings-no-more", Op::advance(1000), [](World& w) { w.now.num_gc = 3; }},
    {"frees-need-a-collection", drop, [](World& w) { w.before.heap_alloc += 112; }},
    {"release-is-complete", release_all, [](World& w) { w.now.heap_released -= 64 * 8192; }},

    {"inuse-recounts", read, [](World& w) { w.use(14, 1, noscan_9); }},
    {"stacks-recount", read, [](World& w) { w.use(14, 4, {PageUse::stack_span}); }},
    {"released-recounts", read, [](World& w) { w.use(64, 1, backed); }},
    {"idle-recounts", read, [](World& w) { w.runs.pop_back(); }},
    {"mapped-in-steps", read, [](World& w) { w.now.heap_sys += 8192; }},
    {"work-buffers-in-gc-sys", read,
     [](World& w) {
       w.use(64, 4, work_buffer);
       w.now.gc_sys = 32767;
     }},
    {"a-record-a-span", read, [](World& w) { w.now.mspan_inuse = 3 * 144; }},

    {"objects-in-spans", read, [](World& w) { with_object(w, 8192, world_page(20)); }},
    {"objects-in-spans", read, [](World& w) { with_object(w, 200, world_page(1) - 100_B); }},
    {"objects-apart", read, [](World& w) { with_object(w, 100, world_page(0) + 64_B); }},
    {"objects-in-spans-of-their-kind", read, [](World& w) { w.run_at(0).state = scan_9; }},
    {"objects-in-spans-of-their-class", read, [](World& w) { w.run_at(0).state.size_class = 10; }},
    {"objects-on-slots", read, [](World& w) { with_object(w, 100, world_page(0) + 128_B); }},
    {"objects-in-spans-of-their-class", read,
     [](World& w) { w.run_at(0).state.size_class = 10; }, green_tea},
    // 584 bytes with pointers and their header fill a slot of class 28, of 640 bytes; those of 520
    // would have found room in class 27.
    {"objects-in-spans-of-their-class", read,
     [](World& w) {
       w.use(14, 1, {PageUse::object_span, 28, ObjectKind::scan});
       with_pointers(w, 520, world_page(14) + 8_B);
     },
     green_tea},
    {"objects-on-slots", read,
     [](World& w) {
       w.use(14, 1, {PageUse::object_span, 28, ObjectKind::scan});
       with_pointers(w, 600, world_page(14));
     },
     green_tea},
    {"objects-below-metadata", read,
     [](World& w) {
       w.use(14, 1, noscan_9);
       with_object(w, 112, world_page(14) + 72_B * 112);  // of 73 slots, were there no marks
     },
     green_tea},
    {"large-objects-fit", read,
     [](World& w) {
       w.use(9, 1, backed);
       w.use(5, 4, {PageUse::object_span});
     }},
    {"spans-have-their-class-pages", read, [](World& w) { w.use(14, 2, noscan_9); }},
    {"no-empty-spans", collect, [](World& w) { w.use(14, 1, noscan_9); }},

    {"releases-miss-little", release_all, [](World& w) { w.use(70, 1, backed); }, green_tea},
    {"idle-caches-are-flushed", collect, [](World& w) { w.use(64, 1, {PageUse::cached}); },
     green_tea},
    {"heap-lies-at-hints", read, [](World& w) { w.runs.erase(w.runs.begin()); }},
    {"heap-lies-at-hints", read, [](World& w) { w.runs = {lone_range(0x1c000000000)}; }},
    {"heap-lies-at-hints", read, [](World& w) { w.runs.push_back(lone_range(0x1c000000000)); }},
    {"heap-lies-at-hints", read,
     [](World& w) {
       w.ledger.reserve_faults = 1;
       w.runs.push_back(lone_range(0x1c000000000 + (4 << 20)));
     }},
    {"heap-begins-at-a-chunk", read, [](World& w) { w.runs.erase(w.runs.begin()); }, green_tea},
    {"nothing-left-to-release", release_all, [](World& w) { w.use(70, 1, backed); }},
    {"slack-is-cached", release_all, [](World& w) { w.use(12, 1, {PageUse::cached_scavenged}); }},
    {"caches-are-blocks", read, [](World& w) { w.use(64, 1, {PageUse::cached}); }},
    {"no-work-buffers-after-a-request", collect, [](World& w) { w.use(64, 4, work_buffer); }},
    {"work-buffers-are-whole", read, [](World& w) { w.use(64, 3, work_buffer); }},
    {"stack-spans-are-powers", read, [](World& w) { w.use(64, 6, {PageUse::stack_span}); }},
    {"search-start-is-legal", read,
     [](World& w) { w.white_box.search = SearchStart{.address = world_page(65)}; }},
    {"search-start-is-legal", read,
     [](World& w) { w.white_box.search = SearchStart{.exhausted = true}; }},
    // Go issue 38605: one past the last block, which here is wholly in use.
    {"search-start-is-legal", read,
     [](World& w) {
       w.use(64, 448, {PageUse::object_span});
       w.white_box.search = SearchStart{.address = world_page(512)};
     }},

    {"first-fit", allocate, [](World& w) { w.use(100, 5, {PageUse::object_span}); }},
    {"caches-give-the-lowest", allocate, [](World& w) { w.use(30, 5, {PageUse::object_span}); }},
    {"long-spans-skip-caches", allocate, [](World& w) { w.use(30, 16, {PageUse::object_span}); }},
    {"spans-come-from-free-pages", allocate,
     [](World& w) {
       w.runs_before[2].state = {PageUse::object_span, 1};
     }},
    {"mapped-pages-stay", drop, [](World& w) { w.runs.pop_back(); }},
    {"quiet-operations-keep-the-map", drop, [](World& w) { w.use(70, 1, backed); }},
    {"the-limit-scavenges", allocate,
     [](World& w) {
       w.ledger.memory_limit = 1 << 20;
       w.now.sys += 2 << 20;
       w.use(70, 1, backed);
     }},
};

TEST(HeapLawsFaults, EveryLawFindsItsOwn) {
  for (const Plant& plant : plants) {
    World world = World::after(plant.operation, plant.release);
    ASSERT_EQ(world.findings().total(), 0u) << plant.law;
    plant.break_it(world);
    world.draw();
    const HeapFindings findings = world.findings();
    EXPECT_TRUE(std::ranges::any_of(
        findings.kept(), [&](const auto& finding) { return finding.law->id == plant.law; }))
        << plant.law << " found nothing";
  }
}

TEST(HeapLawsFaults, EveryLawHasAPlant) {
  std::set<std::string_view> planted;
  for (const Plant& plant : plants) planted.insert(plant.law);
  for (const HeapLaw* const law : heap_laws()) {
    EXPECT_EQ(planted.erase(law->text.id), 1u) << law->text.id << " was never seen to fail";
  }
  for (const std::string_view id : planted) ADD_FAILURE() << "no law is called " << id;
}

}  // namespace
}  // namespace heaplaw::oracle
