// A runtime.MemStats as a program prints the whole value: with fmt's %v, %+v and %#v, or as JSON.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "evidence/line_scanner.h"
#include "vocabulary/release_span.h"
#include "vocabulary/snapshot.h"

namespace heaplaw::evidence {

enum class ValueForm : std::uint8_t { v, plus_v, sharp_v, json };
[[nodiscard]] std::string_view name_of(ValueForm form);  // "%+v", "JSON"

struct MemStatsValue {
  ValueForm form = ValueForm::json;
  bool pointer = false;  // &{...}; never in JSON
  Snapshot snapshot;     // whole: every field that the release has
  ReleaseSpan releases;  // that have just these fields and figures

  bool operator==(const MemStatsValue&) const = default;
};

// Reads the value and moves past it; false, with the reason in the scanner, for anything else.
// Strict: all fields of one release in the order of the struct, each list complete.
[[nodiscard]] bool match(LineScanner& scanner, MemStatsValue& value);

// Throws InputError for a line that is anything but the value.
[[nodiscard]] MemStatsValue parse_mem_stats_value(std::string_view text, const Place& place);

// Without a line end.
[[nodiscard]] std::string print(const MemStatsValue& value);

}  // namespace heaplaw::evidence
