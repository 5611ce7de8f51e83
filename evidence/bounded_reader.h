// Reads foreign files without trusting their size.
#pragma once

#include <cstddef>
#include <string>

#include "evidence/byte_source.h"

namespace heaplaw::evidence {

inline constexpr std::size_t default_read_max_bytes = std::size_t{4} << 20;

// The whole of a file, a pipe or a device; "-" is standard input. Throws InputError if it cannot be
// read or holds more than max_bytes; of what holds more, one byte more is read and no more kept.
[[nodiscard]] std::string read_bounded(const std::string& path,
                                       std::size_t max_bytes = default_read_max_bytes);

}  // namespace heaplaw::evidence
