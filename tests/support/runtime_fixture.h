// A process to be told what to do in few words.
#pragma once

#include "model/runtime.h"

namespace heaplaw::model {

class Process {
 public:
  explicit Process(unsigned procs = 1) : runtime(Release::parse("go1.19.8"), procs) {}

  // Handles count from 1.
  Address alloc(Bytes size, ObjectKind kind = ObjectKind::noscan) {
    return apply(Operation::alloc(++handles, size, kind)).address;
  }
  void fill(Bytes size, unsigned times) {
    for (unsigned i = 0; i < times; ++i) alloc(size);
  }
  void drop(std::uint64_t from, std::uint64_t to) {
    for (std::uint64_t h = from; h <= to; ++h) apply(Operation::drop(h));
  }
  void gc() { apply(Operation::gc()); }
  MemStats read() { return *apply(Operation::read_memstats()).stats; }
  Observation apply(const Operation& operation) {
    const Observation got = runtime.apply(operation);
    // A recount looks at every page: too slow for each of thousands of objects.
    const bool is_frequent =
        operation.kind == OperationKind::alloc || operation.kind == OperationKind::drop;
    if (!is_frequent || ++operations % 32 == 0) runtime.check_invariants();
    return got;
  }

  Runtime runtime;
  std::uint64_t handles = 0;
  std::uint64_t operations = 0;
};

}  // namespace heaplaw::model
