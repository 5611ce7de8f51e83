// The Go toolchains of this machine: their sizeclasses.go is the best evidence at hand.
#pragma once

#include <string>
#include <vector>

namespace heaplaw::cli {

// Paths of the sizeclasses.go of every Go found under GOROOT, beside the `go` in PATH and where
// distributions put theirs. May be empty.
[[nodiscard]] std::vector<std::string> installed_size_class_files();

// The sizeclasses.go inside a GOROOT, or the path itself if it is no folder.
[[nodiscard]] std::string size_class_file_at(const std::string& path);

}  // namespace heaplaw::cli
