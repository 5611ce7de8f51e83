#include "evidence/mem_stats_value.h"

#include "evidence/mem_stats_fields.h"
#include "evidence/value_style.h"

namespace heaplaw::evidence {

namespace {

// One form and one edition of the struct.
class ValueReader {
 public:
  ValueReader(LineScanner& scanner, ValueForm form, const ReleaseSpan& edition, Snapshot& out)
      : s_(scanner), style_(style_of(form)), form_(form), edition_(edition), out_(out) {}

  [[nodiscard]] bool read() {
    std::string_view before = style_.open;
    for (const StructField& field : struct_fields()) {
      if (field.since > edition_.first) continue;
      if (!s_.literal(before) || !key(field.name) || !value(field)) return false;
      before = style_.between;
    }
    return s_.literal("}");
  }

 private:
  bool key(std::string_view name) {
    return !style_.has_keys() ||
           (s_.literal(style_.key_before) && s_.literal(name) && s_.literal(style_.key_after));
  }

  bool number(std::uint64_t& out) {
    return style_.hex ? s_.literal("0x") && s_.hex(out) : s_.number(out);
  }

  bool value(const StructField& field) {
    switch (field.value) {
      case StructValue::number: {
        std::uint64_t read = 0;
        if (!number(read)) return false;
        out_.set(field.number, read);
        return true;
      }
      case StructValue::list:
        return list(out_.*field.list);
      case StructValue::fraction:
        return fraction();
      case StructValue::flag:
        return flag(out_.*field.flag);
      case StructValue::by_size:
        return by_size();
    }
    return false;
  }

  bool list(std::vector<std::uint64_t>& out) {
    out.resize(pause_count);
    std::string_view before = style_.list_open;
    for (std::uint64_t& entry : out) {
      if (!s_.literal(before) || !number(entry)) return false;
      before = style_.list_between;
    }
    return s_.literal(style_.list_close);
  }

  // Spelled as Go spells that value, and in no other way.
  bool fraction() {
    std::string_view text;
    LineScanner ahead = s_;
    if (!ahead.text_until(" ,}", text)) return s_.expect("a number");
    const auto read = parse_go_float(text);
    if (!read || go_float(*read, float_form_of(form_, edition_)) != text) {
      return s_.expect("a number as Go prints it");
    }
    out_.gc_cpu_fraction = read;
    s_ = ahead;
    return true;
  }

  bool flag(std::optional<bool>& out) {
    out = s_.skip("true");
    return *out || s_.literal("false");
  }

  bool by_size() {
    std::string_view before = style_.rows_open;
    for (BySizeEntry& row : out_.stats.by_size) {
      if (!s_.literal(before) || !s_.literal(style_.row_open)) return false;
      if (!key("Size") || !number(row.size) || !s_.literal(style_.between)) return false;
      if (!key("Mallocs") || !number(row.mallocs) || !s_.literal(style_.between)) return false;
      if (!key("Frees") || !number(row.frees) || !s_.literal("}")) return false;
      before = style_.between;
    }
    out_.has.insert(FieldSet::by_size());
    return s_.literal(style_.list_close);
  }

  LineScanner& s_;
  const ValueStyle& style_;
  ValueForm form_;
  ReleaseSpan edition_;
  Snapshot& out_;
};

// Which it can be shows in its first bytes.
std::optional<ValueForm> form_beginning(std::string_view text) {
  if (text.starts_with("runtime.MemStats{")) return ValueForm::sharp_v;
  if (text.starts_with("{\"")) return ValueForm::json;
  if (text.starts_with("{Alloc:")) return ValueForm::plus_v;
  if (text.size() > 1 && text[0] == '{' && text[1] >= '0' && text[1] <= '9') return ValueForm::v;
  return std::nullopt;
}

}  // namespace

std::string_view name_of(ValueForm form) {
  constexpr std::string_view names[] = {"%v", "%+v", "%#v", "JSON"};
  return names[static_cast<std::size_t>(form)];
}

bool match(LineScanner& scanner, MemStatsValue& value) {
  LineScanner start = scanner;
  value.pointer = start.skip("&");
  const auto form = form_beginning(start.rest());
  if (!form || (value.pointer && *form == ValueForm::json)) return scanner.expect("a MemStats");
  value.form = *form;
  LineScanner furthest = start;
  for (const ReleaseSpan& edition : struct_editions) {
    LineScanner ahead = start;
    value.snapshot = {};
    if (ValueReader(ahead, *form, edition, value.snapshot).read()) {
      value.releases = edition.intersected(releases_of(value.snapshot));
      if (value.releases.empty()) return scanner.expect("figures of one release");
      scanner = ahead;
      return true;
    }
    if (ahead.offset() >= furthest.offset()) furthest = ahead;
  }
  scanner = furthest;
  return false;
}

MemStatsValue parse_mem_stats_value(std::string_view text, const Place& place) {
  LineScanner scanner(text);
  MemStatsValue value;
  if (!match(scanner, value) || !scanner.end()) scanner.fail(place);
  return value;
}

}  // namespace heaplaw::evidence
