// The first place where two subjects, or a subject and a law, disagree.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "vocabulary/operation.h"
#include "vocabulary/page_map.h"

namespace heaplaw {

struct Divergence {
  std::size_t operation_index = 0;  // from 0, in the trace
  Operation operation;
  std::string field;  // "address", "HeapInuse", "page map", or what a law judges
  std::string expected;
  std::string actual;
  std::string expected_by;  // a subject's name; empty where a law alone was broken
  std::string actual_by;
  std::string law;     // its id; empty where two subjects were compared
  std::string source;  // spec tag
  std::optional<PageMap> expected_map;
  std::optional<PageMap> actual_map;
};

// One line: "operation 41 (alloc 17 100 noscan): address is 0x10 in model, expected 0x18 in naive".
[[nodiscard]] std::string summary(const Divergence& divergence);

// The summary, then law and source, then both page maps around their first difference.
[[nodiscard]] std::string report(const Divergence& divergence);

// Names and values of all that is set, pictures left out, for whoever writes JSON.
[[nodiscard]] std::vector<std::pair<std::string_view, std::string>> fields(
    const Divergence& divergence);

}  // namespace heaplaw
