#include "cli/history/lineup.h"

#include <algorithm>
#include <iterator>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "model/runtime.h"
#include "oracle/naive/runtime.h"
#include "vocabulary/input_error.h"

namespace heaplaw::cli {

namespace {

// See corpus/recordings.
constexpr Release recorded_releases[] = {Release{19, 8}, Release{26, 0}};

}  // namespace

Subjects model_and_oracle(const Release& release, unsigned procs,
                          const std::optional<HeapStart>& start) {
  Subjects subjects;
  subjects.push_back(std::make_unique<oracle::NaiveRuntime>(release, procs, start));
  subjects.push_back(std::make_unique<model::Runtime>(release, procs, start));
  return subjects;
}

bool is_modelled(const Release& release) {
  try {
    (void)model_and_oracle(release, 1);
    return true;
  } catch (const std::invalid_argument&) {
    return false;
  }
}

std::span<const Release> modelled_releases() {
  static const std::vector<Release> releases = [] {
    std::vector<Release> known;
    std::ranges::copy_if(recorded_releases, std::back_inserter(known), is_modelled);
    return known;
  }();
  return releases;
}

void expect_modelled(const Release& release, const std::string& file) {
  if (is_modelled(release)) return;
  throw InputError({.file = file}, fmt::format("a history of {}", release),
                   fmt::format("one of a release whose heap is modelled: {}",
                               fmt::join(modelled_releases(), ", ")));
}

}  // namespace heaplaw::cli
