#include "cli/explain/explain_report.h"

#include <algorithm>

#include "vocabulary/release_span.h"

namespace heaplaw::cli {

namespace {

using evidence::Bounds;
using evidence::human_bytes;
using evidence::LedgerLine;

std::string exact(const Bounds& bounds) {
  if (bounds.exact()) return grouped(bounds.lower);
  if (bounds.upper == Bounds::unbounded) return grouped(bounds.lower) + " or more";
  return grouped(bounds.lower) + " to " + grouped(bounds.upper);
}

std::string remedies_of(const LedgerLine& line) {
  std::string out;
  for (const evidence::Remedy remedy : line.text().remedies) {
    out += (out.empty() ? "" : ", or ") + std::string(name_of(remedy));
  }
  return out;
}

// Columns are as wide as their widest cell, so that figures stand below each other.
struct Row {
  std::string title, size, bytes, rule;
};
Row row_of(const LedgerLine& line) {
  const evidence::PartText& text = line.text();
  Row row{.title = std::string(2 * text.depth, ' ') + (text.aside ? "(" : "") +
                   std::string(text.title) + (text.aside ? ")" : ""),
          .size = human(line.bytes),
          .bytes = exact(line.bytes),
          .rule = fmt::format("{} [{}]", text.rule, text.source)};
  if (!line.note.empty()) row.rule += "; " + line.note;
  const std::string remedies = remedies_of(line);
  if (!remedies.empty()) row.rule += "; goes away by " + remedies;
  return row;
}

void report_ledger(const evidence::Ledger& ledger, const Terminal& terminal) {
  std::vector<Row> rows;
  std::size_t title = 0;
  std::size_t size = 0;
  std::size_t bytes = 0;
  for (const LedgerLine& line : ledger.lines) {
    rows.push_back(row_of(line));
    title = std::max(title, rows.back().title.size());
    size = std::max(size, rows.back().size.size());
    bytes = std::max(bytes, rows.back().bytes.size());
  }
  for (const Row& row : rows) {
    terminal.print("  {:<{}}  {:>{}}  {:>{}}  {}\n", row.title, title, row.size, size, row.bytes,
                   bytes, row.rule);
  }
}

nlohmann::ordered_json number_or_null(const std::optional<std::uint64_t>& number) {
  return number ? nlohmann::ordered_json(*number) : nlohmann::ordered_json(nullptr);
}

}  // namespace

std::string human(const Bounds& bounds) {
  if (bounds.exact()) return human_bytes(bounds.lower);
  if (bounds.upper == Bounds::unbounded) return "at least " + human_bytes(bounds.lower);
  return human_bytes(bounds.lower) + " to " + human_bytes(bounds.upper);
}

void report(const Explained& e, const Terminal& terminal) {
  terminal.print(
      "{}:{}: {}{}{}, snapshot {}, Go {}{}\n", e.file, e.moment.line, e.moment.form,
      e.moment.process.empty() ? "" : " of ", e.moment.process, e.moment.number,
      to_string(e.observation.figures.releases),
      e.moment.max_rss ? ", RSS at most " + human_bytes(*e.moment.max_rss) + " so far" : "");
  report_ledger(e.ledger, terminal);
  for (const evidence::Finding& finding : e.findings) {
    const evidence::FindingRule& rule = *finding.rule;
    terminal.print("{}: {}\n  evidence: {}\n  refuted by: {}\n  remedy: {}\n  source: {}\n",
                   e.fails() && rule.id == "figures-contradict" ? terminal.bad(rule.id)
                                                                : terminal.good(rule.id),
                   rule.title, finding.evidence, rule.refuted_by, rule.remedy, rule.source);
  }
}

nlohmann::ordered_json to_json(const Explained& e) {
  nlohmann::ordered_json json = {
      {"file", e.file},
      {"line", e.moment.line},
      {"snapshot", e.moment.number},
      {"form", e.moment.form},
      {"process", e.moment.process},
      {"releases", to_string(e.observation.figures.releases)},
      {"rss", number_or_null(e.observation.rss)},
      {"virt", number_or_null(e.observation.virt)},
      {"max_rss", number_or_null(e.moment.max_rss)},
      {"profile_live_estimate",
       e.observation.figures.sampled_live
           ? nlohmann::ordered_json(e.observation.figures.sampled_live->lower)
           : nlohmann::ordered_json(nullptr)},
      {"consistent", e.observation.contradictions.empty()},
      {"ledger", nlohmann::ordered_json::array()},
      {"findings", nlohmann::ordered_json::array()}};
  for (const LedgerLine& line : e.ledger.lines) {
    const evidence::PartText& text = line.text();
    auto remedies = nlohmann::ordered_json::array();
    for (const evidence::Remedy remedy : text.remedies) remedies.push_back(name_of(remedy));
    json["ledger"].push_back({{"id", text.id},
                              {"title", text.title},
                              {"depth", text.depth},
                              {"aside", text.aside},
                              {"lower", line.bytes.lower},
                              {"upper", line.bytes.upper == Bounds::unbounded
                                            ? nlohmann::ordered_json(nullptr)
                                            : nlohmann::ordered_json(line.bytes.upper)},
                              {"rule", text.rule},
                              {"source", text.source},
                              {"note", line.note},
                              {"goes_away_by", std::move(remedies)}});
  }
  for (const evidence::Finding& finding : e.findings) {
    json["findings"].push_back({{"id", finding.rule->id},
                                {"title", finding.rule->title},
                                {"evidence", finding.evidence},
                                {"refuted_by", finding.rule->refuted_by},
                                {"remedy", finding.rule->remedy},
                                {"source", finding.rule->source}});
  }
  return json;
}

}  // namespace heaplaw::cli
