// One step of a heap's history, and the table of all kinds of steps. Text, bytes and rules of a
// trace follow from the table: to add a kind, add its row.
#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <optional>
#include <string_view>
#include <type_traits>

#include "vocabulary/check.h"
#include "vocabulary/release_facts.h"
#include "vocabulary/units.h"

namespace heaplaw {

enum class OperationKind : std::uint8_t {
  alloc,           // handle gets an object of value bytes
  drop,            // handle's object is garbage from now on
  gc,              // a requested collection, swept to its end
  read_memstats,   // flushes caches: it changes later addresses
  free_os_memory,  // collects, then gives back what it can
  gc_percent,      // value percent, or off
  memory_limit,    // value bytes, or off
  advance,         // the virtual clock, by value nanoseconds
  proc,            // later operations run on P number value
  stack_grow,      // goroutine `handle` gets a stack of value bytes and gives back the one it had
  stack_free,      // goroutine `handle` ends
  os_pressure,     // the kernel takes back up to value bytes of lazily freed pages
  os_fault,        // the kernel refuses what OsFault(value) says: see SIM-11
};
inline constexpr std::size_t operation_kind_count = 13;

// What the simulated kernel can refuse: a reservation or a growth, once, or an advice from then on
// (SIM-11).
enum class OsFault : std::uint8_t {
  reserve,           // something else lies where the next reservation is tried
  map,               // reserved address space cannot be mapped
  madvise_free,      // as before Linux 4.5
  madvise_dontneed,  // as on locked pages
  huge_pages,        // advice about transparent huge pages
};
inline constexpr std::size_t os_fault_count = 5;
[[nodiscard]] std::string_view name_of(OsFault fault);

// "scan" or "noscan".
[[nodiscard]] constexpr std::string_view name_of(ObjectKind kind) {
  using namespace std::string_view_literals;
  return kind == ObjectKind::scan ? "scan"sv : "noscan"sv;
}

// The value of gc_percent and memory_limit that means off. It lies above both ranges, so that
// "the largest value" (which Go's own interface takes for off as well) stays printable.
inline constexpr std::uint64_t value_off = std::numeric_limits<std::uint64_t>::max();

// 24 bytes, freely copied: long traces are vectors of these. Members that a kind has no use for
// are zero, so that equality and both encodings are unique.
struct Operation {
  OperationKind kind = OperationKind::gc;
  ObjectKind object = ObjectKind::noscan;
  std::uint64_t handle = 0;  // a name that the trace chose: of an object, or of a goroutine
  std::uint64_t value = 0;

  bool operator==(const Operation&) const = default;

  static constexpr Operation alloc(std::uint64_t handle, Bytes size, ObjectKind object) {
    return {OperationKind::alloc, object, handle, size.raw()};
  }
  static constexpr Operation drop(std::uint64_t handle) { return of(OperationKind::drop, handle); }
  static constexpr Operation gc() { return of(OperationKind::gc); }
  static constexpr Operation read_memstats() { return of(OperationKind::read_memstats); }
  static constexpr Operation free_os_memory() { return of(OperationKind::free_os_memory); }
  static constexpr Operation gc_percent(std::uint64_t percent_or_off) {
    return of(OperationKind::gc_percent, 0, percent_or_off);
  }
  static constexpr Operation memory_limit(std::uint64_t bytes_or_off) {
    return of(OperationKind::memory_limit, 0, bytes_or_off);
  }
  static constexpr Operation advance(std::uint64_t nanoseconds) {
    return of(OperationKind::advance, 0, nanoseconds);
  }
  static constexpr Operation proc(std::uint64_t number) {
    return of(OperationKind::proc, 0, number);
  }
  static constexpr Operation stack_grow(std::uint64_t goroutine, Bytes size) {
    return of(OperationKind::stack_grow, goroutine, size.raw());
  }
  static constexpr Operation stack_free(std::uint64_t goroutine) {
    return of(OperationKind::stack_free, goroutine);
  }
  static constexpr Operation os_pressure(Bytes size) {
    return of(OperationKind::os_pressure, 0, size.raw());
  }
  static constexpr Operation os_fault(OsFault fault) {
    return of(OperationKind::os_fault, 0, static_cast<std::uint64_t>(fault));
  }

 private:
  static constexpr Operation of(OperationKind kind, std::uint64_t handle = 0,
                                std::uint64_t value = 0) {
    return {kind, ObjectKind::noscan, handle, value};
  }
};
static_assert(sizeof(Operation) == 24 && std::is_trivially_copyable_v<Operation>);

// What the first operand names.
enum class HandleRole : std::uint8_t {
  none,
  new_object,   // no live object may have the name; a dropped one's name may be used again
  live_object,  // a live object must have it
  goroutine,    // with or without a stack
  live_stack,   // a goroutine that has one
};

// How the value is written and what it may be.
enum class ValueForm : std::uint8_t {
  none,
  bytes,
  percent_or_off,
  bytes_or_off,
  duration,    // 2m30s; units h m s ms us ns
  proc,        // below the trace's number of Ps
  stack_size,  // a power of two
  os_fault,    // by name
};

struct OperationRule {
  std::string_view name;  // its word in a text trace
  HandleRole handle;
  ValueForm value;
  std::uint64_t value_max;
  bool has_object_kind;    // scan or noscan ends the line
  unsigned byte_codes;     // how many of 256 first bytes mean it: its weight in random bytes
  std::string_view means;  // one line, for help texts
};

// In the order of OperationKind.
extern const std::array<OperationRule, operation_kind_count> operation_rules;
[[nodiscard]] inline const OperationRule& rule_of(OperationKind kind) {
  HEAPLAW_ASSERT(static_cast<std::size_t>(kind) < operation_rules.size(),
                 "no kind of operation has the number {}", static_cast<unsigned>(kind));
  return operation_rules[static_cast<std::size_t>(kind)];
}
[[nodiscard]] std::optional<OperationKind> operation_kind_named(std::string_view name);

inline constexpr unsigned procs_max = 64;
inline constexpr Bytes stack_size_min{2048};
inline constexpr Bytes stack_size_max{std::uint64_t{1} << 30};

// Whether the operation has only operands that its kind allows, for a trace with so many Ps.
// Whether its handle is live is a question of its history: see TraceRules.
[[nodiscard]] bool is_well_formed(const Operation& operation, unsigned procs);

}  // namespace heaplaw
