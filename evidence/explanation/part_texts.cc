#include <array>

#include "evidence/explanation/ledger.h"

namespace heaplaw::evidence {

namespace {

using P = Part;
using R = Remedy;

const std::vector<PartText>& texts() {
  // clang-format off
  static const std::vector<PartText> all = {
      {P::virt, "virt", "address space (VIRT)", "as given", "ps, top", 0, false, {}},
      {P::beyond_go, "beyond-go", "not Go's: reserved, code, libraries, maps", "VIRT - Sys", "AS-2, AS-6, AS-7", 1, false, {R::nothing}},
      {P::rss, "rss", "resident memory (RSS)", "as given", "ps, top, smaps", 0, false, {}},
      {P::resident, "resident", "Go's", "at most what Go holds", "OS-4", 1, false, {}},
      {P::absent, "absent", "held by Go, but not resident", "held - RSS: never touched, or swapped out", "OS-4", 1, true, {R::nothing}},
      {P::outside, "outside", "not Go's: cgo, maps, the program itself", "RSS - held", "MS-22; an article's rule: RSS >> Sys - HeapReleased", 1, false, {R::outside_tools}},
      {P::sys, "sys", "Go's memory (Sys)", "the sum of its parts", "MS-11", 0, false, {}},
      {P::returned, "returned", "returned to the system", "HeapReleased", "MS-13, OS-4", 1, false, {}},
      {P::held, "held", "held by Go", "Sys - HeapReleased; a memory limit counts this", "MS-22", 1, false, {}},
      {P::inuse, "inuse", "spans in use", "HeapInuse", "MS-12", 2, false, {}},
      {P::objects, "objects", "objects, dead ones not yet swept included", "HeapAlloc", "MS-14", 3, false, {}},
      {P::live, "live", "live at the last collection", "NextGC and GOGC", "GC-10 to GC-14", 4, false, {R::references}},
      {P::garbage, "garbage", "allocated since, or garbage", "HeapAlloc - live", "GC-2, SW-1", 4, false, {R::collection, R::lower_gogc, R::limit}},
      {P::rounding, "rounding", "of both, rounding up to slots", "max waste of the size classes", "MS-1, SP-1", 4, true, {R::slot_sizes}},
      {P::unused, "unused", "no objects in them", "HeapInuse - HeapAlloc", "MS-14", 3, false, {}},
      {P::tails, "tails", "ends of spans", "tail waste of the size classes", "SP-1", 4, false, {R::nothing}},
      {P::free_slots, "free-slots", "free slots", "what is left of it", "SP-6, SW-1", 4, false, {R::reuse}},
      {P::idle, "idle", "idle, not returned", "HeapIdle - HeapReleased", "MS-13, SC-13", 2, false, {R::free_os_memory, R::time, R::limit}},
      {P::stacks, "stacks", "goroutine stacks", "StackInuse", "MS-20, ST-4", 2, false, {R::goroutines, R::collection}},
      {P::os_stacks, "os-stacks", "thread stacks", "StackSys - StackInuse", "MS-20", 2, false, {R::nothing}},
      {P::span_records, "span-records", "span structures", "MSpanSys", "MS-7, MS-21", 2, false, {R::nothing}},
      {P::cache_records, "cache-records", "cache structures", "MCacheSys", "MS-6, MS-7", 2, false, {R::procs}},
      {P::gc_metadata, "gc-metadata", "collector's metadata", "GCSys", "MS-9", 2, false, {R::nothing}},
      {P::buckets, "buckets", "profiling buckets", "BuckHashSys", "MS-10", 2, false, {R::profiling}},
      {P::other, "other", "other structures", "OtherSys", "MS-8", 2, false, {R::nothing}},
      {P::untold, "untold", "not told apart by these figures", "Sys - what is told", "MS-11", 2, false, {R::nothing}},
  };
  // clang-format on
  return all;
}

constexpr std::array<std::string_view, 13> remedies = {
    "a collection",
    "debug.FreeOSMemory",
    "a lower GOGC",
    "a memory limit",
    "time, as the scavenger comes to it",
    "dropping references",
    "objects that fill their slots",
    "new objects of these sizes, or the death of the last in a span",
    "fewer or shallower goroutines",
    "a lower GOMAXPROCS",
    "MemProfileRate = 0 from the start",
    "its owners, whom pmap or smaps name",
    "nothing but the process's end",
};

}  // namespace

std::string_view name_of(Remedy remedy) { return remedies[static_cast<std::size_t>(remedy)]; }

std::span<const PartText> part_texts() { return texts(); }

const PartText& text_of(Part part) { return texts()[static_cast<std::size_t>(part)]; }

}  // namespace heaplaw::evidence
