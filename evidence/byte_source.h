// A file, a pipe or a device, read in pieces.
#pragma once

#include <cstddef>
#include <string>

namespace heaplaw::evidence {

// Closes what it opened; standard input stays open.
class ByteSource {
 public:
  // "-" is standard input. Throws InputError if the path cannot be opened.
  explicit ByteSource(const std::string& path);
  ~ByteSource();
  ByteSource(const ByteSource&) = delete;
  ByteSource& operator=(const ByteSource&) = delete;

  // Up to `size` bytes; 0 at the end. Throws InputError for a read error.
  [[nodiscard]] std::size_t read(char* to, std::size_t size);
  // What messages call it: "<stdin>" for "-".
  [[nodiscard]] const std::string& name() const { return name_; }

 private:
  std::string name_;
  bool owned_;
  int fd_;
};

// What messages call the path: "<stdin>" for "-".
[[nodiscard]] std::string display_name(const std::string& path);

}  // namespace heaplaw::evidence
