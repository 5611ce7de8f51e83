#include <optional>
#include <ostream>
#include <stdexcept>

#include <nlohmann/json.hpp>

#include "cli/table/source.h"
#include "cli/table/table_commands.h"
#include "evidence/size_class_file_printer.h"
#include "model/divide_magic.h"
#include "model/size_class_table.h"
#include "model/waste.h"

namespace heaplaw::cli {

namespace {

nlohmann::ordered_json rows_as_json(const std::vector<ClassRow>& rows) {
  auto json = nlohmann::ordered_json::array();
  for (const ClassRow& row : rows) {
    json.push_back({{"class", row.number},
                    {"bytes_obj", row.bytes_obj},
                    {"bytes_span", row.bytes_span},
                    {"objects", row.objects},
                    {"tail_waste", row.tail_waste},
                    {"max_waste_percent", static_cast<double>(*row.max_waste) / 100},
                    {"min_align", *row.min_align}});
  }
  return json;
}

void print_rows(const std::vector<ClassRow>& rows, const Terminal& terminal) {
  terminal.print("class  bytes/obj  bytes/span  objects  tail waste  max waste  min align\n");
  for (const ClassRow& row : rows) {
    terminal.print("{:5}  {:9}  {:10}  {:7}  {:10}  {:5}.{:02}%  {:9}\n", row.number, row.bytes_obj,
                   row.bytes_span, row.objects, row.tail_waste, *row.max_waste / 100,
                   *row.max_waste % 100, *row.min_align);
  }
}

}  // namespace

Exit table_print(const PrintOptions& options, const Terminal& terminal) {
  ReleaseFacts facts = facts_named(options.release);
  for (const std::string& assignment : options.parameters) {
    set_parameter(facts.size_classes, assignment);
  }
  const model::SizeClasses classes(facts.size_classes, facts.lookup_fill);
  const auto rows = model::class_rows(classes, facts.size_classes.page_size);
  if (terminal.json) {
    const nlohmann::ordered_json json = {{"release", Release::parse(options.release).name()},
                                         {"parameters", describe(facts.size_classes)},
                                         {"classes", rows_as_json(rows)}};
    terminal.print("{}\n", json.dump(2));
    return Exit::holds;
  }
  if (options.rows) {
    print_rows(rows, terminal);
    return Exit::holds;
  }
  if (!facts.edition) {
    throw std::invalid_argument(fmt::format(
        "{} fills its table when a program starts and ships no sizeclasses.go; expected a release "
        "from 1.8beta1 on, or --rows or --json",
        Release::parse(options.release)));
  }
  const SizeClassEdition& edition = size_class_edition(*facts.edition);
  terminal.out << evidence::print(model::size_class_table(edition, facts.size_classes), edition);
  return Exit::holds;
}

}  // namespace heaplaw::cli
