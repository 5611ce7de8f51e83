// A trace as bytes for fuzzers to mutate: every byte string is a valid trace, and every valid trace
// has bytes. All slots have four bytes, so that inserting, deleting and moving slots keeps meaning.
//
//   slot 0:  release line | Ps | stage and number, 16 bits
//   others:  code | small operand | operand, 16 bits, little-endian
//
// A code byte means an operation kind (operation_rules says how many of 256 mean it). Operands
// are made to fit on reading: a drop's is an index into the live objects, an alloc's picks a size
// near the grid, a power of two or a page boundary. What does not fit 16 bits stands in `wide`
// slots before the operation, which each shift 16 more bits into its handle or its value.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "vocabulary/trace.h"
#include "vocabulary/trace_slot.h"

namespace heaplaw {

// Never fails. Bytes after the last whole slot mean nothing; operations that cannot be made to fit
// (a drop when nothing lives) are left out. With an empty string: no operations, newest release.
[[nodiscard]] Trace decode_trace(std::span<const std::uint8_t> bytes);

// decode_trace(encode_trace(trace)) == trace for every trace without a breach; throws CheckFailure
// for one with.
[[nodiscard]] std::vector<std::uint8_t> encode_trace(const Trace& trace);

}  // namespace heaplaw
