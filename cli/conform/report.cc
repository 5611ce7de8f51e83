#include "cli/conform/report.h"

#include <array>

#include "properties/recordable_traces.h"
#include "vocabulary/mem_stats.h"

namespace heaplaw::cli {

namespace {

using oracle::Held;

constexpr std::array holds = {Held::exact, Held::in_sum, Held::by_rule, Held::bounded};
constexpr std::size_t operations_printed = 40;

void print_row(std::string_view name, const ConformTally& tally, const Terminal& terminal) {
  terminal.print(
      "{:<8} {:>6} {:>11} {:>10} {:>9} {:>10} {:>7} {:>8} {:>8}\n", name, grouped(tally.traces),
      grouped(tally.operations), grouped(tally.addresses), grouped(tally.snapshots),
      grouped(tally.fields_held(Held::exact)), grouped(tally.fields_held(Held::in_sum)),
      grouped(tally.fields_held(Held::by_rule)), grouped(tally.fields_held(Held::bounded)));
}

void print_table(const ConformResult& result, const Terminal& terminal) {
  terminal.print("{:<8} {:>6} {:>11} {:>10} {:>9} {:>10} {:>7} {:>8} {:>8}\n", "kind", "traces",
                 "operations", "addresses", "snapshots", "exact", "in sum", "by rule", "bounded");
  for (std::size_t kind = 0; kind < result.by_kind.size(); ++kind) {
    print_row(properties::trace_kinds()[kind].name, result.by_kind[kind], terminal);
  }
  print_row("all", result.sum(), terminal);
}

// The largest difference between a bounded field and the model's, and the kind it was seen in.
void print_slack(const ConformResult& result, const Terminal& terminal) {
  std::string line;
  for (const MemStatsField& field : mem_stats_fields()) {
    std::uint64_t most = 0;
    std::string_view where;
    for (std::size_t kind = 0; kind < result.by_kind.size(); ++kind) {
      const auto slack = result.by_kind[kind].slack_of(field.name);
      if (!slack || *slack <= most) continue;
      most = *slack;
      where = properties::trace_kinds()[kind].name;
    }
    if (most == 0) continue;
    line += fmt::format("{}{} {} ({})", line.empty() ? "" : ", ", field.name, grouped(most), where);
  }
  if (!line.empty()) terminal.print("bounded fields, largest difference: {}\n", line);
}

void print_partings(const Incident& incident, const Terminal& terminal) {
  for (const Parting& parting : incident.trial.partings) {
    terminal.print("    {}: {}\n", name_of(parting.party), summary(parting.divergence));
  }
}

void print_wrong(const Incident& incident, const Terminal& terminal) {
  terminal.print("{} seed {}: {} in {} of {} recordings\n", incident.kind, incident.seed,
                 terminal.bad("parts from the real Go"), incident.trial.partings.size(),
                 incident.trial.recordings);
  print_partings(incident, terminal);
  if (!incident.shrunk) {
    terminal.print("    not seen again while shrinking\n");
    return;
  }
  const auto& operations = incident.shrunk->operations;
  terminal.print("    shrunk against the real process to {} operations: {}\n", operations.size(),
                 incident.shrunk_summary);
  if (operations.size() <= operations_printed) terminal.print("{}", print(*incident.shrunk));
}

void print_disturbed(const Incident& incident, const Terminal& terminal) {
  const std::size_t recordings = incident.trial.recordings;
  terminal.print("{} seed {}: disturbed, {} of {} recordings agree\n", incident.kind, incident.seed,
                 recordings - incident.trial.partings.size(), recordings);
  print_partings(incident, terminal);
}

nlohmann::ordered_json to_json(const ConformTally& tally) {
  nlohmann::ordered_json json = {{"traces", tally.traces},
                                 {"operations", tally.operations},
                                 {"addresses", tally.addresses},
                                 {"snapshots", tally.snapshots},
                                 {"law_evaluations", tally.law_evaluations},
                                 {"fields", nlohmann::ordered_json::object()},
                                 {"slack", nlohmann::ordered_json::object()}};
  for (const Held how : holds) json["fields"][std::string(name_of(how))] = tally.fields_held(how);
  for (const oracle::FieldTally& field : tally.fields) {
    if (field.held == Held::bounded) json["slack"][std::string(field.field)] = field.slack;
  }
  return json;
}

nlohmann::ordered_json to_json(const Incident& incident) {
  nlohmann::ordered_json json = {{"kind", incident.kind},
                                 {"seed", incident.seed},
                                 {"recordings", incident.trial.recordings},
                                 {"partings", nlohmann::ordered_json::array()}};
  for (const Parting& parting : incident.trial.partings) {
    json["partings"].push_back(
        {{"party", name_of(parting.party)}, {"summary", summary(parting.divergence)}});
  }
  if (incident.shrunk) json["shrunk"] = print(*incident.shrunk);
  return json;
}

}  // namespace

void print_report(const ConformHeading& heading, const ConformResult& result,
                  const Terminal& terminal) {
  terminal.print("{} ({}), recorder built in {:.1f} s\n", heading.release, heading.go,
                 heading.build_seconds);
  print_table(result, terminal);
  print_slack(result, terminal);
  for (const Incident& incident : result.disturbed) print_disturbed(incident, terminal);
  for (const Incident& incident : result.wrong) print_wrong(incident, terminal);
  if (result.disturbed_runs != 0) {
    terminal.print("{} runs were thrown away, since the runtime allocated for itself\n",
                   grouped(result.disturbed_runs));
  }
  const std::string verdict = result.holds() ? terminal.good("model and oracle do what it did")
                              : result.wrong.empty() ? terminal.bad("nothing was compared")
                                                     : terminal.bad("somebody is wrong");
  terminal.print("seed {}, {:.1f} s{}: {}\n", heading.seed, heading.seconds,
                 heading.interrupted ? ", interrupted" : "", verdict);
}

nlohmann::ordered_json to_json(const ConformHeading& heading, const ConformResult& result) {
  nlohmann::ordered_json json = {{"holds", result.holds()},
                                 {"release", heading.release.name()},
                                 {"go", heading.go},
                                 {"seed", heading.seed},
                                 {"seconds", heading.seconds},
                                 {"interrupted", heading.interrupted},
                                 {"disturbed_runs", result.disturbed_runs},
                                 {"all", to_json(result.sum())},
                                 {"kinds", nlohmann::ordered_json::object()},
                                 {"wrong", nlohmann::ordered_json::array()},
                                 {"disturbed", nlohmann::ordered_json::array()}};
  for (std::size_t kind = 0; kind < result.by_kind.size(); ++kind) {
    json["kinds"][std::string(properties::trace_kinds()[kind].name)] =
        to_json(result.by_kind[kind]);
  }
  for (const Incident& incident : result.wrong) json["wrong"].push_back(to_json(incident));
  for (const Incident& incident : result.disturbed) json["disturbed"].push_back(to_json(incident));
  return json;
}

}  // namespace heaplaw::cli
