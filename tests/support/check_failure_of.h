// What a broken promise says, for tests that plant a fault and want it found by the check that they
// mean.
#pragma once

#include <string>
#include <utility>

#include "vocabulary/check.h"

namespace heaplaw {

// The message of the CheckFailure that the call throws, or a text that no message contains.
template <typename Call>
std::string check_failure_of(Call&& call) {
  try {
    (void)std::forward<Call>(call)();
  } catch (const CheckFailure& failure) {
    return failure.what();
  }
  return "(nothing was found)";
}

}  // namespace heaplaw
