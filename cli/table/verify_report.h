// What `heaplaw table verify` says about a file, for people and for scripts.
#pragma once

#include <string>

#include <nlohmann/json.hpp>

#include "cli/table/verify.h"
#include "cli/terminal.h"

namespace heaplaw::cli {

// "Go 1.17 - 1.20", "development snapshot at commit 735647d92e"
[[nodiscard]] std::string name_of(const SizeClassEdition& edition);

void report(const Verification& verification, bool all, const Terminal& terminal);
[[nodiscard]] nlohmann::ordered_json to_json(const Verification& verification);

}  // namespace heaplaw::cli
