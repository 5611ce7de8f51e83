#include "vocabulary/size_class_table.h"

#include <string>

#include <fmt/format.h>

#include "vocabulary/size_class_edition.h"

namespace heaplaw {

std::string describe(const TableSpot& spot) {
  switch (spot.part) {
    case TablePart::whole:
      return "the table";
    case TablePart::constant:
      return fmt::format("constant {}", spot.index);
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
      return fmt::format("comment row {}, column {}", spot.index, spot.column);
    case TablePart::alignment:
      return fmt::format("alignment row {}, column {}", spot.index, spot.column);
  }
  return "";
}

}  // namespace heaplaw
