#include "vocabulary/operation_text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <iterator>

#include <fmt/format.h>

namespace heaplaw {

namespace {

struct DurationUnit {
  std::string_view name;
  std::uint64_t nanoseconds;
};
constexpr std::array<DurationUnit, 6> duration_units = {{{"h", 3'600'000'000'000},
                                                         {"m", 60'000'000'000},
                                                         {"s", 1'000'000'000},
                                                         {"ms", 1'000'000},
                                                         {"us", 1'000},
                                                         {"ns", 1}}};

// In the order of HandleRole.
constexpr std::array<std::string_view, 5> handle_words = {"", "a handle", "a handle", "a goroutine",
                                                          "a goroutine"};

void append_number(std::string& out, std::uint64_t number) {
  char digits[20];
  const auto end = std::to_chars(std::begin(digits), std::end(digits), number).ptr;
  out.append(digits, end);
}

void append_value(std::string& out, ValueForm form, std::uint64_t value) {
  const bool can_be_off = form == ValueForm::percent_or_off || form == ValueForm::bytes_or_off;
  if (can_be_off && value == value_off) {
    out += "off";
  } else if (form == ValueForm::duration) {
    append_duration(out, value);
  } else if (form == ValueForm::os_fault) {
    out += name_of(static_cast<OsFault>(value));
  } else {
    append_number(out, value);
  }
}

// Reads "2m30s". Each unit at most once, the larger ones first.
std::uint64_t take_duration(TextCursor& cursor, std::uint64_t value_max) {
  constexpr std::string_view expected = "a duration of whole units, largest first, as in 2m30s";
  const std::string_view word = cursor.take_word();
  std::uint64_t total = 0;
  const DurationUnit* unit = duration_units.begin();
  const char* at = word.data();
  const char* const end = at + word.size();
  const auto offset = [&] { return static_cast<std::size_t>(at - word.data()); };
  if (word.empty()) cursor.fail(expected);
  while (at != end) {
    std::uint64_t count = 0;
    const auto [digits_end, error] = std::from_chars(at, end, count);
    if (error == std::errc::invalid_argument) cursor.fail(expected, offset());
    bool fits = error == std::errc{};
    const char* unit_end = digits_end;
    while (unit_end != end && *unit_end >= 'a' && *unit_end <= 'z') ++unit_end;
    const std::string_view name(digits_end, static_cast<std::size_t>(unit_end - digits_end));
    unit = std::find_if(unit, duration_units.end(),
                        [&](const DurationUnit& u) { return u.name == name; });
    if (unit == duration_units.end()) cursor.fail(expected, offset());
    fits = fits && !__builtin_mul_overflow(count, unit->nanoseconds, &count) &&
           !__builtin_add_overflow(total, count, &total) && total <= value_max;
    if (!fits) cursor.fail("a duration up to 2562047h47m16s854ms775us807ns");
    at = unit_end;
    ++unit;
  }
  return total;
}

std::uint64_t take_at_most(TextCursor& cursor, std::uint64_t value_max, std::string_view what) {
  const std::uint64_t value = cursor.take_number(what);
  if (value > value_max) cursor.fail(fmt::format("{} up to {}", what, value_max));
  return value;
}

std::uint64_t take_or_off(TextCursor& cursor, std::uint64_t value_max, std::string_view what) {
  TextCursor look = cursor;
  if (look.take_word() == "off") {
    cursor = look;
    return value_off;
  }
  return take_at_most(cursor, value_max, what);
}

std::uint64_t take_stack_size(TextCursor& cursor) {
  constexpr std::string_view expected = "a stack size, a power of two from 2048 to 1073741824";
  const std::uint64_t value = cursor.take_number("a stack size");
  const bool fits =
      is_power_of_two(value) && value >= stack_size_min.raw() && value <= stack_size_max.raw();
  if (!fits) cursor.fail(expected);
  return value;
}

std::uint64_t take_os_fault(TextCursor& cursor) {
  const std::string_view word = cursor.take_word();
  std::string known;
  for (std::uint64_t i = 0; i < os_fault_count; ++i) {
    const std::string_view name = name_of(static_cast<OsFault>(i));
    if (word == name) return i;
    known += fmt::format("{}{}", i == 0 ? "" : ", ", name);
  }
  cursor.fail(fmt::format("one of {}", known));
}

std::uint64_t take_value(const OperationRule& rule, TextCursor& cursor, unsigned procs) {
  switch (rule.value) {
    case ValueForm::none:
      return 0;
    case ValueForm::bytes:
      return cursor.take_number("a size in bytes");
    case ValueForm::percent_or_off:
      return take_or_off(cursor, rule.value_max, "off or a percentage");
    case ValueForm::bytes_or_off:
      return take_or_off(cursor, rule.value_max, "off or a limit in bytes");
    case ValueForm::duration:
      return take_duration(cursor, rule.value_max);
    case ValueForm::proc:
      return take_at_most(cursor, procs - 1, "a P's number");
    case ValueForm::stack_size:
      return take_stack_size(cursor);
    case ValueForm::os_fault:
      return take_os_fault(cursor);
  }
  return 0;
}

}  // namespace

void append_duration(std::string& out, std::uint64_t nanoseconds) {
  if (nanoseconds == 0) out += "0s";
  for (const DurationUnit& unit : duration_units) {
    if (nanoseconds < unit.nanoseconds) continue;
    append_number(out, nanoseconds / unit.nanoseconds);
    out += unit.name;
    nanoseconds %= unit.nanoseconds;
  }
}

void append_text(std::string& out, const Operation& operation) {
  const OperationRule& rule = rule_of(operation.kind);
  out += rule.name;
  if (rule.handle != HandleRole::none) {
    out += ' ';
    append_number(out, operation.handle);
  }
  if (rule.value != ValueForm::none) {
    out += ' ';
    append_value(out, rule.value, operation.value);
  }
  if (rule.has_object_kind) {
    out += ' ';
    out += name_of(operation.object);
  }
}

std::string to_string(const Operation& operation) {
  std::string out;
  append_text(out, operation);
  return out;
}

ObjectKind take_object_kind(TextCursor& cursor) {
  const std::string_view word = cursor.take_word();
  if (word == name_of(ObjectKind::noscan)) return ObjectKind::noscan;
  if (word == name_of(ObjectKind::scan)) return ObjectKind::scan;
  cursor.fail("scan or noscan");
}

Operation take_operands(OperationKind kind, TextCursor& cursor, unsigned procs) {
  const OperationRule& rule = rule_of(kind);
  Operation operation{.kind = kind};
  if (rule.handle != HandleRole::none) {
    operation.handle = cursor.take_number(handle_words[static_cast<std::size_t>(rule.handle)]);
  }
  operation.value = take_value(rule, cursor, procs);
  if (rule.has_object_kind) operation.object = take_object_kind(cursor);
  return operation;
}

OperationKind take_operation_kind(TextCursor& cursor) {
  if (const auto kind = operation_kind_named(cursor.take_word())) return *kind;
  std::string expected = "an operation (";
  for (const OperationRule& rule : operation_rules) {
    expected += fmt::format("{}{}", &rule == &operation_rules.front() ? "" : ", ", rule.name);
  }
  cursor.fail(expected + ")");
}

}  // namespace heaplaw
