#include "evidence/peeked_stream.h"

#include <fmt/format.h>

#include "vocabulary/input_error.h"

namespace heaplaw::evidence {

PeekedStream::Buffer::Buffer(const std::string& path) : file_(path) {
  std::size_t size = 0;
  // A pipe gives what there is, which may be less than a line.
  while (size < bytes_.size()) {
    const std::size_t got = file_.read(bytes_.data() + size, bytes_.size() - size);
    if (got == 0) break;
    size += got;
  }
  setg(bytes_.data(), bytes_.data(), bytes_.data() + size);
}

std::streambuf::int_type PeekedStream::Buffer::underflow() {
  const std::size_t got = file_.read(bytes_.data(), bytes_.size());
  setg(bytes_.data(), bytes_.data(), bytes_.data() + got);
  return got == 0 ? traits_type::eof() : traits_type::to_int_type(bytes_[0]);
}

PeekedStream::PeekedStream(const std::string& path)
    : name_(display_name(path)), buffer_(path), stream_(&buffer_) {}

std::string PeekedStream::read_all(std::size_t max_bytes) {
  std::string out;
  while (stream_ && out.size() <= max_bytes) {
    const std::size_t size = out.size();
    out.resize(size + (std::size_t{64} << 10));
    stream_.read(out.data() + size, static_cast<std::streamsize>(out.size() - size));
    out.resize(size + static_cast<std::size_t>(stream_.gcount()));
  }
  if (stream_.bad()) throw InputError({.file = name_}, "a read error", "a readable file");
  if (out.size() > max_bytes) {
    throw InputError({.file = name_}, fmt::format("more than {} bytes", max_bytes),
                     "a smaller file");
  }
  return out;
}

}  // namespace heaplaw::evidence
