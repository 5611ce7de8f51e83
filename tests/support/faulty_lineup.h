// The usual subjects with a planted fault: for tests of those who must find it, shrink it and keep
// it.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <utility>

#include "cli/history/lineup.h"
#include "faulty_subject.h"

namespace heaplaw {

// Called after each operation; may spoil the answer, throw or kill.
using Fault = std::function<void(const Operation&, Observation&)>;

// The usual subjects, the model among them with a fault; make_fault() is called for each run.
inline cli::Lineup lineup_with(std::function<Fault()> make_fault) {
  return [make_fault = std::move(make_fault)](const Release& release, unsigned procs,
                                              const std::optional<HeapStart>& start) {
    cli::Subjects subjects = cli::model_and_oracle(release, procs, start);
    subjects.back() = std::make_unique<FaultySubject>(
        std::move(subjects.back()), FaultySubject::Faults{.answer = make_fault()});
    return subjects;
  };
}

// Allocations of that size answer the wrong address once there was a collection.
inline Fault wrong_address_after_gc(std::uint64_t size) {
  return [size, collected = false](const Operation& operation, Observation& observation) mutable {
    collected |= operation.kind == OperationKind::gc;
    if (!collected || operation.kind != OperationKind::alloc || operation.value != size) return;
    observation.address = observation.address + Bytes{16};
  };
}

// A fault that needs five operations far apart: a collection, a forced release, the end of an
// object of a mebibyte or more, and then an allocation of that size answers the wrong address.
inline Fault wrong_address_after_much(std::uint64_t size) {
  return [size, collected = false, released = false, dropped = false,
          large = std::set<std::uint64_t>()](const Operation& operation,
                                             Observation& observation) mutable {
    using enum OperationKind;
    collected |= operation.kind == gc;
    released |= collected && operation.kind == free_os_memory;
    if (operation.kind == alloc && operation.value >= 1 << 20) large.insert(operation.handle);
    dropped |= operation.kind == drop && large.erase(operation.handle) > 0 && released;
    if (dropped && operation.kind == alloc && operation.value == size) {
      observation.address = observation.address + Bytes{16};
    }
  };
}

}  // namespace heaplaw
