// One slot of a trace in bytes, and what the operands in it mean before they are made to fit.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "vocabulary/operation.h"

namespace heaplaw {

inline constexpr std::size_t trace_slot_bytes = 4;

struct TraceSlot {
  std::uint8_t code = 0;
  std::uint8_t small = 0;
  std::uint16_t operand = 0;

  bool operator==(const TraceSlot&) const = default;
};

// Of the slot that begins at the offset; all four bytes must be there.
[[nodiscard]] TraceSlot slot_at(std::span<const std::uint8_t> bytes, std::size_t offset);
void append_slot(std::vector<std::uint8_t>& bytes, const TraceSlot& slot);

// The codes from here on are `wide` slots; those between the kinds' codes and these are spare and
// read as alloc, so that new kinds can have them.
inline constexpr std::uint8_t first_wide_code = 252;
// The lowest bit of a wide slot's small operand: what it widens.
enum class WideTarget : std::uint8_t { handle = 0, value = 1 };

// Nothing for a wide slot.
[[nodiscard]] std::optional<OperationKind> kind_of_code(std::uint8_t code);
// The lowest of the kind's codes.
[[nodiscard]] std::uint8_t code_of_kind(OperationKind kind);

// What the slot says about the value, always one that is_well_formed() takes, Ps apart.
[[nodiscard]] std::uint64_t slot_value(OperationKind kind, const TraceSlot& slot);
// The same for a value that came in wide slots: brought into the kind's limits.
[[nodiscard]] std::uint64_t fit_value(OperationKind kind, std::uint64_t value);
// Sets the operands so that slot_value() is the value; false if only wide slots can say it.
[[nodiscard]] bool put_slot_value(OperationKind kind, std::uint64_t value, TraceSlot& slot);

// Goroutines share few numbers, so that random bytes meet the same one again.
inline constexpr std::uint64_t slot_goroutines = 64;
// A live object or stack is chosen by 24 bits.
inline constexpr std::uint64_t slot_indexes = std::uint64_t{1} << 24;

}  // namespace heaplaw
