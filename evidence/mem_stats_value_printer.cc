#include <iterator>

#include <fmt/format.h>

#include "evidence/mem_stats_fields.h"
#include "evidence/mem_stats_value.h"
#include "evidence/value_style.h"

namespace heaplaw::evidence {

namespace {

class ValuePrinter {
 public:
  explicit ValuePrinter(const MemStatsValue& value) : value_(value), style_(style_of(value.form)) {}

  std::string print() {
    if (value_.pointer) out_ += '&';
    std::string_view before = style_.open;
    for (const StructField& field : struct_fields()) {
      if (field.since > value_.releases.first) continue;
      out_ += before;
      key(field.name);
      append(field);
      before = style_.between;
    }
    out_ += '}';
    return std::move(out_);
  }

 private:
  void key(std::string_view name) {
    if (!style_.has_keys()) return;
    out_ += style_.key_before;
    out_ += name;
    out_ += style_.key_after;
  }

  void number(std::uint64_t n) {
    if (style_.hex) {
      fmt::format_to(std::back_inserter(out_), "0x{:x}", n);
    } else {
      fmt::format_to(std::back_inserter(out_), "{}", n);
    }
  }

  void append(const StructField& field) {
    const Snapshot& s = value_.snapshot;
    switch (field.value) {
      case StructValue::number:
        number(s.stats.*field.number);
        break;
      case StructValue::list:
        list(s.*field.list);
        break;
      case StructValue::fraction:
        append_go_float(out_, *s.gc_cpu_fraction, float_form_of(value_.form, value_.releases));
        break;
      case StructValue::flag:
        out_ += *(s.*field.flag) ? "true" : "false";
        break;
      case StructValue::by_size:
        by_size();
        break;
    }
  }

  void list(const std::vector<std::uint64_t>& values) {
    std::string_view before = style_.list_open;
    for (const std::uint64_t n : values) {
      out_ += before;
      number(n);
      before = style_.list_between;
    }
    out_ += style_.list_close;
  }

  void by_size() {
    std::string_view before = style_.rows_open;
    for (const BySizeEntry& row : value_.snapshot.stats.by_size) {
      out_ += before;
      out_ += style_.row_open;
      key("Size");
      number(row.size);
      out_ += style_.between;
      key("Mallocs");
      number(row.mallocs);
      out_ += style_.between;
      key("Frees");
      number(row.frees);
      out_ += '}';
      before = style_.between;
    }
    out_ += style_.list_close;
  }

  const MemStatsValue& value_;
  const ValueStyle& style_;
  std::string out_;
};

}  // namespace

std::string print(const MemStatsValue& value) { return ValuePrinter(value).print(); }

}  // namespace heaplaw::evidence
