#include "evidence/size_class_file_printer.h"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <limits>
#include <string_view>
#include <variant>
#include <vector>

#include <fmt/format.h>

#include "vocabulary/check.h"

namespace heaplaw::evidence {

namespace {

constexpr std::string_view class_header = "// class  bytes/obj  bytes/span  objects";
constexpr std::string_view alignment_header = "// alignment  bits  min obj size\n";
// One blank line before and after it.
constexpr std::string_view magic_struct =
    "\ntype divMagic struct {\n"
    "\tshift    uint8\n\tshift2   uint8\n\tmul      uint16\n\tbaseMask uint16\n"
    "}\n\n";

class Printer {
 public:
  Printer(const SizeClassTable& table, const SizeClassEdition& edition)
      : table_(table), edition_(edition) {}

  std::string run() {
    put("{}\n{}\n\npackage {}\n\n", edition_.banner, edition_.generate, edition_.package);
    class_comments();
    alignment_comments();
    constants();
    arrays();
    return std::move(out_);
  }

 private:
  template <typename... Args>
  void put(fmt::format_string<Args...> format, Args&&... args) {
    fmt::format_to(std::back_inserter(out_), format, std::forward<Args>(args)...);
  }

  void class_comments() {
    const CommentColumns columns = edition_.columns;
    if (columns == CommentColumns::none) return;
    const bool max_waste = columns != CommentColumns::waste_bytes;
    const bool min_align = columns == CommentColumns::and_min_align;
    put("{}  {}{}{}\n", class_header, max_waste ? "tail waste" : "waste bytes",
        max_waste ? "  max waste" : "", min_align ? "  min align" : "");
    for (const ClassRow& row : table_.rows) {
      put("// {:5}  {:9}  {:10}  {:7}  {:{}}", row.number, row.bytes_obj, row.bytes_span,
          row.objects, row.tail_waste, max_waste ? 10 : 11);
      if (max_waste) {
        const std::uint64_t hundredths = needed(row.max_waste, "max waste");
        put("  {:5}.{:02}%", hundredths / 100, hundredths % 100);
      }
      if (min_align) put("  {:9}", needed(row.min_align, "min align"));
      put("\n");
    }
    put("\n");
  }

  void alignment_comments() {
    if (edition_.columns != CommentColumns::and_min_align) return;
    put("{}", alignment_header);
    for (const AlignmentRow& row : table_.alignments) {
      put("// {:9}  {:4}  {:12}\n", row.alignment, row.bits, row.min_obj_size);
    }
    put("\n");
  }

  // Aligned as gofmt does: the longest name decides.
  void constants() {
    std::size_t width = 0;
    for (const TableConstant c : edition_.constants) {
      width = std::max(width, edition_.names->of(c).size());
    }
    put("const (\n");
    for (const TableConstant c : edition_.constants) {
      const std::string_view name = edition_.names->of(c);
      put("\t{:{}} = {}\n", name, width, needed(table_.at(c), name));
    }
    put(")\n\n");
  }

  void arrays() {
    const TableNames& names = *edition_.names;
    const std::string_view classes = names.of(TableConstant::num_size_classes);
    const std::string_view small_max = names.of(TableConstant::small_size_max);
    array(names.sizes, classes, "uint16", table_.sizes);
    array(names.npages, classes, "uint8", table_.npages);
    if (edition_.magic_form == DivideMagicForm::reciprocal) {
      list(names.magic, classes, "uint32", reciprocals());
    } else {
      put("{}", magic_struct);
      list(names.magic, classes, "divMagic", structs());
    }
    array(names.small_lookup,
          fmt::format("{}/{} + 1", small_max, names.of(TableConstant::small_size_div)), "uint8",
          table_.small_lookup);
    array(names.large_lookup,
          fmt::format("({}-{})/{} + 1", names.of(TableConstant::max_small_size), small_max,
                      names.of(TableConstant::large_size_div)),
          "uint8", table_.large_lookup);
  }

  void array(std::string_view name, std::string_view length, std::string_view type,
             const std::vector<std::uint64_t>& values) {
    std::vector<std::string> texts;
    texts.reserve(values.size());
    for (const std::uint64_t value : values) texts.push_back(fmt::to_string(value));
    list(name, length, type, texts);
  }

  void list(std::string_view name, std::string_view length, std::string_view type,
            const std::vector<std::string>& texts) {
    put("var {} = [{}]{}{{{}}}\n", name, length, type, fmt::join(texts, ", "));
  }

  // The expression stands for its value wherever that is what the class's size gives.
  [[nodiscard]] std::vector<std::string> reciprocals() const {
    constexpr std::uint64_t largest = std::numeric_limits<std::uint32_t>::max();
    const auto* magic = std::get_if<std::vector<ReciprocalMagic>>(&table_.magic);
    HEAPLAW_CHECK(magic != nullptr, "edition {} prints reciprocals", edition_.id);
    std::vector<std::string> texts;
    for (std::size_t i = 0; i < magic->size(); ++i) {
      const std::uint64_t value = (*magic)[i];
      const std::uint64_t size = i < table_.sizes.size() ? table_.sizes[i] : 0;
      const bool has_expression = size > 1 && size <= largest && value == largest / size + 1;
      texts.push_back(has_expression ? fmt::format("^uint32(0)/{} + 1", size)
                                     : fmt::to_string(value));
    }
    return texts;
  }

  [[nodiscard]] std::vector<std::string> structs() const {
    const auto* magic = std::get_if<std::vector<ShiftMagic>>(&table_.magic);
    HEAPLAW_CHECK(magic != nullptr, "edition {} prints structs", edition_.id);
    std::vector<std::string> texts;
    for (const ShiftMagic& m : *magic) {
      texts.push_back(fmt::format("{{{}, {}, {}, {}}}", m.shift, m.shift2, m.mul, m.base_mask));
    }
    return texts;
  }

  [[nodiscard]] std::uint64_t needed(const std::optional<std::uint64_t>& value,
                                     std::string_view name) const {
    HEAPLAW_CHECK(value.has_value(), "edition {} prints {}, which the table lacks", edition_.id,
                  name);
    return *value;
  }

  const SizeClassTable& table_;
  const SizeClassEdition& edition_;
  std::string out_;
};

}  // namespace

std::string print(const SizeClassTable& table, const SizeClassEdition& edition) {
  return Printer(table, edition).run();
}

}  // namespace heaplaw::evidence
