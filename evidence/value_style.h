// The punctuation around the fields of a printed Go struct: what tells %v from %+v, %#v and JSON.
#pragma once

#include <string_view>

#include "evidence/go_float.h"
#include "evidence/mem_stats_value.h"

namespace heaplaw::evidence {

struct ValueStyle {
  std::string_view open;        // of the struct; all end in }
  std::string_view key_before;  // {a"Key":1}: the parts around a key; no keys if key_after is empty
  std::string_view key_after;
  std::string_view between;  // fields, and rows of BySize
  std::string_view list_open;
  std::string_view list_between;
  std::string_view list_close;  // of BySize, too
  std::string_view rows_open;
  std::string_view row_open;
  bool hex = false;

  [[nodiscard]] constexpr bool has_keys() const { return !key_after.empty(); }
};

[[nodiscard]] constexpr const ValueStyle& style_of(ValueForm form);

// In the order of ValueForm.
#define HEAPLAW_ROW_TYPE "struct { Size uint32; Mallocs uint64; Frees uint64 }"
inline constexpr ValueStyle value_styles[] = {
    {"{", "", "", " ", "[", " ", "]", "[", "{"},
    {"{", "", ":", " ", "[", " ", "]", "[", "{"},
    {"runtime.MemStats{", "", ":", ", ", "[256]uint64{", ", ", "}", "[61]" HEAPLAW_ROW_TYPE "{",
     HEAPLAW_ROW_TYPE "{", true},
    {"{", "\"", "\":", ",", "[", ",", "]", "[", "{"},
};
#undef HEAPLAW_ROW_TYPE

constexpr const ValueStyle& style_of(ValueForm form) {
  return value_styles[static_cast<std::size_t>(form)];
}

// JSON's own spelling of floating point came with Go 1.8.
[[nodiscard]] constexpr GoFloatForm float_form_of(ValueForm form, const ReleaseSpan& releases) {
  return form == ValueForm::json && releases.first >= 8 ? GoFloatForm::json : GoFloatForm::shortest;
}

}  // namespace heaplaw::evidence
