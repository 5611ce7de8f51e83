#include "cli/table/verify_report.h"

#include <algorithm>

#include "cli/table/source.h"

namespace heaplaw::cli {

namespace {

constexpr std::size_t shown_by_default = 20;

std::string line_for(const Inconsistency& i) {
  const std::string_view remark = i.strength == oracle::Strength::advisory ? ", advisory" : "";
  return fmt::format("{}: {}: found {}, expected {} ({}{})", to_string(i.place), i.what, i.found,
                     i.expected, i.rule, remark);
}

void report_parameters(const Verification& v, const Terminal& terminal) {
  const Inference& inference = v.inference;
  if (!inference.impossible.empty()) {
    terminal.print("{}: no table can have its parameters: {}\n", v.file, inference.impossible);
    return;
  }
  const char* const whose = inference.upstream ? "Go's own" : "never shipped by Go";
  terminal.print("{}: parameters ({}): {}\n", v.file, whose, describe(inference.parameters));
  if (inference.classes_differing == 0) {
    terminal.print("{}: its classes follow from these parameters\n", v.file);
  } else {
    const std::size_t n = inference.classes_differing;
    terminal.print("{}: {} of its classes {} not follow from these parameters\n", v.file, n,
                   n == 1 ? "does" : "do");
  }
}

}  // namespace

std::string name_of(const SizeClassEdition& edition) {
  return edition.shipped ? fmt::format("Go {}", edition.published)
                         : fmt::format("development snapshot at {}", edition.published);
}

void report(const Verification& v, bool all, const Terminal& terminal) {
  const std::string_view line_ends = v.had_crlf ? ", with CRLF line ends" : "";
  if (v.identical) {
    terminal.print("{}: {} {}, byte for byte{}\n", v.file, terminal.good("ok"),
                   name_of(*v.identical), line_ends);
    return;
  }
  const std::size_t shown =
      all ? v.inconsistencies.size() : std::min(v.inconsistencies.size(), shown_by_default);
  for (std::size_t i = 0; i < shown; ++i) terminal.print("{}\n", line_for(v.inconsistencies[i]));
  if (const std::size_t hidden = v.inconsistencies.size() - shown + v.left_out; hidden > 0) {
    terminal.print("{}: and {} more{}\n", v.file, hidden, all ? "" : "; --all shows them");
  }
  for (const std::string& note : v.notes) terminal.print("{}\n", note);
  for (const evidence::SurfaceDifference& d : v.surface) {
    terminal.print("{}: form: {} is {}, in {} it is {}\n", to_string(d.place), d.trait, d.found,
                   name_of(*v.closest), d.expected);
  }
  report_parameters(v, terminal);
  terminal.print("{}: {}, not byte for byte any edition{}; closest to {}\n", v.file,
                 v.consistent() ? terminal.good("consistent") : terminal.bad("INCONSISTENT"),
                 line_ends, name_of(*v.closest));
}

nlohmann::ordered_json to_json(const Verification& v) {
  nlohmann::ordered_json json = {
      {"file", v.file},
      {"identical_to", v.identical ? nlohmann::ordered_json(name_of(*v.identical)) : nullptr},
      {"closest_to", name_of(*v.closest)},
      {"consistent", v.consistent()},
      {"crlf", v.had_crlf},
      {"parameters", describe(v.inference.parameters)},
      {"upstream_parameters", v.inference.upstream},
      {"classes_not_following", v.inference.classes_differing},
      {"impossible", v.inference.impossible},
      {"comparisons", v.comparisons},
      {"left_out", v.left_out},
      {"notes", v.notes},
      {"form", nlohmann::ordered_json::array()},
      {"inconsistencies", nlohmann::ordered_json::array()}};
  for (const evidence::SurfaceDifference& d : v.surface) {
    json["form"].push_back({{"trait", d.trait},
                            {"line", d.place.line},
                            {"column", d.place.column},
                            {"found", d.found},
                            {"expected", d.expected}});
  }
  for (const Inconsistency& i : v.inconsistencies) {
    json["inconsistencies"].push_back({{"line", i.place.line},
                                       {"column", i.place.column},
                                       {"what", i.what},
                                       {"found", i.found},
                                       {"expected", i.expected},
                                       {"rule", i.rule},
                                       {"strength", oracle::name_of(i.strength)}});
  }
  return json;
}

}  // namespace heaplaw::cli
