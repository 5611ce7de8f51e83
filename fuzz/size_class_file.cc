// Any bytes as a sizeclasses.go: they parse or are refused with an InputError; what parses can be
// pointed at, and what looks like an edition of Go survives being printed as that edition.
#include "evidence/size_class_file.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "evidence/matching_edition.h"
#include "evidence/size_class_file_printer.h"
#include "vocabulary/check.h"

namespace heaplaw::evidence {
namespace {

// Whether the place is one of the text's bytes, or the end of one of its lines.
void check_place(const Place& place, std::string_view text, const TableSpot& spot) {
  HEAPLAW_CHECK(place.line > 0 && place.column > 0, "{} has no place", describe(spot));
  std::size_t line_start = text.starts_with("\xef\xbb\xbf") ? 3 : 0;
  for (std::size_t line = 1; line < place.line; ++line) {
    line_start = text.find('\n', line_start);
    HEAPLAW_CHECK(line_start != text.npos, "{} is at line {}", describe(spot), place.line);
    ++line_start;
  }
  HEAPLAW_CHECK(line_start + place.column - 1 <= text.size(), "{} is at {}", describe(spot),
                to_string(place));
}

void check_places(const SizeClassFile& file, std::string_view text) {
  const auto check = [&](const TableSpot& spot) { check_place(file.place_of(spot), text, spot); };
  for (std::size_t i = 0; i < table_constant_count; ++i) {
    if (file.table.constants[i]) check({.part = TablePart::constant, .index = i});
  }
  for (const TablePart part : table_arrays) {
    const WrittenArray& array = file.array(part);
    if (!array.present()) continue;
    // Ends included: there a missing entry would stand. Some columns are beyond every struct.
    const std::size_t step = 1 + array.entries.size() / 64;
    for (std::size_t i = 0; i <= array.entries.size(); i += step) {
      check({.part = part, .index = i, .column = i % 5});
    }
  }
  for (std::size_t i = 0; i < file.table.rows.size(); ++i) {
    check({.part = TablePart::row, .index = i, .column = i % class_field_count});
  }
  for (std::size_t i = 0; i < file.table.alignments.size(); ++i) {
    check({.part = TablePart::alignment, .index = i, .column = i % alignment_field_count});
  }
}

void check_round_trip(const SizeClassFile& file) {
  const SizeClassEdition* edition = matching_edition(file);
  if (edition == nullptr) return;
  const std::string printed = print(file.table, *edition);
  const SizeClassFile again = parse_size_class_file(printed, "printed.go");
  HEAPLAW_CHECK(again.table == file.table, "edition {} loses something:\n{}", edition->id, printed);
  HEAPLAW_CHECK(print(again.table, *edition) == printed, "edition {} prints it in two ways",
                edition->id);
}

void check(std::string_view text) {
  try {
    const SizeClassFile file = parse_size_class_file(text, "fuzz.go");
    check_places(file, text);
    check_round_trip(file);
  } catch (const InputError& error) {
    HEAPLAW_CHECK(error.place().line > 0, "an error without a place: {}", error.what());
    HEAPLAW_CHECK(std::string_view{error.what()}.size() < 1000, "an error too long to read");
    HEAPLAW_CHECK(error.place().file == "fuzz.go", "what was printed does not parse: {}",
                  error.what());
  }
}

}  // namespace
}  // namespace heaplaw::evidence

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  heaplaw::evidence::check({reinterpret_cast<const char*>(data), size});
  return 0;
}
