// The fields of the Go struct runtime.MemStats, in its order, release by release (formats, 5).
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "vocabulary/release_span.h"
#include "vocabulary/snapshot.h"

namespace heaplaw::evidence {

enum class StructValue : std::uint8_t { number, list, fraction, flag, by_size };

struct StructField {
  std::string_view name;
  StructValue value = StructValue::number;
  unsigned since = 0;  // the release line that brought it; none was ever taken away
  std::uint64_t MemStats::*number = nullptr;
  std::vector<std::uint64_t> Snapshot::*list = nullptr;
  std::optional<bool> Snapshot::*flag = nullptr;
};

[[nodiscard]] std::span<const StructField> struct_fields();
[[nodiscard]] const StructField* struct_field_named(std::string_view name);

inline constexpr std::size_t pause_count = 256;  // of PauseNs and PauseEnd

// The runs of releases between which no field was added, the newest first.
inline constexpr ReleaseSpan struct_editions[] = {
    ReleaseSpan::since(8), {5, 7}, {4, 4}, {2, 3}, {0, 1}};

}  // namespace heaplaw::evidence
