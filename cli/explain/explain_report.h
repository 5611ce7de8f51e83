// What `heaplaw explain` says: for people, for scripts, and as a picture.
#pragma once

#include <string>

#include <nlohmann/json.hpp>

#include "cli/explain/explain.h"
#include "cli/terminal.h"

namespace heaplaw::cli {

void report(const Explained& explained, const Terminal& terminal);
[[nodiscard]] nlohmann::ordered_json to_json(const Explained& explained);

// "1.00 KiB", "1.00 KiB to 2.00 KiB", "at least 3 B"
[[nodiscard]] std::string human(const evidence::Bounds& bounds);

}  // namespace heaplaw::cli
