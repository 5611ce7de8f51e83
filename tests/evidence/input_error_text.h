// The message of the InputError that an action throws.
#pragma once

#include <string>

#include "vocabulary/input_error.h"

namespace heaplaw::evidence {

template <typename Action>
[[nodiscard]] std::string input_error_text(Action action) {
  try {
    static_cast<void>(action());
  } catch (const InputError& error) {
    return error.what();
  }
  return "no error";
}

}  // namespace heaplaw::evidence
