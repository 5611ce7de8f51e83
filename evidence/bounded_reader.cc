#include "evidence/bounded_reader.h"

#include <algorithm>

#include <fmt/format.h>

#include "vocabulary/input_error.h"

namespace heaplaw::evidence {

namespace {

constexpr std::size_t chunk_bytes = 64 * 1024;

}  // namespace

std::string read_bounded(const std::string& path, std::size_t max_bytes) {
  ByteSource file(path);
  std::string out;
  std::size_t size = 0;
  while (size <= max_bytes) {
    out.resize(size + std::min(chunk_bytes, max_bytes - size + 1));
    const std::size_t got = file.read(out.data() + size, out.size() - size);
    if (got == 0) break;
    size += got;
  }
  if (size > max_bytes) {
    throw InputError({.file = display_name(path)}, fmt::format("more than {} bytes", max_bytes),
                     "a smaller file");
  }
  out.resize(size);
  return out;
}

}  // namespace heaplaw::evidence
