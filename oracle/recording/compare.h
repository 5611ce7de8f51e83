// Holds a subject to what a real process did (spec: recordings, "what to compare").
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "vocabulary/divergence.h"
#include "vocabulary/recording.h"
#include "vocabulary/subject.h"

namespace heaplaw::oracle {

// How a field was compared.
enum class Held : std::uint8_t {
  exact,    // as a difference from the first snapshot
  in_sum,   // likewise, together with stacks and work buffers
  by_rule,  // exact but for the unknowns of a recording
  bounded,  // reported, not judged
};
[[nodiscard]] std::string_view name_of(Held held);

struct FieldTally {
  std::string_view field;
  Held held;
  std::uint64_t compared = 0;
  std::uint64_t slack = 0;  // the largest difference seen; 0 for all but bounded fields
};

struct RecordingVerdict {
  std::optional<Divergence> divergence;
  std::uint64_t operations = 0;
  std::uint64_t addresses = 0;
  std::uint64_t snapshots = 0;  // after the first, which is the reference
  std::uint64_t law_evaluations = 0;
  std::vector<FieldTally> fields;
  // Values of the unknowns that are left.
  std::uint64_t span_fills_possible = 0;
  std::optional<std::uint64_t> scanned_min, scanned_max;  // stacks and globals, if any goal tells

  [[nodiscard]] std::uint64_t fields_held(Held how) const;
  // A recording of which nothing was compared does not hold.
  [[nodiscard]] bool holds() const { return !divergence && addresses != 0 && snapshots != 0; }
};

// The subject begins where start_of(recording) says, with GOGC off. `subject_region` is where its
// region lies, if it could not be had at the recorded address.
[[nodiscard]] RecordingVerdict compare(const Recording& recording, Subject& subject,
                                       std::optional<Address> subject_region = std::nullopt);

}  // namespace heaplaw::oracle
