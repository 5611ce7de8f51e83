// A P's own free stacks, by order, last freed first (ST-3).
#pragma once

#include <array>
#include <cstdint>

namespace heaplaw::model {

inline constexpr std::uint64_t smallest_stack = 2048;
// Stacks of 2, 4, 8 and 16 KiB are cut from spans of 32 KiB; larger ones have spans of their own.
inline constexpr unsigned stack_orders = 4;
inline constexpr std::uint64_t stack_span_bytes = 32768;

[[nodiscard]] constexpr std::uint64_t stack_bytes_of(unsigned order) {
  return smallest_stack << order;
}
[[nodiscard]] constexpr bool is_pooled_stack(std::uint64_t bytes) {
  return bytes < stack_span_bytes;
}
[[nodiscard]] constexpr unsigned order_of(std::uint64_t bytes) {
  unsigned order = 0;
  while (stack_bytes_of(order) < bytes) ++order;
  return order;
}

// References as ObjectRef makes them.
struct StackCache {
  std::array<std::uint64_t, stack_span_bytes / smallest_stack> refs{};
  unsigned count = 0;

  void push(std::uint64_t ref) { refs[count++] = ref; }
  std::uint64_t pop() { return refs[--count]; }
};
using StackCaches = std::array<StackCache, stack_orders>;

}  // namespace heaplaw::model
