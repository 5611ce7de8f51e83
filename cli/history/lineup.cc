#include "cli/history/lineup.h"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "model/modelled_releases.h"
#include "model/runtime.h"
#include "oracle/naive/known_releases.h"
#include "oracle/naive/runtime.h"
#include "vocabulary/input_error.h"

namespace heaplaw::cli {

Subjects model_and_oracle(const Release& release, unsigned procs,
                          const std::optional<HeapStart>& start) {
  Subjects subjects;
  subjects.push_back(std::make_unique<oracle::NaiveRuntime>(release, procs, start));
  subjects.push_back(std::make_unique<model::Runtime>(release, procs, start));
  return subjects;
}

bool is_modelled(const Release& release) {
  return model::is_modelled(release) && oracle::naive_knows(release);
}

std::span<const Release> modelled_releases() {
  static const std::vector<Release> releases = [] {
    std::vector<Release> both;
    for (const Release& line : model::modelled_lines()) {
      for (const Release& known : oracle::naive_lines()) {
        if (known.minor() == line.minor()) both.push_back(std::max(known, line));
      }
    }
    return both;
  }();
  return releases;
}

void expect_modelled(const Release& release, const std::string& file) {
  if (is_modelled(release)) return;
  throw InputError({.file = file}, fmt::format("a history of {}", release),
                   fmt::format("one of a release whose heap is modelled: {}, or later patches",
                               fmt::join(modelled_releases(), ", ")));
}

}  // namespace heaplaw::cli
