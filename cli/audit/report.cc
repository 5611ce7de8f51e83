#include "cli/audit/report.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <string_view>

#include "cli/markup.h"

namespace heaplaw::cli {

namespace {

using oracle::Strength;

std::string releases_text(const FormFound& form) {
  return form.releases.empty() ? "of several Go releases" : "Go " + to_string(form.releases);
}

void report_forms(const AuditedFile& file, const Terminal& terminal) {
  for (const auto& [name, form] : file.auditor.forms()) {
    if (form.count == 0) continue;
    const std::string mended =
        form.mended == 0 ? "" : fmt::format(", {} of them mended", grouped(form.mended));
    terminal.print("{}: {}: {}{}; {} figures; {}\n", file.name, name, grouped(form.count), mended,
                   grouped(form.fields), releases_text(form));
  }
  if (file.traced > 1) terminal.print("{}: traces of {} processes\n", file.name, file.traced);
}

void report_violations(const AuditedFile& file, const Terminal& terminal) {
  for (const LawResult& result : file.auditor.laws()) {
    for (const Violation& v : result.violations) {
      const bool legal = result.law->strength == Strength::advisory || result.excused > 0;
      terminal.print("{}:{}: {}{}: found {}, expected {} ({}{})\n", file.name, v.line,
                     v.process.empty() ? "" : "{" + v.process + "} ", v.field, v.found, v.expected,
                     result.law->id, legal ? ", advisory" : "");
    }
    if (result.violated > result.violations.size()) {
      terminal.print("{}: and {} more ({})\n", file.name,
                     grouped(result.violated - result.violations.size()), result.law->id);
    }
  }
}

// Laws with the same reason together.
void report_unchecked(const AuditedFile& file, bool all, const Terminal& terminal) {
  std::map<std::string, std::vector<std::string_view>> laws_by_reason;
  for (const LawResult& result : file.auditor.laws()) {
    if (result.evaluated > 0 && !all) continue;
    for (const auto& [why, times] : result.unchecked) laws_by_reason[why].push_back(result.law->id);
  }
  for (const auto& [why, laws] : laws_by_reason) {
    const std::string which = all || laws.size() == 1
                                  ? fmt::format("{}", fmt::join(laws, ", "))
                                  : fmt::format("{} laws ({}, ...)", laws.size(), laws[0]);
    terminal.print("{}: not checked: {}: {}\n", file.name, why, which);
  }
}

void report_left_out(const AuditedFile& file, bool all, const Terminal& terminal) {
  const Auditor& a = file.auditor;
  for (const Auditor::Left& left : a.refused()) {
    terminal.print("{}:{}: left out: {}\n", file.name, left.line, left.why);
  }
  if (a.refused_count() > a.refused().size()) {
    terminal.print("{}: left out: {} more\n", file.name,
                   grouped(a.refused_count() - a.refused().size()));
  }
  if (a.foreign_count() == 0) return;
  terminal.print("{}: {} other lines, the first is line {}: {}\n", file.name,
                 grouped(a.foreign_count()), a.foreign()[0].line, a.foreign()[0].why);
  if (!all) return;
  for (const Auditor::Left& left : a.foreign()) {
    terminal.print("{}:{}: another line: {}\n", file.name, left.line, left.why);
  }
}

void report_laws(const AuditedFile& file, bool all, const Terminal& terminal) {
  std::size_t hold = 0;
  std::size_t broken = 0;
  for (const LawResult& result : file.auditor.laws()) {
    if (result.evaluated == 0) continue;
    ++(result.fails() ? broken : hold);
    if (all && result.violated == 0) {
      terminal.print("{}: holds: {}, {} times ({})\n", file.name, result.law->id,
                     grouped(result.evaluated), oracle::name_of(result.law->strength));
    }
  }
  terminal.print("{}: {}: {} laws hold, {} broken, {} evaluations\n", file.name,
                 broken == 0 ? terminal.good("ok") : terminal.bad("VIOLATED"), hold, broken,
                 grouped(file.auditor.evaluations()));
}

nlohmann::ordered_json left_json(const std::vector<Auditor::Left>& lines) {
  auto json = nlohmann::ordered_json::array();
  for (const Auditor::Left& left : lines) json.push_back({{"line", left.line}, {"why", left.why}});
  return json;
}

nlohmann::ordered_json law_json(const LawResult& result) {
  nlohmann::ordered_json json = {
      {"id", result.law->id},          {"strength", oracle::name_of(result.law->strength)},
      {"evaluated", result.evaluated}, {"violated", result.violated},
      {"excused", result.excused},     {"violations", nlohmann::ordered_json::array()},
      {"unchecked", result.unchecked}};
  for (const Violation& v : result.violations) {
    json["violations"].push_back({{"line", v.line},
                                  {"process", v.process},
                                  {"field", v.field},
                                  {"found", v.found},
                                  {"expected", v.expected}});
  }
  return json;
}

void append_case(std::string& out, const LawResult& result) {
  fmt::format_to(std::back_inserter(out), "    <testcase name=\"{}\" classname=\"{}\"",
                 escaped(result.law->id), oracle::name_of(result.law->strength));
  if (result.fails()) {
    out += ">\n      <failure message=\"" + escaped(result.law->statement) + "\">";
    for (const Violation& v : result.violations) {
      fmt::format_to(std::back_inserter(out), "line {}: {}: found {}, expected {}\n", v.line,
                     escaped(v.field), escaped(v.found), escaped(v.expected));
    }
    out += "</failure>\n    </testcase>\n";
  } else if (result.evaluated == 0) {
    const std::string why =
        result.unchecked.empty() ? "nothing to check" : result.unchecked.begin()->first;
    out += ">\n      <skipped message=\"" + escaped(why) + "\"/>\n    </testcase>\n";
  } else {
    out += "/>\n";
  }
}

}  // namespace

void report(const AuditedFile& file, bool all, const Terminal& terminal) {
  report_forms(file, terminal);
  report_violations(file, terminal);
  report_unchecked(file, all, terminal);
  report_left_out(file, all, terminal);
  report_laws(file, all, terminal);
}

nlohmann::ordered_json to_json(const AuditedFile& file) {
  if (!file.error.empty()) return {{"file", file.name}, {"error", file.error}};
  nlohmann::ordered_json json = {{"file", file.name},
                                 {"holds", !file.auditor.fails()},
                                 {"lines", file.lines},
                                 {"traced_processes", file.traced},
                                 {"evaluations", file.auditor.evaluations()},
                                 {"forms", nlohmann::ordered_json::array()},
                                 {"laws", nlohmann::ordered_json::array()},
                                 {"left_out", left_json(file.auditor.refused())},
                                 {"left_out_count", file.auditor.refused_count()},
                                 {"other_lines", left_json(file.auditor.foreign())},
                                 {"other_lines_count", file.auditor.foreign_count()}};
  for (const auto& [name, form] : file.auditor.forms()) {
    if (form.count == 0) continue;
    json["forms"].push_back({{"form", name},
                             {"count", form.count},
                             {"mended", form.mended},
                             {"figures", form.fields},
                             {"releases", to_string(form.releases)}});
  }
  for (const LawResult& result : file.auditor.laws()) {
    if (result.evaluated > 0 || !result.unchecked.empty()) json["laws"].push_back(law_json(result));
  }
  return json;
}

std::string to_junit(const std::vector<const AuditedFile*>& files) {
  std::string out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n";
  for (const AuditedFile* file : files) {
    const auto& laws = file->auditor.laws();
    const auto failures = std::ranges::count_if(laws, &LawResult::fails);
    const auto skipped =
        std::ranges::count_if(laws, [](const LawResult& r) { return r.evaluated == 0; });
    fmt::format_to(std::back_inserter(out),
                   "  <testsuite name=\"{}\" tests=\"{}\" failures=\"{}\" skipped=\"{}\" "
                   "errors=\"{}\">\n",
                   escaped(file->name), laws.size() + (file->error.empty() ? 0 : 1), failures,
                   skipped, file->error.empty() ? 0 : 1);
    if (!file->error.empty()) {
      out += "    <testcase name=\"readable\"><error message=\"" + escaped(file->error) +
             "\"/></testcase>\n";
    }
    for (const LawResult& result : laws) append_case(out, result);
    out += "  </testsuite>\n";
  }
  return out + "</testsuites>\n";
}

}  // namespace heaplaw::cli
