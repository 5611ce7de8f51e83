// A snapshot of runtime.MemStats, and the table of its fields from which printing, parsing and
// comparing follow.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace heaplaw {

// Objects of one size class, both kinds. Larger small classes have no entry (MS-1).
struct BySizeEntry {
  std::uint64_t size = 0;
  std::uint64_t mallocs = 0;
  std::uint64_t frees = 0;

  bool operator==(const BySizeEntry&) const = default;
};

inline constexpr std::size_t by_size_count = 61;  // in every release

// Named as in Go, spelled as here: HeapIdle is heap_idle.
struct MemStats {
  std::uint64_t alloc = 0;
  std::uint64_t total_alloc = 0;
  std::uint64_t sys = 0;
  std::uint64_t lookups = 0;
  std::uint64_t mallocs = 0;
  std::uint64_t frees = 0;
  std::uint64_t heap_alloc = 0;
  std::uint64_t heap_sys = 0;
  std::uint64_t heap_idle = 0;
  std::uint64_t heap_inuse = 0;
  std::uint64_t heap_released = 0;
  std::uint64_t heap_objects = 0;
  std::uint64_t stack_inuse = 0;
  std::uint64_t stack_sys = 0;
  std::uint64_t mspan_inuse = 0;
  std::uint64_t mspan_sys = 0;
  std::uint64_t mcache_inuse = 0;
  std::uint64_t mcache_sys = 0;
  std::uint64_t buck_hash_sys = 0;
  std::uint64_t gc_sys = 0;
  std::uint64_t other_sys = 0;
  std::uint64_t next_gc = 0;
  std::uint64_t last_gc = 0;
  std::uint64_t pause_total_ns = 0;
  std::uint64_t num_gc = 0;
  std::uint64_t num_forced_gc = 0;
  std::array<BySizeEntry, by_size_count> by_size{};

  bool operator==(const MemStats&) const = default;
};

enum class StatsUnit : std::uint8_t { bytes, objects, nanoseconds, collections, lookups };
[[nodiscard]] std::string_view name_of(StatsUnit unit);

// How far a model can know the field of a real process (spec: recordings, "what to compare").
enum class Comparable : std::uint8_t {
  exact,         // as a difference from the first snapshot
  exact_in_sum,  // only in a sum with others: HeapSys + StackInuse + work buffers
  bounded,       // within limits that a law states
  unpredictable,
};
[[nodiscard]] std::string_view name_of(Comparable comparable);

struct MemStatsField {
  std::string_view name;  // Go's
  std::uint64_t MemStats::*member;
  StatsUnit unit;
  Comparable comparable;
  bool always_printed;      // the others are printed where they are not 0
  std::string_view source;  // spec tag
  std::string_view means;   // one line
};

// All but BySize, in the order of printing.
[[nodiscard]] std::span<const MemStatsField> mem_stats_fields();
[[nodiscard]] const MemStatsField* mem_stats_field_named(std::string_view name);

struct MemStatsDifference {
  std::string field;  // "HeapInuse", "BySize[5].Mallocs"
  std::uint64_t expected;
  std::uint64_t actual;
  Comparable comparable;

  bool operator==(const MemStatsDifference&) const = default;
};

// In the order of printing; empty where all are equal. `only` leaves out fields that cannot be
// compared so strictly.
[[nodiscard]] std::vector<MemStatsDifference> differences(
    const MemStats& expected, const MemStats& actual, Comparable only = Comparable::unpredictable);

// What changed since `base`, modulo 2^64: recordings agree in this, not in what start-up left.
// The sizes in by_size stay.
[[nodiscard]] MemStats difference_since(const MemStats& base, const MemStats& now);

}  // namespace heaplaw
