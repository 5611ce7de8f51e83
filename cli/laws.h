// heaplaw laws: the book of laws.
#pragma once

#include "cli/terminal.h"

namespace heaplaw::cli {

struct LawsOptions {
  bool markdown = false;  // the form of docs/laws.md
};
Exit print_laws(const LawsOptions& options, const Terminal& terminal);

}  // namespace heaplaw::cli
