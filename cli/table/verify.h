// Is this sizeclasses.go what it claims to be? Compared with every edition that ever existed, with
// the laws of the oracle, and with what the model computes from the parameters that it implies.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "cli/table/infer.h"
#include "evidence/matching_edition.h"
#include "oracle/laws/law.h"
#include "vocabulary/input_error.h"
#include "vocabulary/size_class_edition.h"

namespace heaplaw::cli {

struct Inconsistency {
  Place place;
  std::string what;  // "max waste of class 5"
  std::string found;
  std::string expected;
  std::string rule;  // a law's id, or "computed" where only the algorithm says otherwise
  oracle::Strength strength = oracle::Strength::exact;
};

struct Verification {
  std::string file;
  const SizeClassEdition* identical = nullptr;  // byte for byte, line ends apart
  const SizeClassEdition* closest = nullptr;    // the edition whose form is nearest
  bool had_crlf = false;
  Inference inference;
  std::vector<Inconsistency> inconsistencies;        // in the order of the text
  std::size_t left_out = 0;                          // beyond the first hundred of each law
  std::vector<evidence::SurfaceDifference> surface;  // from the closest edition; no inconsistency
  std::vector<std::string> notes;
  std::size_t comparisons = 0;  // made by laws and by comparing with what was computed

  [[nodiscard]] bool consistent() const;  // advisory findings apart
};

// Throws InputError where the text cannot be read as a table at all.
[[nodiscard]] Verification verify(std::string_view text, const std::string& file);

// The text of an edition as the model regenerates it, computed once.
[[nodiscard]] const std::string& edition_text(const SizeClassEdition& edition);

}  // namespace heaplaw::cli
