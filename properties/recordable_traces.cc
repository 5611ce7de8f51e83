#include "properties/recordable_traces.h"

#include <algorithm>
#include <array>
#include <vector>

#include "properties/interesting_sizes.h"
#include "properties/random.h"
#include "properties/trace_generator.h"

namespace heaplaw::properties {

namespace {

using enum OperationKind;

// How sizes are mixed: tiny, small, at thresholds, any up to 64 KiB, few pages, many, blocks.
using SizeWeights = std::array<std::uint64_t, 7>;

struct Recipe {
  TraceKind kind;
  std::uint64_t length;  // operations
  SizeWeights sizes;
  std::uint64_t live_max;    // objects
  std::uint64_t live_bytes;  // at most
  // How often in 100,000 operations; the rest allocates and drops.
  std::uint64_t collections, reads, releases, percents, limits, stacks;
};

constexpr std::uint64_t mib = 1 << 20;

// clang-format off
constexpr std::array<Recipe, 11> recipes = {{
    {{"tiny", "objects below 16 bytes, which share blocks"},
     110'000, {8, 1, 0, 0, 0, 0, 0}, 20'000, 64 * mib, 20, 40, 5, 0, 0, 0},
    {{"small", "objects of many to a span"},
     110'000, {1, 16, 1, 0, 0, 0, 0}, 12'000, 64 * mib, 20, 40, 5, 0, 0, 0},
    {{"edges", "sizes at the borders of classes, pages and kinds"},
     80'000, {1, 4, 8, 0, 1, 0, 0}, 4'000, 64 * mib, 40, 60, 10, 0, 0, 0},
    {{"mixed", "all sizes up to 64 KiB"},
     80'000, {1, 4, 1, 6, 1, 0, 0}, 3'000, 64 * mib, 40, 60, 10, 0, 0, 0},
    {{"pages", "objects of one to some pages"},
     60'000, {0, 0, 1, 1, 16, 1, 0}, 1'500, 64 * mib, 40, 60, 10, 0, 0, 0},
    {{"large", "objects of many pages"},
     15'000, {0, 1, 0, 0, 4, 8, 2}, 400, 96 * mib, 100, 150, 30, 0, 0, 0},
    {{"growth", "a heap that outgrows its region many times"},
     4'000, {0, 2, 0, 0, 1, 4, 8}, 400, 1024 * mib, 200, 300, 50, 0, 0, 0},
    {{"release", "much is freed and given back to the operating system"},
     30'000, {1, 4, 1, 2, 4, 2, 0}, 2'000, 96 * mib, 100, 100, 400, 0, 0, 0},
    {{"stats", "a snapshot every few operations, which flushes the caches"},
     30'000, {2, 8, 2, 2, 1, 0, 0}, 3'000, 64 * mib, 100, 5'000, 20, 0, 0, 0},
    {{"goals", "collections under many percentages and limits"},
     30'000, {1, 8, 1, 2, 1, 0, 0}, 3'000, 64 * mib, 400, 400, 20, 200, 100, 0},
    {{"stacks", "goroutines whose stacks come, grow and go between objects"},
     8'000, {1, 8, 1, 2, 2, 1, 0}, 1'000, 64 * mib, 200, 300, 50, 0, 0, 30'000},
}};
// clang-format on

constexpr TraceKind swarm = {"swarm", "what the property's own generator makes, settings apart"};

struct Live {
  std::uint64_t handle, size;
};

class Maker {
 public:
  Maker(const Recipe& recipe, std::uint64_t seed, const Release& release, std::size_t length_max)
      : recipe_(recipe), length_(std::min(recipe.length, length_max)), random_(seed) {
    trace_.release = release;
  }

  Trace run() {
    while (trace_.operations.size() < length_) step();
    return std::move(trace_);
  }

 private:
  void step() {
    constexpr std::uint64_t out_of = 100'000;
    std::uint64_t dice = random_.below(out_of);
    const auto hits = [&dice](std::uint64_t weight) {
      if (dice < weight) return true;
      dice -= weight;
      return false;
    };
    if (hits(recipe_.collections)) return collect();
    if (hits(recipe_.reads)) return push(Operation::read_memstats());
    if (hits(recipe_.releases)) return release();
    if (hits(recipe_.percents)) return push_percent();
    if (hits(recipe_.limits)) return push_limit();
    if (hits(recipe_.stacks)) return push_stack();
    // From an empty heap to a full one; then about as many come as go.
    const bool full = live_.size() >= recipe_.live_max;
    if (!live_.empty() && (full || random_.below(8) < 3)) return drop(random_.below(live_.size()));
    allocate();
  }

  // What a collection finds: a little garbage, or nearly everything.
  void collect() {
    if (random_.once_in(4)) drop_all_but(random_.below(live_.size() + 1));
    push(Operation::gc());
    if (random_.once_in(4)) push(Operation::read_memstats());
  }

  void release() {
    if (random_.once_in(2)) drop_all_but(random_.below(live_.size() + 1));
    push(Operation::free_os_memory());
    if (!random_.once_in(4)) push(Operation::read_memstats());
  }

  void push_percent() {
    constexpr std::uint64_t percents[] = {value_off, 100'000, 150'001, 200'000, 333'333, 1'000'000};
    push(Operation::gc_percent(random_.pick(percents)));
    if (random_.once_in(2)) push(Operation::gc());
    push(Operation::read_memstats());
  }

  void push_limit() {
    const std::uint64_t gib = random_.between(64, 2048);
    push(Operation::memory_limit(random_.once_in(2) ? value_off
                                                    : (gib << 30U) + random_.below(4096)));
    push(Operation::read_memstats());
  }

  void push_stack() {
    constexpr std::size_t goroutines = 48;
    if (stacks_.size() < goroutines && random_.once_in(3)) {
      stacks_.push_back({++last_stack_, stack_size_min.raw()});
      return push(Operation::stack_grow(last_stack_, stack_size_min));
    }
    if (stacks_.empty()) return;
    const std::size_t index = random_.below(stacks_.size());
    Live& stack = stacks_[index];
    if (stack.size > stack_size_min.raw() && random_.once_in(2)) {
      push(Operation::stack_free(stack.handle));
      stack = stacks_.back();
      stacks_.pop_back();
      return;
    }
    const std::uint64_t doublings = random_.between(1, 3);
    stack.size = std::min<std::uint64_t>(stack.size << doublings, 256 << 10);
    // Of one that has its largest size the recorder's rules leave this out.
    push(Operation::stack_grow(stack.handle, Bytes{stack.size}));
  }

  std::uint64_t any_size() {
    switch (random_.weighted(recipe_.sizes)) {
      case 0:
        return tiny_size(random_);
      case 1:
        return small_size(random_);
      case 2:
        return threshold_size(random_);
      case 3:
        return random_.between(1, 64 << 10);
      case 4:
        return paged_size(random_, 20);
      case 5:
        return paged_size(random_, 256);
      default:
        return block_size(random_, 64 * mib);
    }
  }

  void allocate() {
    const std::uint64_t size = random_.once_in(5000) ? 0 : any_size();
    const bool scan = random_.once_in(2);
    while (!live_.empty() && live_bytes_ + size > recipe_.live_bytes)
      drop(random_.below(live_.size()));
    live_.push_back({++last_handle_, size});
    live_bytes_ += size;
    push(Operation::alloc(last_handle_, Bytes{size}, scan ? ObjectKind::scan : ObjectKind::noscan));
  }

  void drop(std::size_t index) {
    live_bytes_ -= live_[index].size;
    push(Operation::drop(live_[index].handle));
    live_[index] = live_.back();
    live_.pop_back();
  }

  void drop_all_but(std::size_t count) {
    while (live_.size() > count) drop(live_.size() - 1);
  }

  void push(const Operation& operation) { trace_.operations.push_back(operation); }

  const Recipe& recipe_;
  std::size_t length_;
  Random random_;
  Trace trace_;
  std::vector<Live> live_;
  std::uint64_t live_bytes_ = 0;
  std::uint64_t last_handle_ = 0;
  std::vector<Live> stacks_;
  std::uint64_t last_stack_ = 0;
};

constexpr GeneratorOptions swarm_options = {.length = 10'000,
                                            .procs_max = 1,
                                            .live_bytes_max = 64 * mib,
                                            .settings = false,
                                            .time = false,
                                            .faults = false};

// The end is looked at in all kinds, before and after a collection and after a release.
Trace with_an_end(Trace trace) {
  for (const OperationKind kind :
       {read_memstats, gc, read_memstats, free_os_memory, read_memstats}) {
    trace.operations.push_back({.kind = kind});
  }
  return made_recordable(trace);
}

}  // namespace

std::span<const TraceKind> trace_kinds() {
  static const auto kinds = [] {
    std::array<TraceKind, recipes.size() + 1> all;
    std::ranges::transform(recipes, all.begin(), &Recipe::kind);
    all.back() = swarm;
    return all;
  }();
  return kinds;
}

Trace recordable_trace(std::size_t kind, std::uint64_t seed, const Release& release,
                       std::size_t length_max) {
  if (kind < recipes.size()) {
    return with_an_end(Maker(recipes[kind], seed, release, length_max).run());
  }
  GeneratorOptions options = swarm_options;
  options.length = std::min(options.length, length_max);
  options.release = release;
  return with_an_end(generate(seed, options));
}

}  // namespace heaplaw::properties
