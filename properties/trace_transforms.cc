#include "properties/trace_transforms.h"

#include <utility>

namespace heaplaw::properties {

namespace {

using enum OperationKind;

// A one-to-one map of names: an odd factor modulo 2^64 in half of the cases, else an offset.
class Renaming {
 public:
  explicit Renaming(Random& random)
      : factor_(random.once_in(2) ? 1 : random.next() | 1U), offset_(random.below(1U << 20U)) {}

  [[nodiscard]] std::uint64_t of(std::uint64_t name) const {
    std::uint64_t product = 0;
    (void)__builtin_mul_overflow(name, factor_, &product);
    (void)__builtin_add_overflow(product, offset_, &product);
    return product;
  }

 private:
  std::uint64_t factor_, offset_;
};

}  // namespace

Trace renamed(const Trace& trace, Random& random) {
  const Renaming objects(random);
  const Renaming goroutines(random);
  Trace other = trace;
  for (Operation& operation : other.operations) {
    switch (rule_of(operation.kind).handle) {
      case HandleRole::none:
        break;
      case HandleRole::new_object:
      case HandleRole::live_object:
        operation.handle = objects.of(operation.handle);
        break;
      case HandleRole::goroutine:
      case HandleRole::live_stack:
        operation.handle = goroutines.of(operation.handle);
        break;
    }
  }
  return other;
}

Trace drops_shuffled(const Trace& trace, Random& random) {
  Trace other = trace;
  auto& operations = other.operations;
  for (std::size_t first = 0; first < operations.size();) {
    std::size_t end = first;
    while (end < operations.size() && operations[end].kind == drop) ++end;
    for (std::size_t i = first; i + 1 < end; ++i) {
      std::swap(operations[i], operations[i + random.below(end - i)]);
    }
    first = end + 1;
  }
  return other;
}

Padded padded(const Trace& trace, Random& random) {
  Padded result{.trace = {.release = trace.release, .procs = trace.procs, .operations = {}},
                .is_original = {}};
  std::uint64_t current = 0;
  std::uint64_t limit = value_off;
  const auto put = [&](const Operation& operation, bool original) {
    result.trace.operations.push_back(operation);
    result.is_original.push_back(original);
  };
  static constexpr OsFault advice[] = {OsFault::madvise_free, OsFault::madvise_dontneed,
                                       OsFault::huge_pages};
  for (const Operation& operation : trace.operations) {
    // Often each, so that a failure shows in short histories.
    if (random.once_in(3)) {
      put(Operation::proc(random.below(trace.procs)), false);
      put(Operation::proc(current), false);
    }
    if (random.once_in(3)) put(Operation::memory_limit(limit), false);
    if (random.once_in(3)) put(Operation::os_pressure(Bytes{random.next()}), false);
    if (random.once_in(3)) put(Operation::os_fault(random.pick(advice)), false);
    put(operation, true);
    if (operation.kind == proc) current = operation.value;
    if (operation.kind == memory_limit) limit = operation.value;
  }
  return result;
}

}  // namespace heaplaw::properties
