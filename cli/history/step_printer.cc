#include "cli/history/step_printer.h"

#include <nlohmann/json.hpp>

#include "vocabulary/operation_text.h"
#include "vocabulary/page_picture.h"

namespace heaplaw::cli {

namespace {

std::string describe(const MemStatsDifference& changed) {
  const bool grew = changed.actual > changed.expected;
  const std::uint64_t by =
      grew ? changed.actual - changed.expected : changed.expected - changed.actual;
  return fmt::format("{} {} ({}{})", changed.field, changed.actual, grew ? '+' : '-', by);
}

// Indented, and broken where a line would get long.
std::string paragraph(const std::vector<MemStatsDifference>& changes) {
  constexpr std::size_t width = 100;
  std::string text = "  ";
  std::size_t line = text.size();
  for (std::size_t i = 0; i < changes.size(); ++i) {
    const std::string word = describe(changes[i]) + (i + 1 < changes.size() ? "," : "");
    if (line + word.size() >= width) {
      text += "\n ";
      line = 1;
    }
    text += (i == 0 ? "" : " ") + word;
    line += word.size() + 1;
  }
  return text;
}

std::string indented(std::string_view lines) {
  std::string text;
  while (!lines.empty()) {
    const std::size_t end = std::min(lines.find('\n'), lines.size() - 1);
    text += "  ";
    text += lines.substr(0, end + 1);
    lines.remove_prefix(end + 1);
  }
  return text;
}

}  // namespace

void StepPrinter::show(const Step& step) {
  const MemStats stats = step.subject.mem_stats();
  PageMap map = step.subject.page_map();
  if (terminal_.json) {
    show_json(step, stats, map);
  } else {
    show_text(step, stats, map);
  }
  stats_ = stats;
  map_ = std::move(map);
}

void StepPrinter::show_text(const Step& step, const MemStats& stats, const PageMap& map) const {
  if (step.index == 0) terminal_.print("{}\n", picture_legend());
  terminal_.print("operation {}: {} -> {}\n", step.index, to_string(step.operation),
                  to_string(step.observation));
  const auto changes = differences(stats_, stats);
  terminal_.print("{}\n", changes.empty() ? "  counters as before" : paragraph(changes));
  terminal_.print("{}", map == map_ ? "  pages as before\n" : indented(picture(map)));
}

void StepPrinter::show_json(const Step& step, const MemStats& stats, const PageMap& map) const {
  nlohmann::ordered_json json = {{"index", step.index},
                                 {"operation", to_string(step.operation)},
                                 {"answer", to_string(step.observation)},
                                 {"changed", nlohmann::ordered_json::object()}};
  for (const MemStatsDifference& changed : differences(stats_, stats)) {
    json["changed"][changed.field] = {changed.expected, changed.actual};
  }
  if (map != map_) {
    json["pages"] = nlohmann::ordered_json::array();
    for (const PageRun& run : map.runs()) {
      json["pages"].push_back({{"start", fmt::format("{}", run.start)},
                               {"pages", run.length.raw()},
                               {"state", heaplaw::describe(run.state)}});
    }
  }
  terminal_.print("{}{}", step.index == 0 ? "\n" : ",\n", json.dump());
}

}  // namespace heaplaw::cli
