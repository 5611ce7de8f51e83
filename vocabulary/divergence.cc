#include "vocabulary/divergence.h"

#include <fmt/format.h>

#include "vocabulary/operation_text.h"
#include "vocabulary/page_picture.h"

namespace heaplaw {

namespace {

std::string by(std::string_view name) { return name.empty() ? "" : fmt::format(" in {}", name); }

std::string_view or_else(std::string_view name, std::string_view fallback) {
  return name.empty() ? fallback : name;
}

// The map that is there, whole neighbourhoods only where two can be compared.
std::string pictures(const Divergence& d) {
  const std::string_view expected_name = or_else(d.expected_by, "expected");
  const std::string_view actual_name = or_else(d.actual_by, "actual");
  if (!d.expected_map || !d.actual_map) {
    const auto& only = d.expected_map ? d.expected_map : d.actual_map;
    if (!only) return "";
    return fmt::format("{}:\n{}{}\n", d.expected_map ? expected_name : actual_name, picture(*only),
                       picture_legend());
  }
  if (*d.expected_map == *d.actual_map) return "page maps: equal\n";
  return picture_of_difference(*d.expected_map, *d.actual_map, expected_name, actual_name);
}

}  // namespace

std::string summary(const Divergence& d) {
  return fmt::format("operation {} ({}): {} is {}{}, expected {}{}", d.operation_index,
                     to_string(d.operation), d.field, d.actual, by(d.actual_by), d.expected,
                     by(d.expected_by));
}

std::string report(const Divergence& d) {
  std::string out = summary(d) + '\n';
  if (!d.law.empty()) out += fmt::format("law: {}\n", d.law);
  if (!d.source.empty()) out += fmt::format("source: {}\n", d.source);
  return out + pictures(d);
}

std::vector<std::pair<std::string_view, std::string>> fields(const Divergence& d) {
  std::vector<std::pair<std::string_view, std::string>> out = {
      {"operation_index", std::to_string(d.operation_index)},
      {"operation", to_string(d.operation)},
      {"field", d.field},
      {"expected", d.expected},
      {"actual", d.actual}};
  const std::pair<std::string_view, const std::string*> optional[] = {
      {"expected_by", &d.expected_by},
      {"actual_by", &d.actual_by},
      {"law", &d.law},
      {"source", &d.source}};
  for (const auto& [name, text] : optional) {
    if (!text->empty()) out.emplace_back(name, *text);
  }
  if (d.expected_map && d.actual_map) {
    if (const auto page = first_difference(*d.expected_map, *d.actual_map)) {
      out.emplace_back("page", fmt::format("{}", *page));
      out.emplace_back("expected_page", describe_page(*d.expected_map, *page));
      out.emplace_back("actual_page", describe_page(*d.actual_map, *page));
    }
  }
  return out;
}

}  // namespace heaplaw
