#include "cli/top/top.h"

#include <memory>
#include <optional>

#include <nlohmann/json.hpp>

#include "cli/number.h"
#include "evidence/byte_source.h"
#include "evidence/explanation/findings.h"
#include "evidence/heap_profile.h"
#include "evidence/peeked_stream.h"
#include "evidence/profile_top.h"
#include "vocabulary/line_reader.h"

namespace heaplaw::cli {

namespace {

using evidence::FunctionShare;
using evidence::ProfileMeasure;
using evidence::ProfileTop;

const ProfileMeasure& measure_of(const TopOptions& options) {
  if (options.alloc_space) return evidence::profile_measures[1];
  if (options.inuse_objects) return evidence::profile_measures[2];
  if (options.alloc_objects) return evidence::profile_measures[3];
  return evidence::profile_measures[0];
}

std::string amount(const ProfileMeasure& measure, std::int64_t value) {
  const std::uint64_t size =
      value < 0 ? -static_cast<std::uint64_t>(value) : static_cast<std::uint64_t>(value);
  return (value < 0 ? "-" : "") + (measure.bytes ? evidence::human_bytes(size) : grouped(size));
}

double percent(std::int64_t part, std::int64_t whole) {
  return whole == 0 ? 0 : 100 * static_cast<double>(part) / static_cast<double>(whole);
}

void print_text(const ProfileTop& top, const ProfileMeasure& measure,
                const std::vector<FunctionShare>& shares, std::size_t all,
                const Terminal& terminal) {
  terminal.print("{}: {} in {} records, {} of {} functions\n", measure.name,
                 amount(measure, top.total()), top.records(), shares.size(), all);
  terminal.print("{:>12}  {:>6}  {:>6}  {:>12}  {:>6}\n", "flat", "flat%", "sum%", "cum", "cum%");
  std::int64_t sum = 0;
  for (const FunctionShare& share : shares) {
    sum += share.flat;
    terminal.print("{:>12}  {:>5.2f}%  {:>5.2f}%  {:>12}  {:>5.2f}%  {}\n",
                   amount(measure, share.flat), percent(share.flat, top.total()),
                   percent(sum, top.total()), amount(measure, share.cum),
                   percent(share.cum, top.total()), share.function);
  }
}

nlohmann::ordered_json to_json(const std::string& file, const ProfileTop& top,
                               const ProfileMeasure& measure,
                               const std::vector<FunctionShare>& shares) {
  nlohmann::ordered_json json = {{"file", file},
                                 {"measure", measure.name},
                                 {"unit", measure.bytes ? "bytes" : "objects"},
                                 {"total", top.total()},
                                 {"records", top.records()},
                                 {"functions", nlohmann::ordered_json::array()}};
  for (const FunctionShare& share : shares) {
    json["functions"].push_back(
        {{"function", share.function}, {"flat", share.flat}, {"cum", share.cum}});
  }
  return json;
}

// Far more than any program has; a hostile file is refused before it fills memory.
constexpr std::size_t functions_max = 1'000'000;

ProfileTop read_top(const std::string& path, const ProfileMeasure& measure) {
  evidence::PeekedStream file(path);
  if (file.beginning().starts_with("\x1f\x8b")) {
    throw InputError({.file = file.name()}, "a gzipped profile",
                     "the text of /debug/pprof/heap?debug=1");
  }
  LineReader lines(file.stream(), file.name(), evidence::profile_line_max);
  ProfileTop top(measure, 0);
  (void)evidence::read_heap_profile(
      lines,
      [&](const evidence::ProfileHeader& header) {
        top = ProfileTop(measure, header.twice_rate / 2);
      },
      [&](evidence::ProfileRecord&& record) {
        top.add(record);
        if (top.functions() > functions_max) {
          throw InputError(lines.place(), "more functions",
                           fmt::format("at most {}", functions_max));
        }
      });
  return top;
}

}  // namespace

Exit top(const TopOptions& options, const Terminal& terminal) {
  const ProfileMeasure& measure = measure_of(options);
  const std::uint64_t count = parse_number(options.count, "--count");
  const ProfileTop top = read_top(options.file, measure);
  std::vector<FunctionShare> shares = top.sorted(options.cum);
  const std::size_t all = shares.size();
  if (count != 0 && count < all) shares.resize(count);
  if (terminal.json) {
    terminal.print("{}\n", to_json(evidence::display_name(options.file), top, measure, shares)
                               .dump(2, ' ', false, nlohmann::json::error_handler_t::replace));
  } else {
    print_text(top, measure, shares, all, terminal);
  }
  return Exit::holds;
}

void add_top_command(CLI::App& app, Action& action) {
  CLI::App* command =
      app.add_subcommand("top", "Which functions a heap profile charges, as pprof estimates it");
  auto options = std::make_shared<TopOptions>();
  command->add_option("FILE", options->file, "A heap profile as text; - is standard input")
      ->required();
  CLI::Option_group* const measures = command->add_option_group("measure", "What is counted");
  measures->add_flag("--inuse-space", options->inuse_space, "Live bytes; this is the default");
  measures->add_flag("--alloc-space", options->alloc_space, "All bytes ever allocated");
  measures->add_flag("--inuse-objects", options->inuse_objects, "Live objects");
  measures->add_flag("--alloc-objects", options->alloc_objects, "All objects ever allocated");
  measures->require_option(0, 1);
  command->add_flag("--cum", options->cum, "Sort by what was allocated below a function");
  command->add_option("--count", options->count, "How many functions; 0 is all");
  command->footer(
      "Samples become estimates one record at a time: 1 / (1 - exp(-size/rate)).\n"
      "Example: curl -s localhost:6060/debug/pprof/heap?debug=1 | heaplaw top - --count 10");
  command->callback([options, &action] {
    action = [options](const Terminal& terminal) { return top(*options, terminal); };
  });
}

}  // namespace heaplaw::cli
