// The lines "# HeapIdle = 3194880" below a heap profile (formats, 1.1).
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "evidence/line_scanner.h"
#include "vocabulary/release_span.h"
#include "vocabulary/snapshot.h"

namespace heaplaw::evidence {

inline constexpr std::string_view mem_stats_heading = "# runtime.MemStats";

// What stands behind the equals sign.
enum class SectionValue : std::uint8_t { number, inuse_and_sys, list, flag, fraction, max_rss };

struct SectionKey {
  std::string_view name;
  SectionValue value;
  ReleaseSpan releases;    // that print it
  bool everywhere = true;  // not only on some operating systems
  std::uint64_t MemStats::*number = nullptr;
  std::uint64_t MemStats::*sys = nullptr;  // the second of inuse_and_sys
  std::vector<std::uint64_t> Snapshot::*list = nullptr;
  std::optional<bool> Snapshot::*flag = nullptr;
};

// In the order of printing.
[[nodiscard]] std::span<const SectionKey> section_keys();

// Reads "# Key = value" into the snapshot. A null key where the line begins otherwise or its key is
// unknown; a null key and `broken` where the key is known and its value is not.
struct SectionLine {
  const SectionKey* key = nullptr;
  bool broken = false;
};
[[nodiscard]] SectionLine match_section_line(LineScanner& line, Snapshot& snapshot);

// Whether the snapshot has the key's value.
[[nodiscard]] bool has_key(const Snapshot& snapshot, const SectionKey& key);

// The releases that print each of the keys that are there, whatever is missing.
[[nodiscard]] ReleaseSpan releases_of_section(const Snapshot& snapshot);

// The heading, and a line for each key that the snapshot has.
void append_mem_stats_section(std::string& out, const Snapshot& snapshot);

}  // namespace heaplaw::evidence
