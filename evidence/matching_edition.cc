#include "evidence/matching_edition.h"

#include <algorithm>
#include <string_view>
#include <tuple>

#include <fmt/format.h>

#include "evidence/table_words.h"

namespace heaplaw::evidence {

namespace {

// In the order of the enumerators.
constexpr std::string_view column_words[] = {"no comment table", "the column waste bytes",
                                             "the columns tail waste and max waste",
                                             "the column min align and the alignment table"};
constexpr std::string_view spelling_words[] = {"no divide magic", "structs",
                                               "expressions such as ^uint32(0)/48 + 1", "numbers"};

std::string quoted_or_none(std::string_view text) { return text.empty() ? "none" : quote(text); }

class Comparison {
 public:
  Comparison(const SizeClassFile& file, const SizeClassEdition& edition)
      : file_(file), edition_(edition) {}

  std::vector<SurfaceDifference> run() {
    written("the banner", file_.banner, edition_.banner);
    written("the go:generate line", file_.generate, edition_.generate);
    written("the package", file_.package, edition_.package);
    columns();
    constants();
    arrays();
    magic();
    return std::move(differences_);
  }

 private:
  void add(std::string trait, Place place, std::string found, std::string expected) {
    differences_.push_back({.trait = std::move(trait),
                            .place = std::move(place),
                            .found = std::move(found),
                            .expected = std::move(expected)});
  }

  void written(std::string trait, const WrittenText& found, std::string_view expected) {
    if (found.text == expected) return;
    add(std::move(trait),
        found.present() ? file_.lines.place(found.offset) : file_.lines.whole_file(),
        quoted_or_none(found.text), quote(expected));
  }

  void columns() {
    if (file_.columns == edition_.columns) return;
    const auto words = [](CommentColumns c) { return column_words[static_cast<std::size_t>(c)]; };
    add("the comment table", file_.place_of({.part = TablePart::row}),
        std::string{file_.columns ? words(*file_.columns) : "columns that no edition has"},
        std::string{words(edition_.columns)});
  }

  // The first constant that differs says enough: what follows it is shifted.
  void constants() {
    const auto& found = file_.constants;
    const auto wanted = edition_.constants;
    for (std::size_t i = 0; i < std::max(found.size(), wanted.size()); ++i) {
      const std::string_view name = i < found.size() ? std::string_view{found[i].name} : "";
      const std::string_view expected = i < wanted.size() ? edition_.names->of(wanted[i]) : "";
      if (name == expected) continue;
      add("the list of constants",
          i < found.size() ? file_.lines.place(found[i].name_offset) : file_.lines.whole_file(),
          quoted_or_none(name), expected.empty() ? "no further constant" : quote(expected));
      return;
    }
  }

  void arrays() {
    for (const TablePart part : table_arrays) {
      const WrittenArray& array = file_.array(part);
      const std::string_view expected = array_name(*edition_.names, part);
      if (array.name == expected) continue;
      add("the array's name",
          array.present() ? file_.lines.place(array.name_offset) : file_.lines.whole_file(),
          quoted_or_none(array.name), quote(expected));
    }
  }

  void magic() {
    const MagicSpelling expected = edition_.magic_form == DivideMagicForm::reciprocal
                                       ? MagicSpelling::expressions
                                       : MagicSpelling::structs;
    if (file_.magic_spelling == expected) return;
    const auto words = [](MagicSpelling m) {
      return std::string{spelling_words[static_cast<std::size_t>(m)]};
    };
    add("the divide magic", file_.place_of({.part = TablePart::magic}), words(file_.magic_spelling),
        words(expected));
  }

  const SizeClassFile& file_;
  const SizeClassEdition& edition_;
  std::vector<SurfaceDifference> differences_;
};

// How many of two marks in the numbers, which set editions of one surface apart, are the edition's.
int marks_shared(const SizeClassFile& file, const SizeClassEdition& edition) {
  const auto& sizes = file.table.sizes;
  const bool has_24 = std::ranges::find(sizes, 24u) != sizes.end();
  const bool wants_24 = edition.parameters.step16_from > Bytes{16};
  return (has_24 == wants_24 ? 1 : 0) +
         (file.table.alignment_capped == edition.alignment_capped ? 1 : 0);
}

}  // namespace

std::vector<EditionMatch> matching_editions(const SizeClassFile& file) {
  std::vector<EditionMatch> out;
  for (const SizeClassEdition& edition : size_class_editions()) {
    out.push_back({.edition = &edition, .differences = Comparison(file, edition).run()});
  }
  std::ranges::sort(out, [&](const EditionMatch& a, const EditionMatch& b) {
    const auto key = [&](const EditionMatch& m) {
      return std::tuple{m.differences.size(), -marks_shared(file, *m.edition), -m.edition->id};
    };
    return key(a) < key(b);
  });
  return out;
}

const SizeClassEdition* matching_edition(const SizeClassFile& file) {
  const std::vector<EditionMatch> matches = matching_editions(file);
  return matches.front().differences.empty() ? matches.front().edition : nullptr;
}

std::string describe(const EditionMatch& match) {
  std::string out = fmt::format("looks like the edition of {}{}",
                                match.edition->shipped ? "Go " : "", match.edition->published);
  if (match.differences.empty()) return out;
  const SurfaceDifference& first = match.differences.front();
  out += fmt::format(", but {} differs{}: found {}, expected {}", first.trait,
                     first.place.line == 0 ? "" : fmt::format(" at line {}", first.place.line),
                     first.found, first.expected);
  if (match.differences.size() > 1) {
    out += fmt::format(" (and {} more)", match.differences.size() - 1);
  }
  return out;
}

}  // namespace heaplaw::evidence
