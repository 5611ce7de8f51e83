// Who may include whom, checked on the text of the sources: it also catches what the compiler lets
// through, such as "../model/span.h" or a header of an installed copy.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace heaplaw::house {

// Source files below `root`, in order, without build folders and whatever begins with a dot.
[[nodiscard]] std::vector<std::filesystem::path> source_files(const std::filesystem::path& root);

// "oracle/judge.cc:7: ..." for every include that breaks the rule; `file` is relative to the root.
[[nodiscard]] std::vector<std::string> forbidden_includes(const std::filesystem::path& file,
                                                          std::string_view text);

[[nodiscard]] std::string read_text(const std::filesystem::path& path);

}  // namespace heaplaw::house
