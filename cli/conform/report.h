// The result of `heaplaw conform` for people and for machines.
#pragma once

#include <nlohmann/json.hpp>

#include "cli/conform/campaign.h"
#include "cli/terminal.h"

namespace heaplaw::cli {

// What the result is of.
struct ConformHeading {
  std::string go;  // the command
  Release release{0};
  std::uint64_t seed = 0;
  double build_seconds = 0;
  double seconds = 0;
  bool interrupted = false;
};

void print_report(const ConformHeading& heading, const ConformResult& result,
                  const Terminal& terminal);
[[nodiscard]] nlohmann::ordered_json to_json(const ConformHeading& heading,
                                             const ConformResult& result);

}  // namespace heaplaw::cli
