// The recorder's source, which the library carries with it.
#pragma once

#include <span>
#include <string_view>

namespace heaplaw::oracle {

struct SourceFile {
  std::string_view name;
  std::string_view text;
};

// The files of oracle/golang/recorder.
[[nodiscard]] std::span<const SourceFile> recorder_source();

}  // namespace heaplaw::oracle
