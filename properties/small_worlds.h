// All histories of one length over a small alphabet. A judge looks after every operation, so
// shorter histories are judged as beginnings of these and need no run of their own.
//
// Histories that differ only in names are one: handles are numbered in the order of allocation, a
// victim is named by its age, and a P other than 0 comes into play only after all those below it.
// Going to the P that is current already, and dropping when nothing lives, are left out.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "vocabulary/trace.h"

namespace heaplaw::properties {

// Which live object a drop hits; of one that lives alone oldest and newest are the same.
enum class Victim : std::uint8_t { oldest, newest };

struct Alphabet {
  std::vector<Operation> allocs;  // sizes and kinds; their handles are not read
  std::vector<Victim> drops;
  std::vector<Operation> others;  // taken as they are, in any order
  unsigned procs = 1;
  Release release = newest_release;
};

// Small objects of one span each and many a span, whole pages, and a chunk's worth; both ends
// dropped; collections and reads; two Ps.
[[nodiscard]] Alphabet standard_alphabet(const Release& release);

struct WorldCounts {
  std::uint64_t histories = 0;
  std::uint64_t operations = 0;  // in all of them
};

// False from the callback ends the enumeration.
using OnHistory = std::function<bool(const Trace&)>;

WorldCounts for_each_history(const Alphabet& alphabet, std::size_t length, const OnHistory& visit);

// How many there are, without making them one by one.
[[nodiscard]] WorldCounts count_histories(const Alphabet& alphabet, std::size_t length);

}  // namespace heaplaw::properties
