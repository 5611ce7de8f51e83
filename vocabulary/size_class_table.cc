#include "vocabulary/size_class_table.h"

#include <string>

#include <fmt/format.h>

#include "vocabulary/size_class_edition.h"

namespace heaplaw {

namespace {

constexpr std::string_view row_columns[] = {"class",      "bytes/obj", "bytes/span", "objects",
                                            "tail waste", "max waste", "min align"};
constexpr std::string_view alignment_columns[] = {"alignment", "bits", "min obj size"};

template <typename Names>
std::string_view named(const Names& names, std::size_t index) {
  return index < std::size(names) ? names[index] : "something";
}

}  // namespace

std::string describe(const TableSpot& spot) {
  switch (spot.part) {
    case TablePart::whole:
      return "the table";
    case TablePart::constant:
      return fmt::format("constant {}", named(exported_table_names.constants, spot.index));
    case TablePart::size:
      return fmt::format("size of class {}", spot.index);
    case TablePart::npages:
      return fmt::format("pages of class {}", spot.index);
    case TablePart::magic:
      return fmt::format("divide magic of class {}", spot.index);
    case TablePart::small_lookup:
      return fmt::format("small lookup entry {}", spot.index);
    case TablePart::large_lookup:
      return fmt::format("large lookup entry {}", spot.index);
    case TablePart::row:
      return fmt::format("{} in row {}", named(row_columns, spot.column), spot.index + 1);
    case TablePart::alignment:
      return fmt::format("{} in alignment row {}", named(alignment_columns, spot.column),
                         spot.index + 1);
  }
  return "";
}

}  // namespace heaplaw
