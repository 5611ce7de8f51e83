#include "cli/explain/explain.h"

#include <algorithm>
#include <charconv>
#include <memory>
#include <stdexcept>
#include <utility>

#include "cli/audit/scan_file.h"
#include "cli/explain/explain_report.h"
#include "cli/explain/ledger_picture.h"
#include "cli/new_file.h"
#include "cli/number.h"
#include "evidence/byte_source.h"
#include "evidence/evidence_reader.h"
#include "oracle/tables/documented.h"
#include "vocabulary/release_facts.h"

namespace heaplaw::cli {

namespace {

using evidence::ProcessSettings;

constexpr std::int64_t gogc_max = 1'000'000'000;
constexpr auto replace_bad_bytes = nlohmann::json::error_handler_t::replace;

// What the options say, once read.
struct Settings {
  std::optional<std::uint64_t> rss, virt;
  std::optional<ReleaseSpan> releases;
  ProcessSettings process;
  std::optional<std::uint64_t> live;
  std::uint64_t snapshot = 0;  // 0: the newest
};

std::int64_t parse_gogc(const std::string& text) {
  if (text == "off") return -1;
  std::int64_t value = 0;
  const char* const end = text.data() + text.size();
  const auto [read_to, error] = std::from_chars(text.data(), end, value);
  if (error != std::errc{} || read_to != end || value > gogc_max) {
    throw std::invalid_argument(fmt::format(
        "--gogc: found {}, expected off or a percentage up to {}", quote(text), gogc_max));
  }
  return value;
}

Settings settings_of(const LedgerOptions& options) {
  Settings settings;
  if (!options.rss.empty()) settings.rss = parse_bytes(options.rss, "--rss");
  if (!options.virt.empty()) settings.virt = parse_bytes(options.virt, "--virt");
  if (!options.live.empty()) settings.live = parse_bytes(options.live, "--live");
  if (!options.limit.empty()) settings.process.limit = parse_bytes(options.limit, "--limit");
  if (!options.gogc.empty()) settings.process.gogc = parse_gogc(options.gogc);
  if (!options.release.empty()) {
    const Release release = Release::parse(options.release);
    (void)facts_of(release);  // throws for one that is not known
    settings.releases = ReleaseSpan::of(release);
  }
  if (!options.snapshot.empty()) settings.snapshot = parse_number(options.snapshot, "--snapshot");
  if (!options.snapshot.empty() && settings.snapshot == 0) {
    throw std::invalid_argument("--snapshot: found '0', expected a number from 1");
  }
  return settings;
}

// Of the newest release that can have printed it: classes have changed little (SC spec).
evidence::SlotTable slots_of(const ReleaseSpan& releases) {
  const ReleaseFacts facts =
      facts_of(Release{releases.empty() ? newest_release.minor() : releases.last});
  const auto& table = oracle::documented_table_with(facts.size_classes);
  return {.classes = {table.classes.begin(), table.classes.end()},
          .page_size = facts.size_classes.page_size,
          .has_tiny_blocks = facts.tiny != TinyRule::absent,
          .has_headers = facts.malloc_header,
          .has_span_metadata = facts.heap_bitmap_in_span};
}

Explained explain_moment(const std::string& file, Moment&& moment, const Settings& settings) {
  evidence::Observation observation{.figures = std::move(moment.figures),
                                    .settings = settings.process,
                                    .rss = settings.rss,
                                    .virt = settings.virt,
                                    .inuse_peak = moment.inuse_peak};
  evidence::Figures& figures = observation.figures;
  if (settings.live) figures.sampled_live = evidence::Bounds::exactly(*settings.live);
  if (settings.releases) {
    const ReleaseSpan both = figures.releases.intersected(*settings.releases);
    if (both.empty()) {
      throw InputError({.file = file, .line = moment.line},
                       fmt::format("figures that Go {} prints", to_string(figures.releases)),
                       fmt::format("those of Go {}", to_string(*settings.releases)));
    }
    figures.releases = both;
  }
  observation.contradictions = settle(figures);
  observation.slots = slots_of(figures.releases);
  evidence::Ledger ledger = ledger_of(observation);
  auto findings = findings_of(observation, ledger);
  return {.file = file,
          .moment = std::move(moment),
          .observation = std::move(observation),
          .ledger = std::move(ledger),
          .findings = std::move(findings)};
}

// Hands over the moments that are meant: all, or the chosen one, or the newest.
class Choice {
 public:
  Choice(const LedgerOptions& options, const Settings& settings, std::function<void(Moment&&)> each)
      : options_(options), chosen_(settings.snapshot), each_(std::move(each)) {}

  void take(Moment&& moment) {
    if (moment.process.find(options_.process) == std::string::npos) return;
    if (options_.all) {
      ++given_;
      each_(std::move(moment));
    } else if (chosen_ == 0 || moment.number == chosen_) {
      kept_ = std::move(moment);
    }
  }
  // How many were handed over.
  std::uint64_t finish() {
    if (kept_) {
      ++given_;
      each_(std::move(*kept_));
    }
    return given_;
  }

 private:
  const LedgerOptions& options_;
  std::uint64_t chosen_;
  std::function<void(Moment&&)> each_;
  std::optional<Moment> kept_;
  std::uint64_t given_ = 0;
};

[[noreturn]] void fail_without_moment(const std::string& file, const Moments& moments,
                                      const LedgerOptions& options) {
  if (moments.count() > 0) {
    throw InputError({.file = file}, fmt::format("{} snapshots", moments.count()),
                     options.process.empty() ? "snapshot " + options.snapshot
                                             : "one of a process " + quote(options.process));
  }
  throw InputError(
      {.file = file, .line = moments.refused_line()},
      moments.refused().empty() ? "no figures of Go's memory" : moments.refused(),
      "a heap profile with its MemStats, MemStats in any form, a metrics page, gctrace");
}

}  // namespace

bool Explained::fails() const {
  return !observation.contradictions.empty() && observation.figures.stopped_world;
}

std::uint64_t parse_bytes(std::string_view text, std::string_view what) {
  static constexpr std::pair<std::string_view, unsigned> units[] = {
      {"KiB", 10}, {"MiB", 20}, {"GiB", 30}, {"TiB", 40}, {"B", 0}, {"", 0}};
  double value = 0;
  std::uint64_t whole = 0;
  const char* const end = text.data() + text.size();
  const auto exact = std::from_chars(text.data(), end, whole);
  const auto read = std::from_chars(text.data(), end, value, std::chars_format::fixed);
  std::string_view unit(read.ptr, static_cast<std::size_t>(end - read.ptr));
  while (unit.starts_with(' ')) unit.remove_prefix(1);
  for (const auto& [name, shift] : units) {
    if (read.ec != std::errc{} || unit != name || text.starts_with('-')) continue;
    const bool is_whole = exact.ec == std::errc{} && exact.ptr == read.ptr;
    if (is_whole && whole <= ~std::uint64_t{0} >> shift) return whole << shift;
    const double bytes = value * static_cast<double>(std::uint64_t{1} << shift);
    if (!is_whole && shift > 0 && bytes < 1.8e19) return static_cast<std::uint64_t>(bytes);
  }
  throw std::invalid_argument(fmt::format(
      "{}: found {}, expected bytes: 13743895347, 77632KiB, 12.8GiB", what, quote(text)));
}

Exit explain_ledger(const LedgerOptions& options, const Terminal& terminal) {
  const Settings settings = settings_of(options);
  for (const std::string& path : {options.svg, options.html}) {
    if (!path.empty()) expect_new_file(path);
  }
  const std::string file = evidence::display_name(options.file);
  Exit exit = Exit::holds;
  std::optional<Explained> last;
  Choice choice(options, settings, [&](Moment&& moment) {
    Explained explained = explain_moment(file, std::move(moment), settings);
    if (explained.fails()) exit = Exit::violated;
    if (terminal.json) {
      // Written as they come: a log may hold any number of them.
      if (options.all) terminal.print("{}\n", last ? "," : "[");
      terminal.print("{}\n", to_json(explained).dump(2, ' ', false, replace_bad_bytes));
    } else {
      report(explained, terminal);
    }
    last = std::move(explained);
  });
  Moments moments([&](Moment&& moment) { choice.take(std::move(moment)); });
  evidence::EvidenceReader reader(moments);
  scan_file(options.file, {}, [&](const evidence::EvidenceBlock& block) { reader.take(block); });
  reader.finish();
  if (choice.finish() == 0) fail_without_moment(file, moments, options);
  if (terminal.json && options.all) terminal.print("]\n");
  if (!options.svg.empty()) write_new_file(options.svg, svg_of(*last));
  if (!options.html.empty()) write_new_file(options.html, html_of(*last));
  return exit;
}

void add_explain_command(CLI::App& app, Action& action) {
  CLI::App* command = app.add_subcommand(
      "explain", "Where a Go process's memory is, from RSS down to live bytes, and why");
  auto options = std::make_shared<LedgerOptions>();
  command->add_option("FILE", options->file, "Any format that audit reads; - is standard input")
      ->required();
  command->add_option("--rss", options->rss, "Resident memory at that moment: 12.8GiB, 77632KiB");
  command->add_option("--virt", options->virt, "Address space, likewise");
  command->add_option("--live", options->live, "What pprof calls in use, where FILE is no profile");
  command->add_option("--release", options->release, "The program's Go release");
  command->add_option("--gogc", options->gogc, "GOGC, or off; 100 is taken");
  command->add_option("--limit", options->limit, "GOMEMLIMIT");
  command->add_option("--snapshot", options->snapshot, "Which, from 1; the newest is taken");
  command->add_option("--process", options->process, "Only those with this in their labels");
  command->add_flag("--all", options->all, "Every snapshot");
  command->add_option("--svg", options->svg, "Draw the last one into a new file");
  command->add_option("--html", options->html,
                      "A page with picture, ledger and findings: a new file");
  command->footer(
      "Exit status 1: the figures of one moment contradict each other; heaplaw audit says more.\n"
      "Example: curl -s localhost:6060/debug/pprof/heap?debug=1 | heaplaw explain - --rss 12.8GiB");
  command->callback([options, &action] {
    action = [options](const Terminal& terminal) { return explain_ledger(*options, terminal); };
  });
}

}  // namespace heaplaw::cli
