// A naive runtime with a program that names its objects by itself.
#pragma once

#include <cstdint>

#include <gtest/gtest.h>

#include "oracle/naive/runtime.h"

namespace heaplaw::oracle {

inline constexpr Release tested_release{19, Release::Stage::final, 8};
inline constexpr Release green_tea{26, Release::Stage::final, 4};
inline constexpr std::uint64_t heap_base = 0xc000000000;

class Driver {
 public:
  explicit Driver(unsigned procs = 1, const Release& release = tested_release)
      : runtime(release, procs) {}

  Observation apply(const Operation& operation) {
    const Observation said = runtime.apply(operation);
    EXPECT_NO_THROW(runtime.check_invariants());
    return said;
  }
  // The object's address above the heap's first byte. Its handle is `last`.
  std::uint64_t alloc(std::uint64_t bytes, ObjectKind kind = ObjectKind::noscan) {
    const Observation said = apply(Operation::alloc(++last, Bytes{bytes}, kind));
    EXPECT_EQ(said.answer, Answer::address);
    return said.address.raw() - heap_base;
  }
  void drop(std::uint64_t handle) { apply(Operation::drop(handle)); }
  void gc() { apply(Operation::gc()); }
  MemStats read() { return *apply(Operation::read_memstats()).stats; }

  NaiveRuntime runtime;
  std::uint64_t last = 0;
};

}  // namespace heaplaw::oracle
