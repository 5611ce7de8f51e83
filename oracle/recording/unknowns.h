// What a recording does not tell, one number each, narrowed by every snapshot: where no value is
// left that explains all of them, the model is wrong and not the number.
#pragma once

#include <array>
#include <cstdint>

namespace heaplaw::oracle {

// How many free span records the P's cache held when calibration ended (PA-25). Every possible fill
// lives through the history; those that contradict a snapshot fall out.
class SpanRecordFill {
 public:
  static constexpr std::size_t cache_max = 128;

  SpanRecordFill();

  void span_allocated();
  void span_freed();
  // The growth of MSpanInuse since calibration, in records.
  void observe(std::int64_t records);

  [[nodiscard]] std::size_t candidates() const;

 private:
  struct Candidate {
    std::size_t cached = 0;
    std::int64_t in_use = 0;  // against the start; includes cached ones
    bool possible = true;
  };
  std::array<Candidate, cache_max + 1> by_fill_;
};

// What enters the heap goal and no snapshot tells (GC-12, GC-13): the bytes of stacks and globals,
// and how much more was marked than HeapAlloc says after the sweep. The latter is the same in all
// collections of a recording; the former moves with the depth of the stack that is scanned. In the
// recordings of Go 1.19.8 it moves by 72 bytes and the latter is 288.
class GoalUnknowns {
 public:
  static constexpr std::uint64_t marked_extra_max = 4096;
  static constexpr std::int64_t stack_jitter_max = 512;

  // A goal that was m + floor((m + scanned) * percent / 100), where m is marked + extra.
  void observe(std::uint64_t goal, std::uint64_t marked, std::uint64_t percent);

  // How many values of the extra explain all goals.
  [[nodiscard]] std::size_t candidates() const;
  // For the least of them, what scanned was at least and at most; 0 where there is none.
  [[nodiscard]] std::uint64_t scanned_min() const;
  [[nodiscard]] std::uint64_t scanned_max() const;

 private:
  struct Candidate {
    bool possible = true;
    std::int64_t least = std::int64_t{1} << 40;
    std::int64_t most = 0;
  };
  [[nodiscard]] const Candidate* first_possible() const;

  std::array<Candidate, marked_extra_max> by_extra_;
};

}  // namespace heaplaw::oracle
