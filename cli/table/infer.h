// Which parameters a table was computed from, when only the table is at hand.
#pragma once

#include <string>

#include "vocabulary/size_class_table.h"

namespace heaplaw::cli {

struct Inference {
  SizeClassParameters parameters;
  std::size_t classes_differing = 0;  // from the table that the parameters give
  std::string impossible;             // why no parameters could be computed from; else empty
  bool upstream = false;              // some Go release had these parameters
};

// Takes what the table's constants and shape say, tries the two choices that leave no other trace
// (where the step becomes 16, whether classes grow), and keeps what differs least.
[[nodiscard]] Inference infer_parameters(const SizeClassTable& table);

}  // namespace heaplaw::cli
