// What a recording does not tell, one number each, narrowed by every snapshot: where no value is
// left that explains all of them, the model is wrong and not the number.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

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

// What enters the heap goal and no snapshot tells (GC-12, GC-13): the bytes of stacks and globals
// that a collection scanned. It is one number for a recording, but for the background scavenger's
// stack, which is deeper while it sleeps between two steps than while it waits to be woken, and for
// the recorder's own, which calls the collector directly or through FreeOSMemory.
class ScannedBytes {
 public:
  // Marked, and not in HeapAlloc: seen in every collection of every recording of Go 1.19 to 1.26.
  static constexpr std::uint64_t marked_uncounted = 288;
  static constexpr std::int64_t scavenger_asleep = 64;
  static constexpr std::int64_t called_directly = 8;

  // A goal that was m + floor((m + scanned) * percent / 100), where m is marked and what is
  // uncounted. `directly`: by runtime.GC, not by FreeOSMemory.
  void observe(std::uint64_t goal, std::uint64_t marked, std::uint64_t percent, bool directly);

  // How many values explain all goals; meaningless before the first.
  [[nodiscard]] std::size_t candidates() const { return possible_.size(); }
  [[nodiscard]] bool observed() const { return observed_; }
  // The least of them; 0 where there is none.
  [[nodiscard]] std::uint64_t least() const;
  [[nodiscard]] std::uint64_t most() const;

 private:
  bool observed_ = false;
  // In a collection by FreeOSMemory with the scavenger awake; ascending.
  std::vector<std::int64_t> possible_;
};

}  // namespace heaplaw::oracle
