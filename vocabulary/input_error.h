// What every reader of foreign bytes throws: where, what stands there, what was expected.
#pragma once

#include <cstddef>
#include <stdexcept>
#include <string>
#include <string_view>

namespace heaplaw {

// Lines and columns count from 1, columns in bytes; 0 means that there is none.
struct Place {
  std::string file;  // "<stdin>" for standard input
  std::size_t line = 0;
  std::size_t column = 0;

  bool operator==(const Place&) const = default;
};

// "FILE:3:17", without the parts that are 0.
[[nodiscard]] std::string to_string(const Place& place);

// The text between quotes, cut to a length fit for a message, unprintable bytes escaped.
[[nodiscard]] std::string quote(std::string_view text);

// An input that cannot be read as what it should be. Prints as "FILE:3:17: found x, expected y".
class InputError : public std::runtime_error {
 public:
  InputError(Place place, std::string_view found, std::string_view expected);

  [[nodiscard]] const Place& place() const { return place_; }

 private:
  Place place_;
};

}  // namespace heaplaw
