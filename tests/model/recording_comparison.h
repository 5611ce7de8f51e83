// Lets the model live through a recording and holds it against what was recorded, by the rules of
// what a recording can tell. Only for tests of the model alone.
#pragma once

#include <string>
#include <vector>

#include "model/runtime.h"
#include "vocabulary/recording.h"

namespace heaplaw::model {

struct Comparison {
  std::size_t addresses = 0;
  std::size_t addresses_wrong = 0;
  std::string first_wrong_address;
  std::size_t fields = 0;
  std::vector<std::string> wrong_fields;
  std::size_t collections = 0;
  std::size_t released_exactly = 0;  // snapshots after free-os-memory that left no doubt
};

[[nodiscard]] Comparison compare_with_model(const Recording& recording);

// Whether MSpanInuse has the recorded differences for this guess.
[[nodiscard]] bool span_records_fit(const Recording& recording, StartGuess guess);

}  // namespace heaplaw::model
