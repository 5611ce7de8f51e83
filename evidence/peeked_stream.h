// A foreign file of any length as a stream whose beginning is known before anybody reads it: what
// kind of file it is must be found out by content, and a pipe cannot be rewound.
#pragma once

#include <array>
#include <cstddef>
#include <istream>
#include <streambuf>
#include <string>
#include <string_view>

#include "evidence/byte_source.h"

namespace heaplaw::evidence {

class PeekedStream {
 public:
  // "-" is standard input. Throws InputError.
  explicit PeekedStream(const std::string& path);

  // The first bytes: 64 KiB of them, or the whole of a shorter file. Gone once somebody has read.
  [[nodiscard]] std::string_view beginning() const { return buffer_.filled(); }
  // Reads all, the beginning as well. A read that fails sets badbit.
  [[nodiscard]] std::istream& stream() { return stream_; }
  // The rest, if it has no more than max_bytes. Throws InputError.
  [[nodiscard]] std::string read_all(std::size_t max_bytes);

  // For messages.
  [[nodiscard]] const std::string& name() const { return name_; }

 private:
  class Buffer final : public std::streambuf {
   public:
    explicit Buffer(const std::string& path);
    [[nodiscard]] std::string_view filled() const { return {gptr(), egptr()}; }

   protected:
    int_type underflow() override;

   private:
    ByteSource file_;
    std::array<char, std::size_t{64} << 10> bytes_;
  };

  std::string name_;
  Buffer buffer_;
  std::istream stream_;
};

}  // namespace heaplaw::evidence
