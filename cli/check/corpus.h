// Where the recordings and histories lie that `heaplaw check` replays.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "vocabulary/release.h"

namespace heaplaw::cli {

// The folder given, if it is not empty; else the one installed beside the running program, else the
// one of the source tree that the program was built from. Throws InputError if none is there.
[[nodiscard]] std::string find_corpus(const std::string& given);

// The recordings in a corpus, by release.
[[nodiscard]] std::map<Release, std::vector<std::string>> recordings_in(const std::string& corpus);

// Of those, one of each modelled release that draws its heap's base at random.
[[nodiscard]] std::vector<std::string> random_bases_in(const std::string& corpus);

// Paths of the files in a folder whose names end so, sorted; empty if there is no such folder.
[[nodiscard]] std::vector<std::string> files_in(const std::string& folder,
                                                const std::string& extension);

}  // namespace heaplaw::cli
