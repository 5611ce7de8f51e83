// An opened file, or standard input, of which nothing is known.
#pragma once

#include <cstddef>
#include <string>

namespace heaplaw::evidence {

// Closes what it opened; standard input stays open.
class Descriptor {
 public:
  // "-" is standard input. Throws InputError.
  explicit Descriptor(const std::string& path);
  ~Descriptor();
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;

  // At least one byte and at most `size` of them; 0 at the end. Throws InputError.
  [[nodiscard]] std::size_t read(char* to, std::size_t size);

 private:
  std::string path_;
  bool owned_;
  int fd_;
};

// What messages call the path: "<stdin>" for "-".
[[nodiscard]] std::string display_name(const std::string& path);

}  // namespace heaplaw::evidence
