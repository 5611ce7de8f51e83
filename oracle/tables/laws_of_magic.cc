#include <fmt/format.h>

#include "oracle/tables/laws_by_topic.h"
#include "oracle/tables/magic_definition.h"

namespace heaplaw::oracle {

namespace {

using enum TablePart;
using Shifts = std::vector<ShiftMagic>;
using Reciprocals = std::vector<ReciprocalMagic>;

std::string text_of(const ShiftMagic& m) {
  return fmt::format("{{{}, {}, {}, {}}}", m.shift, m.shift2, m.mul, m.base_mask);
}
std::string text_of(ReciprocalMagic m) { return std::to_string(m); }

// Calls visit with the table's list, if it has one.
template <typename Visit>
void with_magic(const SizeClassTable& table, Visit visit) {
  if (const auto* shifts = std::get_if<Shifts>(&table.magic)) visit(*shifts);
  if (const auto* reciprocals = std::get_if<Reciprocals>(&table.magic)) visit(*reciprocals);
}

bool has_its_form(const SizeClassTable& table) {
  switch (table.magic_form) {
    case DivideMagicForm::none:
      return std::holds_alternative<std::monostate>(table.magic);
    case DivideMagicForm::reciprocal:
      return std::holds_alternative<Reciprocals>(table.magic);
    default:
      return std::holds_alternative<Shifts>(table.magic);
  }
}

void magic_has_its_form(const SizeClassTable& table, TableFindings& findings) {
  findings.compared();
  if (!has_its_form(table))
    findings.add({magic, 0}, "magic of another form", "that of its release");
  with_magic(table, [&](const auto& list) {
    const std::size_t classes = table.sizes.size();
    expect_equal(findings, {magic, std::min(list.size(), classes)}, list.size(), classes);
  });
}

void magic_of_class_zero(const SizeClassTable& table, TableFindings& findings) {
  with_magic(table, [&](const auto& list) {
    if (list.empty()) return;
    findings.compared();
    const std::decay_t<decltype(list[0])> zero{};
    if (list[0] != zero) findings.add({magic, 0}, text_of(list[0]), text_of(zero));
  });
}

bool fits(ReciprocalMagic m, const SizeClassTable&) { return m <= UINT32_MAX; }
bool fits(const ShiftMagic& m, const SizeClassTable& table) {
  // 1.8 halved the fields; before, the mask is as wide as a pointer.
  const bool narrow = is_generated(table);
  return m.shift <= UINT8_MAX && m.shift2 <= UINT8_MAX &&
         m.mul <= (narrow ? UINT16_MAX : UINT32_MAX) &&
         m.base_mask <= (narrow ? UINT16_MAX : UINT64_MAX);
}

void magic_fits_its_types(const SizeClassTable& table, TableFindings& findings) {
  with_magic(table, [&](const auto& list) {
    const auto judged = at_most(judged_at_most::classes, list);
    for (std::size_t c = 0; c < judged.size(); ++c) {
      findings.compared();
      if (fits(judged[c], table)) continue;
      findings.add({magic, c}, text_of(judged[c]), "fields that fit their types");
    }
  });
}

// What the runtime computes from an offset, in a form that cannot overflow for a judged span.
std::optional<std::uint64_t> wrong_quotient(ReciprocalMagic m, const JudgedClass& c,
                                            std::uint64_t end) {
  if (m > UINT32_MAX) return 0;
  return first_wrong_quotient(c.size, end, [m](std::uint64_t x) { return (x * m) >> 32; });
}
std::optional<std::uint64_t> wrong_quotient(const ShiftMagic& m, const JudgedClass& c,
                                            std::uint64_t end) {
  if (m.shift > 63 || m.shift2 > 63 || m.mul > UINT32_MAX) return 0;
  if (m.base_mask != 0) {
    return first_wrong_quotient(c.size, end, [m](std::uint64_t x) { return x >> m.shift; });
  }
  return first_wrong_quotient(
      c.size, end, [m](std::uint64_t x) { return ((x >> m.shift) * m.mul) >> m.shift2; });
}

// Up to 1.12 only offsets of objects are divided, which are smaller than the span; from 1.13 on the
// span itself, too.
void magic_divides_every_offset(const SizeClassTable& table, TableFindings& findings) {
  const bool includes_span = table.magic_form == DivideMagicForm::including ||
                             table.magic_form == DivideMagicForm::reciprocal;
  std::uint64_t work = 0;
  with_magic(table, [&](const auto& list) {
    for (const JudgedClass& c : judged_classes(table)) {
      if (c.number >= list.size()) return;
      const std::uint64_t end = c.span + (includes_span ? 1 : 0);
      if ((work += end) > judged_at_most::spans_together) {
        return findings.add({npages, c.number}, fmt::format("{} bytes of spans so far", work),
                            fmt::format("at most {}", judged_at_most::spans_together));
      }
      findings.compared(end);
      const auto wrong = wrong_quotient(list[c.number], c, end);
      if (!wrong) continue;
      findings.add({magic, c.number},
                   fmt::format("{}, wrong for offset {}", text_of(list[c.number]), *wrong),
                   fmt::format("quotient {}", *wrong / c.size));
    }
  });
}

// 16 bits are all that the forms of 1.8 to 1.16 have; a larger span has no magic of theirs.
constexpr std::uint64_t shift_size_max = 65535;

std::optional<ReciprocalMagic> canonical(const SizeClassTable&, const JudgedClass& c,
                                         const ReciprocalMagic&) {
  return reciprocal_magic(c.size);
}
std::optional<ShiftMagic> canonical(const SizeClassTable& table, const JudgedClass& c,
                                    const ShiftMagic&) {
  if (c.size > shift_size_max) return std::nullopt;
  return shift_magic(table.magic_form, c.size, c.span);
}

void magic_follows_its_rule(const SizeClassTable& table, TableFindings& findings) {
  if (!has_its_form(table)) return;
  std::uint64_t work = 0;
  with_magic(table, [&](const auto& list) {
    for (const JudgedClass& c : judged_classes(table)) {
      if (c.number >= list.size() || (work += c.span) > judged_at_most::spans_together) return;
      const auto expected = canonical(table, c, list[c.number]);
      if (!expected) continue;
      findings.compared();
      if (list[c.number] == *expected) continue;
      findings.add({magic, c.number}, text_of(list[c.number]), text_of(*expected));
    }
  });
}

constexpr auto exact = Strength::exact;
constexpr TableLaw laws[] = {
    {{"magic-has-its-form", "Every class has a divide magic, of the form of its release.", "1.0 -",
      exact, "runtime/sizeclasses.go, runtime/msize.go"},
     magic_has_its_form},
    {{"magic-of-class-zero", "The divide magic of class 0 is zero: a large object has index 0.",
      "1.5 -", exact, "runtime/mksizeclasses.go"},
     magic_of_class_zero},
    {{"magic-fits-its-types", "Every part of a divide magic fits the type it is kept in.", "1.5 -",
      exact, "runtime/mksizeclasses.go"},
     magic_fits_its_types},
    {{"magic-divides-every-offset",
      "The divide magic gives the right object for every byte of the span, and from 1.13 on for "
      "its end.",
      "1.5 -", exact, "runtime/mksizeclasses.go"},
     magic_divides_every_offset},
    {{"magic-follows-its-rule", "Of all divide magics that are right, it is the one of its form.",
      "1.5 -", exact, "runtime/mksizeclasses.go, runtime/msize.go"},
     magic_follows_its_rule},
};

}  // namespace

std::span<const TableLaw> laws_of_magic() { return laws; }

}  // namespace heaplaw::oracle
