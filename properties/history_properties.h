// What must hold for all histories, as properties of whoever lives through them.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "properties/counterexample.h"

namespace heaplaw::properties {

// All subjects agree after every operation, and break no law. The first is who is believed.
[[nodiscard]] TraceProperty agree_in_lockstep(std::vector<MakeSubject> subjects);

// parse_trace(print(trace)) == trace, for a printer of one's choice.
using TracePrinter = std::string (*)(const Trace&);
[[nodiscard]] TraceProperty survives_as_text(TracePrinter printer);
// decode_trace(encode_trace(trace)) == trace, likewise.
using TraceEncoder = std::vector<std::uint8_t> (*)(const Trace&);
[[nodiscard]] TraceProperty survives_as_bytes(TraceEncoder encoder);

// Metamorphic: the subject answers the same, and ends in the same state, whatever its objects are
// called (`seed` chooses how the history is changed),
[[nodiscard]] TraceProperty ignores_names(MakeSubject make, std::uint64_t seed);
// in whatever order neighbouring objects are dropped,
[[nodiscard]] TraceProperty ignores_order_of_drops(MakeSubject make, std::uint64_t seed);
// whether or not operations that do nothing come in between,
[[nodiscard]] TraceProperty ignores_idle_operations(MakeSubject make, std::uint64_t seed);
// and whether or not somebody looks after every operation (SIM-15).
[[nodiscard]] TraceProperty ignores_looks(MakeSubject make);

// Of three collections at the end the third finds nothing (SP-9: a tiny block a P may be left for
// the second).
[[nodiscard]] TraceProperty collects_completely(MakeSubject make);

}  // namespace heaplaw::properties
