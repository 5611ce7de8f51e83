#include "cli/table/source.h"

#include <stdexcept>

#include <fmt/format.h>

#include "cli/number.h"
#include "evidence/bounded_reader.h"
#include "evidence/size_class_file.h"

namespace heaplaw::cli {

namespace {

struct NamedParameter {
  std::string_view name;
  Bytes SizeClassParameters::*member;
};
constexpr NamedParameter byte_parameters[] = {
    {"page_size", &SizeClassParameters::page_size},
    {"max_small_size", &SizeClassParameters::max_small_size},
    {"small_size_max", &SizeClassParameters::small_size_max},
    {"small_size_div", &SizeClassParameters::small_size_div},
    {"large_size_div", &SizeClassParameters::large_size_div},
    {"min_heap_align", &SizeClassParameters::min_heap_align},
    {"step16_from", &SizeClassParameters::step16_from},
};

}  // namespace

ReleaseFacts facts_named(const std::string& release, const std::vector<std::string>& experiments) {
  const std::vector<std::string_view> names(experiments.begin(), experiments.end());
  return facts_of(Release::parse(release), names);
}

void set_parameter(SizeClassParameters& parameters, const std::string& assignment) {
  const std::string_view text = assignment;
  const std::size_t equals = text.find('=');
  const std::string_view name = text.substr(0, equals);
  const std::string_view value = equals == std::string_view::npos ? "" : text.substr(equals + 1);
  if (name == "grow_to_fill") {
    if (value != "0" && value != "1") {
      throw std::invalid_argument(fmt::format("'{}': grow_to_fill is 0 or 1", assignment));
    }
    parameters.grow_to_fill = value == "1";
    return;
  }
  for (const NamedParameter& p : byte_parameters) {
    if (p.name != name) continue;
    parameters.*p.member = Bytes{parse_number(value, name)};
    return;
  }
  std::string names;
  for (const NamedParameter& p : byte_parameters) names += fmt::format("{}, ", p.name);
  throw std::invalid_argument(
      fmt::format("'{}' names no parameter; expected one of {}grow_to_fill", assignment, names));
}

std::string describe(const SizeClassParameters& parameters) {
  std::string text;
  for (const NamedParameter& p : byte_parameters) {
    text += fmt::format("{} {}, ", p.name, parameters.*p.member);
  }
  return text + fmt::format("grow_to_fill {}", parameters.grow_to_fill ? 1 : 0);
}

NamedTable table_named(const std::string& release_or_file) {
  if (const auto release = Release::try_parse(release_or_file)) {
    return {release->name(), model::size_class_table(facts_of(*release))};
  }
  const std::string text = evidence::read_bounded(release_or_file, table_file_bytes_max);
  return {release_or_file, evidence::parse_size_class_file(text, release_or_file).table};
}

}  // namespace heaplaw::cli
