#include "properties/small_worlds.h"

#include <algorithm>
#include <map>
#include <tuple>

namespace heaplaw::properties {

namespace {

using enum OperationKind;

// What decides which operations can come next.
struct Position {
  std::vector<std::uint64_t> live;  // handles by age
  std::uint64_t allocated = 0;
  std::uint64_t proc = 0;
  std::uint64_t procs_seen = 1;
};

// Calls next(operation, position after it) for every way to go on. False ends it.
template <typename Next>
bool for_each_step(const Alphabet& alphabet, const Position& position, Next next) {
  for (Operation operation : alphabet.allocs) {
    Position after = position;
    operation.handle = ++after.allocated;
    after.live.push_back(operation.handle);
    if (!next(operation, after)) return false;
  }
  for (const Victim victim : alphabet.drops) {
    const std::size_t live = position.live.size();
    if (live == 0 || (live == 1 && victim != alphabet.drops.front())) continue;
    Position after = position;
    const auto at = victim == Victim::oldest ? after.live.begin() : after.live.end() - 1;
    const std::uint64_t handle = *at;
    after.live.erase(at);
    if (!next(Operation::drop(handle), after)) return false;
  }
  for (const Operation& operation : alphabet.others) {
    if (!next(operation, position)) return false;
  }
  const std::uint64_t procs = std::min<std::uint64_t>(alphabet.procs, position.procs_seen + 1);
  for (std::uint64_t proc = 0; proc < procs; ++proc) {
    if (proc == position.proc) continue;
    Position after = position;
    after.proc = proc;
    after.procs_seen = std::max(position.procs_seen, proc + 1);
    if (!next(Operation::proc(proc), after)) return false;
  }
  return true;
}

class Enumeration {
 public:
  Enumeration(const Alphabet& alphabet, std::size_t length, const OnHistory& visit)
      : alphabet_(alphabet), length_(length), visit_(visit) {
    trace_.release = alphabet.release;
    trace_.procs = alphabet.procs;
  }

  WorldCounts run() {
    (void)extend({});
    return counts_;
  }

 private:
  bool extend(const Position& position) {
    if (trace_.operations.size() == length_) {
      ++counts_.histories;
      counts_.operations += length_;
      return visit_(trace_);
    }
    return for_each_step(alphabet_, position,
                         [&](const Operation& operation, const Position& after) {
                           trace_.operations.push_back(operation);
                           const bool goes_on = extend(after);
                           trace_.operations.pop_back();
                           return goes_on;
                         });
  }

  const Alphabet& alphabet_;
  std::size_t length_;
  const OnHistory& visit_;
  Trace trace_;
  WorldCounts counts_;
};

}  // namespace

Alphabet standard_alphabet(const Release& release) {
  const auto noscan = [](std::uint64_t size) {
    return Operation::alloc(1, Bytes{size}, ObjectKind::noscan);
  };
  return {.allocs = {noscan(8), noscan(8192), noscan(32768), noscan(61 * 8192),
                     Operation::alloc(1, 2_MiB, ObjectKind::scan)},
          .drops = {Victim::oldest, Victim::newest},
          .others = {Operation::gc(), Operation::read_memstats(), Operation::free_os_memory()},
          .procs = 2,
          .release = release};
}

WorldCounts for_each_history(const Alphabet& alphabet, std::size_t length, const OnHistory& visit) {
  return Enumeration(alphabet, length, visit).run();
}

// How many ways there are depends on the number of live objects and of Ps in play, not on which.
WorldCounts count_histories(const Alphabet& alphabet, std::size_t length) {
  using Key = std::tuple<std::size_t, std::uint64_t, std::uint64_t>;
  std::map<Key, std::pair<Position, std::uint64_t>> level = {{Key{0, 0, 1}, {Position{}, 1}}};
  for (std::size_t i = 0; i < length; ++i) {
    std::map<Key, std::pair<Position, std::uint64_t>> next;
    for (const auto& entry : level) {
      const Position& position = entry.second.first;
      const std::uint64_t ways = entry.second.second;
      (void)for_each_step(alphabet, position, [&](const Operation&, const Position& after) {
        auto& slot = next[{after.live.size(), after.proc, after.procs_seen}];
        slot.first = after;
        slot.second += ways;
        return true;
      });
    }
    level = std::move(next);
  }
  WorldCounts counts;
  for (const auto& [key, entry] : level) counts.histories += entry.second;
  counts.operations = counts.histories * length;
  return counts;
}

}  // namespace heaplaw::properties
