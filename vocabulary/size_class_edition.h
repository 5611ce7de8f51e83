// Every form in which Go ever wrote its size-class table down: the banner, names, constants and
// columns of each edition of sizeclasses.go (SC spec, section 5).
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "vocabulary/release.h"
#include "vocabulary/size_class_table.h"

namespace heaplaw {

// Which comment columns an edition prints.
enum class CommentColumns : std::uint8_t {
  none,
  waste_bytes,    // class, bytes/obj, bytes/span, objects, waste bytes
  tail_and_max,   // ... objects, tail waste, max waste
  and_min_align,  // the same and min align, followed by the alignment table
};

// Go's spelling of constants and arrays: unexported up to 1.24, exported from 1.25.
struct TableNames {
  std::array<std::string_view, table_constant_count> constants;
  std::string_view sizes, npages, magic, small_lookup, large_lookup;

  [[nodiscard]] std::string_view of(TableConstant c) const {
    return constants[static_cast<std::size_t>(c)];
  }
};
extern const TableNames unexported_table_names;
extern const TableNames exported_table_names;

struct SizeClassEdition {
  int id;                      // in order of time, 1 to 15
  std::string_view published;  // "1.8rc1 - 1.8.7", or the commit of one that no release carried
  bool shipped;
  std::string_view banner;    // first line
  std::string_view generate;  // second line
  std::string_view package;
  CommentColumns columns;
  bool alignment_capped;
  DivideMagicForm magic_form;
  const TableNames* names;
  std::span<const TableConstant> constants;  // in the order printed
  SizeClassParameters parameters;
};

// All fifteen, oldest first.
[[nodiscard]] std::span<const SizeClassEdition> size_class_editions();
[[nodiscard]] const SizeClassEdition& size_class_edition(int id);

}  // namespace heaplaw
