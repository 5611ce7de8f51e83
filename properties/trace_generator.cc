#include "properties/trace_generator.h"

#include <algorithm>
#include <array>
#include <vector>

#include "properties/interesting_sizes.h"
#include "properties/random.h"

namespace heaplaw::properties {

namespace {

using enum OperationKind;
using Weights = std::array<std::uint64_t, operation_kind_count>;
constexpr std::size_t size_kinds = 5;

// What a part of a history is busy with.
enum class Phase : std::uint8_t { mixed, fill, drain, churn, grow };
constexpr std::size_t phase_count = 5;

struct Live {
  std::uint64_t handle, size;
};

class Generator {
 public:
  Generator(std::uint64_t seed, const GeneratorOptions& options)
      : random_(seed), options_(options) {
    trace_.release = options.release;
    trace_.procs = random_.once_in(2)
                       ? 1
                       : static_cast<unsigned>(random_.between(1, std::max(1U, options.procs_max)));
    draw_weights();
    draw_size_weights();
    // In few histories, and not in proportion to their length: hints are not without end (SIM-11).
    if (options_.faults && random_.once_in(8)) moves_left_ = random_.between(1, 24);
  }

  Trace run() {
    trace_.operations.reserve(options_.length + 2);
    // A collection right after a growth hides what the growth left.
    if (options_.settings && random_.once_in(4)) push(Operation::gc_percent(value_off));
    while (trace_.operations.size() < options_.length) {
      if (phase_left_ == 0) begin_phase();
      --phase_left_;
      step();
    }
    trace_.operations.resize(options_.length);
    return std::move(trace_);
  }

 private:
  // Off once in four; else a power of two, so that one kind can outnumber another by 64 to 1.
  std::uint64_t swarm_weight(unsigned powers) {
    return random_.once_in(4) ? 0 : std::uint64_t{1} << random_.below(powers);
  }

  void draw_weights() {
    const auto set = [this](OperationKind kind, std::uint64_t weight) {
      weights_[static_cast<std::size_t>(kind)] = weight;
    };
    set(alloc, 512 + random_.below(512));
    set(drop, 64 * swarm_weight(5));
    // What walks the whole heap is rare, or long histories would consist of nothing else.
    set(gc, swarm_weight(4));
    set(read_memstats, swarm_weight(4));
    set(free_os_memory, swarm_weight(3));
    if (options_.settings) set(gc_percent, swarm_weight(3));
    if (options_.settings) set(memory_limit, swarm_weight(3));
    if (options_.time) set(advance, swarm_weight(3));
    if (trace_.procs > 1) set(proc, 4 * swarm_weight(6));
    if (options_.stacks) set(stack_grow, swarm_weight(7));
    if (options_.stacks) set(stack_free, swarm_weight(7));
    if (options_.faults) set(os_pressure, 2 * swarm_weight(2));
    if (options_.faults) set(os_fault, 2 * swarm_weight(2));
  }

  void draw_size_weights() {
    for (std::uint64_t& weight : size_weights_) weight = swarm_weight(6);
    size_weights_[1] += 1;  // never all off
    scan_in_eight_ = random_.below(9);
    hot_in_eight_ = random_.below(9);
  }

  void begin_phase() {
    phase_ = static_cast<Phase>(random_.below(phase_count));
    phase_left_ = random_.between(1, 1 + options_.length / 6);
    fill_size_ = random_.once_in(2) ? paged_size(random_, 8) : small_size(random_);
    if (random_.once_in(3)) draw_size_weights();
  }

  void step() {
    switch (phase_) {
      case Phase::fill:  // whole chunks of equal spans
        if (!random_.once_in(64)) return allocate(fill_size_, fill_size_ % 2 != 0);
        break;
      case Phase::drain:
        if (!live_.empty() && !random_.once_in(16)) return drop_some();
        break;
      case Phase::churn:  // a heap of one size, renewed
        if (!live_.empty() && random_.once_in(2)) return drop_some();
        if (!random_.once_in(16)) return allocate(fill_size_, false);
        break;
      case Phase::grow:
        if (random_.once_in(8)) return grow();
        break;
      case Phase::mixed:
        break;
    }
    perform(static_cast<OperationKind>(random_.weighted(weights_)));
  }

  void perform(OperationKind kind) {
    switch (kind) {
      case alloc:
        return allocate_any();
      case drop:
        return live_.empty() ? allocate(any_size(), false) : drop_some();
      case gc_percent:
        return push(Operation::gc_percent(pick<5>({value_off, 100, 50, 200, random_.below(1000)})));
      case memory_limit:
        return push(Operation::memory_limit(
            pick<4>({value_off, live_bytes_ / 2, live_bytes_ + (4 << 20), live_bytes_ * 2})));
      case advance:
        return push(
            Operation::advance(pick<5>({0, second, 120 * second, 121 * second, 7 * 60 * second})));
      case proc:
        return push(Operation::proc(random_.below(trace_.procs)));
      case stack_grow:
        return push_stack();
      case stack_free:
        if (stacks_.empty()) return push_stack();
        push(Operation::stack_free(take(stacks_, random_.below(stacks_.size()))));
        return;
      case os_pressure:
        return push(Operation::os_pressure(Bytes{paged_size(random_, 4096)}));
      case os_fault:
        return push(Operation::os_fault(static_cast<OsFault>(random_.below(os_fault_count))));
      default:
        // Twice in a row now and then: the second must change nothing.
        push({.kind = kind});
        if (random_.once_in(4)) push({.kind = kind});
    }
  }

  std::uint64_t any_size() {
    switch (random_.weighted(size_weights_)) {
      case 0:
        return tiny_size(random_);
      case 1:
        return small_size(random_);
      case 2:
        return threshold_size(random_);
      case 3:
        return paged_size(random_, 20);
      default:
        return random_.once_in(8) ? block_size(random_, 8 << 20) : paged_size(random_, 64);
    }
  }

  // One draw a statement: compilers evaluate arguments in different orders, and a seed must mean
  // the same to all of them.
  void allocate_block() {
    // Whole chunks now and then, so that the heap is full to the brim.
    const std::uint64_t size =
        random_.once_in(4) ? chunk * random_.between(1, 4) : block_size(random_, 96 << 20);
    const bool scan = random_.once_in(2);
    allocate(size, scan);
  }

  // Beyond what is reserved, sooner or later: in a place of its own, if one was ordered.
  void grow() {
    if (moves_left_ > 0 && random_.once_in(2)) {
      --moves_left_;
      push(Operation::os_fault(OsFault::reserve));
    }
    allocate_block();
  }

  void allocate_any() {
    const std::uint64_t size = any_size();
    const bool scan = random_.below(8) < scan_in_eight_;
    allocate(size, scan);
  }

  void allocate(std::uint64_t size, bool scan) {
    if (random_.once_in(4096)) size = 0;
    if (size > options_.live_bytes_max) size = small_size(random_);
    // Large heaps make room instead of standing still.
    while (live_bytes_ + size > options_.live_bytes_max) drop_one(random_.below(live_.size()));
    live_.push_back({++last_handle_, size});
    live_bytes_ += size;
    push(Operation::alloc(last_handle_, Bytes{size}, scan ? ObjectKind::scan : ObjectKind::noscan));
  }

  // Runs of neighbours free whole spans, which single victims hardly ever do.
  void drop_some() {
    const std::size_t start = victim();
    std::uint64_t count = random_.once_in(8) ? random_.between(2, 64) : 1;
    for (; count > 0 && start < live_.size(); --count) drop_one(start);
  }

  // Hot objects are the youngest few; cold ones any.
  std::size_t victim() {
    const std::size_t few = std::min<std::size_t>(live_.size(), 8);
    if (random_.below(8) < hot_in_eight_) return live_.size() - 1 - random_.below(few);
    return random_.once_in(4) ? 0 : random_.below(live_.size());
  }

  // Order is kept only near the end, where hot victims are: erasing in the middle of a long list
  // would cost more than all the rest.
  void drop_one(std::size_t index) {
    live_bytes_ -= live_[index].size;
    push(Operation::drop(live_[index].handle));
    if (live_.size() - index > 128) {
      live_[index] = live_[live_.size() - 128];
      index = live_.size() - 128;
    }
    live_.erase(live_.begin() + static_cast<std::ptrdiff_t>(index));
  }

  void push_stack() {
    const bool grows = !stacks_.empty() && random_.once_in(2);
    const std::uint64_t name = grows ? stacks_[random_.below(stacks_.size())] : ++last_stack_;
    if (!grows) stacks_.push_back(name);
    const unsigned doublings = static_cast<unsigned>(random_.below(random_.once_in(8) ? 10 : 5));
    push(Operation::stack_grow(name, Bytes{std::uint64_t{2048} << doublings}));
  }

  void push(const Operation& operation) { trace_.operations.push_back(operation); }

  template <std::size_t n>
  std::uint64_t pick(const std::array<std::uint64_t, n>& values) {
    return values[random_.below(n)];
  }

  static std::uint64_t take(std::vector<std::uint64_t>& list, std::size_t index) {
    std::swap(list[index], list.back());
    const std::uint64_t taken = list.back();
    list.pop_back();
    return taken;
  }

  static constexpr std::uint64_t second = 1'000'000'000;
  static constexpr std::uint64_t chunk = 4 << 20;

  Random random_;
  GeneratorOptions options_;
  Trace trace_;
  Weights weights_{};
  std::array<std::uint64_t, size_kinds> size_weights_{};
  std::uint64_t scan_in_eight_ = 0;
  std::uint64_t hot_in_eight_ = 0;
  Phase phase_ = Phase::mixed;
  std::uint64_t phase_left_ = 0;
  std::uint64_t fill_size_ = 8;
  std::vector<Live> live_;
  std::uint64_t live_bytes_ = 0;
  std::uint64_t last_handle_ = 0;
  std::vector<std::uint64_t> stacks_;
  std::uint64_t last_stack_ = 0;
  std::uint64_t moves_left_ = 0;  // of the heap to another place
};

}  // namespace

Trace generate(std::uint64_t seed, const GeneratorOptions& options) {
  return Generator(seed, options).run();
}

}  // namespace heaplaw::properties
