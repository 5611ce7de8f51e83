// MemStats as somebody printed it: whole, in part, or mixed with what MemStats has not.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <vector>

#include "vocabulary/mem_stats.h"
#include "vocabulary/release_span.h"

namespace heaplaw {

// Fields of MemStats by their number in mem_stats_fields(), and BySize.
class FieldSet {
 public:
  FieldSet() = default;
  FieldSet(std::initializer_list<std::uint64_t MemStats::*> members);

  [[nodiscard]] static FieldSet all();
  [[nodiscard]] static FieldSet by_size();

  void insert(std::size_t field) { bits_ |= std::uint32_t{1} << field; }
  void insert(const FieldSet& other) { bits_ |= other.bits_; }
  [[nodiscard]] bool contains(std::size_t field) const { return (bits_ >> field & 1U) != 0; }
  [[nodiscard]] bool contains(std::uint64_t MemStats::*member) const;
  [[nodiscard]] bool covers(const FieldSet& other) const { return (other.bits_ & ~bits_) == 0; }
  [[nodiscard]] bool empty() const { return bits_ == 0; }
  [[nodiscard]] std::size_t size() const;
  // What is in this set and not in the other.
  [[nodiscard]] FieldSet without(const FieldSet& other) const;
  // "HeapIdle, HeapInuse"
  [[nodiscard]] std::string names() const;

  bool operator==(const FieldSet&) const = default;

 private:
  std::uint32_t bits_ = 0;
};

// The number of the field in mem_stats_fields(); fails a check for what is no field.
[[nodiscard]] std::size_t field_number(std::uint64_t MemStats::*member);

struct Snapshot {
  MemStats stats;  // 0 where the text has no such field
  FieldSet has;
  std::vector<std::uint64_t> pause_ns;  // as printed: 256 of them, fewer where it was cut
  std::vector<std::uint64_t> pause_end;
  std::optional<double> gc_cpu_fraction;
  std::optional<bool> enable_gc;
  std::optional<bool> debug_gc;
  std::optional<std::uint64_t> max_rss;  // bytes
  // Whether the figures were read while the world stood still, so that they fit each other. Those
  // of runtime/metrics are not (MS-27).
  bool stopped_world = true;

  // Adds a figure and remembers that it is there.
  void set(std::size_t field, std::uint64_t value);
  void set(std::uint64_t MemStats::*member, std::uint64_t value) {
    set(field_number(member), value);
  }

  bool operator==(const Snapshot&) const = default;
};

// The releases that can have printed it, by its fields and by figures that only some releases show.
[[nodiscard]] ReleaseSpan releases_of(const Snapshot& snapshot);

}  // namespace heaplaw
