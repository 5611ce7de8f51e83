// Changes histories in their byte form by whole operations: what differs afterwards is an operation
// more, fewer, elsewhere or of another size, where a byte mutator would shift all meaning.
//
// An operation's slots are its `wide` slots and the slot that they widen; they stay together. Every
// result is whole slots, at least the header, and names a release that is modelled. A text is read
// as the bytes that it stands for.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "properties/random.h"
#include "vocabulary/release.h"
#include "vocabulary/trace_slot.h"

namespace heaplaw::fuzz {

class TraceMutator {
 public:
  using Input = std::span<const std::uint8_t>;
  using Output = std::vector<std::uint8_t>;

  // The same seed makes the same of the same input, on every platform.
  explicit TraceMutator(std::uint64_t seed) : random_(seed) {}

  // One to a few changes. At most `size_max` bytes come out, or a header where that is less.
  [[nodiscard]] Output mutate(Input bytes, std::size_t size_max);

  // The beginning of one history and the end of another, or a piece of one inside the other.
  [[nodiscard]] Output cross_over(Input first, Input second, std::size_t size_max);

 private:
  using Slots = std::vector<TraceSlot>;  // without the header
  struct Block {
    std::size_t first, last;  // slots, `last` not included
  };
  struct Change {
    std::uint64_t weight;
    void (TraceMutator::*make)();
  };
  static const std::span<const Change> changes();

  // Most histories get by without objects of 4 GiB and more.
  void tame();
  void read(Input bytes);
  [[nodiscard]] Output written(std::size_t size_max);

  // Where an operation begins, or the end.
  [[nodiscard]] std::size_t boundary();
  [[nodiscard]] Block operation_at(std::size_t slot) const;
  [[nodiscard]] Block any_operation() { return operation_at(random_.below(slots_.size())); }
  // From one operation to some tens of them; long ones are rare.
  [[nodiscard]] Block any_block();
  // Some operation of these kinds; the empty block if a few looks meet none.
  [[nodiscard]] Block any_of(OperationKind kind, OperationKind or_kind);
  [[nodiscard]] Slots taken_out(Block block);
  void put_in(std::size_t at, const Slots& block);
  void set_value(Block operation, std::uint64_t value);

  [[nodiscard]] std::uint64_t any_size();
  [[nodiscard]] std::uint64_t any_duration();
  [[nodiscard]] Slots sized(OperationKind kind, std::uint64_t value);
  [[nodiscard]] Slots any_new_operation();

  void insert();
  void insert_run();
  void insert_collection();
  void insert_setting();
  void erase();
  void duplicate();
  void repeat();
  void move();
  void swap();
  void resize();
  void nudge();
  void choose_another_victim();
  void change_kind();
  void change_object_kind();
  void change_procs();
  void change_release();

  properties::Random random_;
  Release release_ = newest_release;
  unsigned procs_ = 1;
  Slots slots_;
};

}  // namespace heaplaw::fuzz
