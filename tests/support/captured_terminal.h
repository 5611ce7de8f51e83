// A terminal whose output a test can read.
#pragma once

#include <sstream>
#include <string>

#include "cli/terminal.h"

namespace heaplaw::cli {

struct CapturedTerminal {
  std::ostringstream out, err;
  Terminal terminal{.out = out, .err = err};

  explicit CapturedTerminal(bool json = false) { terminal.json = json; }
};

}  // namespace heaplaw::cli
