// Why a real Go could not be asked.
#pragma once

#include <stdexcept>

namespace heaplaw::oracle {

// It is no Go, too old a one, does not build, dies: nothing that says anything about a model.
class GoError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace heaplaw::oracle
