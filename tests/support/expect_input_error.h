// Pins the whole message of a refused input, place included.
#pragma once

#include <string>
#include <utility>

#include <gtest/gtest.h>

#include "vocabulary/input_error.h"

namespace heaplaw {

// The message of the InputError that the call throws, or a text that no message equals.
template <typename Call>
std::string input_error_of(Call&& call) {
  try {
    (void)std::forward<Call>(call)();
  } catch (const InputError& error) {
    return error.what();
  }
  return "(no error)";
}

}  // namespace heaplaw
