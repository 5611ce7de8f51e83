// Whatever can live through a trace: the model, the naive oracle, a recording, your allocator.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "vocabulary/mem_stats.h"
#include "vocabulary/operation.h"
#include "vocabulary/page_map.h"
#include "vocabulary/units.h"
#include "vocabulary/white_box.h"

namespace heaplaw {

enum class Answer : std::uint8_t {
  nothing,        // done, nothing to say
  address,        // of an allocated object
  stats,          // a snapshot
  out_of_memory,  // the process would die here; the subject's state is as before the operation
  refused,        // the release has no such operation, or the program would panic; likewise
};
[[nodiscard]] std::string_view name_of(Answer answer);

// What an operation answered. Small, since it is returned on the hot path.
struct Observation {
  Answer answer = Answer::nothing;
  Address address{};                // with Answer::address
  const MemStats* stats = nullptr;  // with Answer::stats: the subject's, until its next operation

  static constexpr Observation of(Address address) { return {Answer::address, address, nullptr}; }
  static constexpr Observation of(const MemStats& stats) { return {Answer::stats, {}, &stats}; }

  // Compares snapshots by content.
  friend bool operator==(const Observation& a, const Observation& b) {
    return a.answer == b.answer && a.address == b.address &&
           (a.stats == b.stats || (a.stats && b.stats && *a.stats == *b.stats));
  }
};
[[nodiscard]] std::string to_string(const Observation& observation);

class Subject {
 public:
  Subject() = default;
  Subject(const Subject&) = delete;
  Subject& operator=(const Subject&) = delete;
  virtual ~Subject() = default;

  [[nodiscard]] virtual std::string_view name() const = 0;
  [[nodiscard]] virtual Observation apply(const Operation& operation) = 0;
  // A look that changes nothing, not even caches; Operation::read_memstats() is the one that does.
  [[nodiscard]] virtual MemStats mem_stats() const = 0;
  [[nodiscard]] virtual PageMap page_map() const = 0;
  // Whatever it cares to tell; changes nothing either.
  [[nodiscard]] virtual WhiteBox white_box() const { return {}; }
  // Throws CheckFailure. What it may cost is HEAPLAW_INVARIANTS.
  virtual void check_invariants() const {}
};

}  // namespace heaplaw
