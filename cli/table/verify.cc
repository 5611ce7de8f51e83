#include "cli/table/verify.h"

#include <algorithm>
#include <map>
#include <optional>
#include <type_traits>
#include <variant>

#include "cli/table/compare.h"
#include "evidence/size_class_file.h"
#include "evidence/size_class_file_printer.h"
#include "model/size_class_table.h"
#include "oracle/tables/table_laws.h"

namespace heaplaw::cli {

namespace {

// Editions never put a carriage return or a byte-order mark into the file; checkouts may.
std::string without_checkout_marks(std::string_view text) {
  constexpr std::string_view bom = "\xef\xbb\xbf";
  if (text.starts_with(bom)) text.remove_prefix(bom.size());
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool line_end = text[i] == '\r' && i + 1 < text.size() && text[i + 1] == '\n';
    if (!line_end) out += text[i];
  }
  return out;
}

const SizeClassEdition* identical_edition(const std::string& text) {
  for (const SizeClassEdition& edition : size_class_editions()) {
    if (edition_text(edition) == text) return &edition;
  }
  return nullptr;
}

// Numbers of the max-waste column are hundredths of a percent; the file says 15.95%.
std::string as_printed(const TableSpot& spot, const std::string& value) {
  constexpr std::size_t max_waste_column = 5;
  const bool digits = !value.empty() && value.find_first_not_of("0123456789") == std::string::npos;
  if (spot.part != TablePart::row || spot.column != max_waste_column || !digits) return value;
  const std::string padded = value.size() < 3 ? std::string(3 - value.size(), '0') + value : value;
  return fmt::format("{}.{}%", padded.substr(0, padded.size() - 2),
                     padded.substr(padded.size() - 2));
}

using ByTextOrder = std::map<std::tuple<std::size_t, std::size_t, TableSpot>, Inconsistency>;

// Several findings may fall on one spot; the first, the most basic one, explains it. But an
// advisory one must not hide a fault.
void add(ByTextOrder& out, const TableSpot& spot, Inconsistency found) {
  const auto [at, first] = out.try_emplace({found.place.line, found.place.column, spot}, found);
  if (!first && at->second.strength == oracle::Strength::advisory) at->second = std::move(found);
}

void add_law_findings(const evidence::SizeClassFile& file, const oracle::TableFindings& findings,
                      ByTextOrder& out) {
  for (const auto& f : findings.kept()) {
    const Place place = file.place_of(f.spot);
    add(out, f.spot,
        Inconsistency{.place = place,
                      .what = describe(f.spot),
                      .found = as_printed(f.spot, f.found),
                      .expected = as_printed(f.spot, f.expected),
                      .rule = std::string(f.law->id),
                      .strength = f.law->strength});
  }
}

// The table that the file should hold, or nothing where its parameters are impossible.
std::optional<SizeClassTable> expected_table(SizeClassTable& found, const SizeClassEdition& form,
                                             const Inference& inference, std::string& impossible) {
  try {
    SizeClassEdition everything = form;
    everything.columns = CommentColumns::and_min_align;
    everything.constants = size_class_editions().back().constants;
    if (!std::holds_alternative<std::vector<ShiftMagic>>(found.magic)) {
      everything.magic_form = DivideMagicForm::reciprocal;
      return model::size_class_table(everything, inference.parameters);
    }
    // The values decide for which of its two meanings a magic of structs was made.
    everything.magic_form = DivideMagicForm::excluding;
    SizeClassTable excluding = model::size_class_table(everything, inference.parameters);
    everything.magic_form = DivideMagicForm::including;
    SizeClassTable including = model::size_class_table(everything, inference.parameters);
    std::size_t uncounted = 0;
    SizeClassTable& better = differences(found, including, uncounted).size() <=
                                     differences(found, excluding, uncounted).size()
                                 ? including
                                 : excluding;
    found.magic_form = better.magic_form;
    return std::move(better);
  } catch (const model::ImpossibleParameters& error) {
    impossible = error.what();
    return std::nullopt;
  }
}

void add_computed_differences(const evidence::SizeClassFile& file, const SizeClassTable& expected,
                              std::size_t& comparisons, ByTextOrder& out) {
  for (const TableDifference& d : differences(file.table, expected, comparisons)) {
    const Place place = file.place_of(d.spot);
    add(out, d.spot,
        Inconsistency{.place = place,
                      .what = describe(d.spot),
                      .found = as_printed(d.spot, d.found),
                      .expected = as_printed(d.spot, d.expected),
                      .rule = "computed"});
  }
}

// ^uint32(0)/40 + 1 in the place of class 5 has the value for 40, but says so, too.
void add_wrong_divisors(const evidence::SizeClassFile& file, ByTextOrder& out) {
  for (std::size_t i = 0; i < file.divisors.size() && i < file.table.sizes.size(); ++i) {
    const auto& divisor = file.divisors[i];
    if (!divisor || divisor->value == file.table.sizes[i]) continue;
    const Place place = file.place_of_divisor(i);
    add(out, TableSpot{TablePart::magic, i},
        Inconsistency{.place = place,
                      .what = fmt::format("divisor of class {}", i),
                      .found = fmt::format("{}", divisor->value),
                      .expected = fmt::format("the class's size, {}", file.table.sizes[i]),
                      .rule = "magic-divides-by-size"});
  }
}

// [68]uint16 with 67 entries compiles and leaves a class of size 0.
void add_wrong_lengths(const evidence::SizeClassFile& file, ByTextOrder& out) {
  constexpr TablePart parts[] = {TablePart::size, TablePart::npages, TablePart::magic,
                                 TablePart::small_lookup, TablePart::large_lookup};
  const auto magic_entries = std::visit(
      []<typename M>(const M& magic) -> std::size_t {
        if constexpr (std::is_same_v<M, std::monostate>) {
          return 0;
        } else {
          return magic.size();
        }
      },
      file.table.magic);
  const std::size_t entries[] = {file.table.sizes.size(), file.table.npages.size(), magic_entries,
                                 file.table.small_lookup.size(), file.table.large_lookup.size()};
  for (std::size_t i = 0; i < std::size(parts); ++i) {
    const evidence::WrittenArray& array = file.array(parts[i]);
    if (!array.present() || !array.length || *array.length == entries[i]) continue;
    const Place place = file.lines.place(array.length_offset);
    add(out, TableSpot{parts[i], entries[i]},
        Inconsistency{.place = place,
                      .what = fmt::format("length of {}", array.name),
                      .found = fmt::format("{}", *array.length),
                      .expected = fmt::format("{}, as it has entries", entries[i]),
                      .rule = "array-length-is-entries"});
  }
}

}  // namespace

const std::string& edition_text(const SizeClassEdition& edition) {
  static const std::vector<std::string> texts = [] {
    std::vector<std::string> all;
    for (const SizeClassEdition& e : size_class_editions()) {
      all.push_back(evidence::print(model::size_class_table(e), e));
    }
    return all;
  }();
  return texts[static_cast<std::size_t>(edition.id) - 1];
}

bool Verification::consistent() const {
  return left_out == 0 && std::ranges::all_of(inconsistencies, [](const Inconsistency& i) {
           return i.strength == oracle::Strength::advisory;
         });
}

Verification verify(std::string_view text, const std::string& file_name) {
  Verification v{.file = file_name};
  evidence::SizeClassFile file = evidence::parse_size_class_file(text, file_name);
  v.had_crlf = file.had_crlf;
  v.identical = identical_edition(without_checkout_marks(text));
  const auto matches = evidence::matching_editions(file);
  v.closest = v.identical ? v.identical : matches.front().edition;
  if (!v.identical) v.surface = matches.front().differences;
  for (const auto& note : file.notes) {
    v.notes.push_back(fmt::format("{}: {}", to_string(note.place), note.text));
  }

  v.inference = infer_parameters(file.table);
  file.table.alignment_capped = v.closest->alignment_capped;
  const auto expected = expected_table(file.table, *v.closest, v.inference, v.inference.impossible);

  ByTextOrder found;
  oracle::TableFindings findings;
  oracle::judge(file.table, findings);
  v.comparisons = findings.comparisons();
  add_wrong_divisors(file, found);
  add_wrong_lengths(file, found);
  add_law_findings(file, findings, found);
  if (expected) add_computed_differences(file, *expected, v.comparisons, found);
  for (auto& [order, inconsistency] : found) v.inconsistencies.push_back(std::move(inconsistency));
  v.left_out = findings.total() - findings.kept().size();
  return v;
}

}  // namespace heaplaw::cli
