// Results that are written to a file: complete or not at all, and never over something else.
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>

namespace heaplaw::cli {

// A file that cannot be made. Prints as "PATH: found ..., expected ...".
class OutputError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// Throws OutputError where write_new_file would surely fail: something has the name already, or its
// folder is missing or closed to this user. For before the work.
void expect_new_file(const std::string& path);

// The name appears with the whole text behind it. Throws OutputError; then there is no new file.
void write_new_file(const std::string& path, std::string_view text);

}  // namespace heaplaw::cli
