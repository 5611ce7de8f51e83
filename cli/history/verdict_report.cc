#include "cli/history/verdict_report.h"

#include "cli/terminal.h"

namespace heaplaw::cli {

Counts counts_of(const oracle::JudgeCounts& counts) {
  return {{"operations", counts.operations},
          {"addresses", counts.addresses},
          {"snapshots", counts.snapshots},
          {"page maps", counts.page_maps},
          {"law evaluations", counts.all_law_evaluations()}};
}

Counts counts_of(const oracle::RecordingVerdict& verdict) {
  Counts counts = {{"addresses", verdict.addresses}, {"snapshots", verdict.snapshots}};
  for (const auto held :
       {oracle::Held::exact, oracle::Held::in_sum, oracle::Held::by_rule, oracle::Held::bounded}) {
    counts.emplace_back(fmt::format("fields {}", name_of(held)), verdict.fields_held(held));
  }
  counts.emplace_back("law evaluations", verdict.law_evaluations);
  return counts;
}

std::string describe(const Counts& counts) {
  std::string text;
  for (const auto& [what, times] : counts) {
    text += fmt::format("{}{} {}", text.empty() ? "" : ", ", grouped(times), what);
  }
  return text;
}

nlohmann::ordered_json to_json(const Counts& counts) {
  auto json = nlohmann::ordered_json::object();
  for (const auto& [what, times] : counts) json[what] = times;
  return json;
}

nlohmann::ordered_json to_json(const Divergence& divergence) {
  auto json = nlohmann::ordered_json::object();
  for (const auto& [name, value] : fields(divergence)) json[std::string(name)] = value;
  json["operation_index"] = divergence.operation_index;
  return json;
}

nlohmann::ordered_json to_json(const oracle::Verdict& verdict) {
  nlohmann::ordered_json json = {{"holds", verdict.holds()},
                                 {"counts", to_json(counts_of(verdict.counts))},
                                 {"unproved", verdict.unproved}};
  if (verdict.divergence) json["divergence"] = to_json(*verdict.divergence);
  return json;
}

nlohmann::ordered_json to_json(const oracle::RecordingVerdict& verdict) {
  nlohmann::ordered_json json = {{"holds", verdict.holds()},
                                 {"counts", to_json(counts_of(verdict))},
                                 {"fields", nlohmann::ordered_json::array()}};
  for (const oracle::FieldTally& tally : verdict.fields) {
    json["fields"].push_back({{"field", tally.field},
                              {"held", name_of(tally.held)},
                              {"compared", tally.compared},
                              {"slack", tally.slack}});
  }
  if (verdict.divergence) json["divergence"] = to_json(*verdict.divergence);
  return json;
}

}  // namespace heaplaw::cli
