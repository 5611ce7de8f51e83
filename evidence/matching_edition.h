// Which edition of sizeclasses.go a file looks like.
#pragma once

#include <string>
#include <vector>

#include "evidence/size_class_file.h"
#include "vocabulary/size_class_edition.h"

namespace heaplaw::evidence {

// One trait of the surface that is not as the edition prints it.
struct SurfaceDifference {
  std::string trait;  // "the banner"
  Place place;        // the file alone where the trait is missing
  std::string found;
  std::string expected;
};

struct EditionMatch {
  const SizeClassEdition* edition;
  std::vector<SurfaceDifference> differences;
};

// All editions, those with the fewest differences first. Editions with the same surface (4 to 6, 8
// and 9) are told apart by whether there is a class of 24 bytes and whether alignments exceed the
// page; where that does not decide (4 and 5), the newer comes first.
[[nodiscard]] std::vector<EditionMatch> matching_editions(const SizeClassFile& file);

// The best one if it has no differences; null otherwise.
[[nodiscard]] const SizeClassEdition* matching_edition(const SizeClassFile& file);

// "looks like the edition of Go 1.17 - 1.20", and the first difference if there are any.
[[nodiscard]] std::string describe(const EditionMatch& match);

}  // namespace heaplaw::evidence
