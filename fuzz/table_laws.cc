// Judges arbitrary and damaged size-class tables. What must hold of them: judging ends, keeps a
// bounded number of findings, and finds every change of a single number of a documented table.
//
// Bytes:
//   0      edition - 1 of the table to start from, modulo 16; 15 starts from an empty table
//   1      bit 0: lookup fill; bits 1-3: magic form; bit 4: cap; bit 7: use bits 0-4 at all
//   then instructions of 11 bytes, up to 64; a shorter rest is ignored:
//   0      what, modulo 4: 0 and 1 write a number, 2 and 3 resize a list
//   1-2    which number or list, little-endian, modulo how many there are
//   3-10   the value, little-endian; a length is taken modulo 1024
#include "oracle/tables/table_laws.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <variant>
#include <vector>

#include "oracle/tables/documented_table.h"
#include "oracle/tables/table_fields.h"
#include "vocabulary/check.h"

namespace {

using heaplaw::DivideMagicForm;
using heaplaw::LookupFill;
using heaplaw::ReciprocalMagic;
using heaplaw::ShiftMagic;
using heaplaw::SizeClassTable;
using heaplaw::oracle::documented_table;
using heaplaw::oracle::fields_of;
using heaplaw::oracle::table_laws;
using heaplaw::oracle::TableFindings;

constexpr int editions = 15;
constexpr std::size_t header_bytes = 2;
constexpr std::size_t instruction_bytes = 11;
constexpr std::size_t instructions_max = 64;
constexpr std::size_t length_limit = 1024;

struct Instruction {
  bool resizes;
  std::size_t which;
  std::uint64_t value;
};

Instruction decode(std::span<const std::uint8_t> bytes) {
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < 8; ++i) value |= std::uint64_t{bytes[3 + i]} << (8 * i);
  const auto which = static_cast<std::size_t>(bytes[1]) | static_cast<std::size_t>(bytes[2]) << 8;
  return {.resizes = bytes[0] % 4 >= 2, .which = which, .value = value};
}

const SizeClassTable& documented(int edition) {
  static const std::array<SizeClassTable, editions> tables = [] {
    std::array<SizeClassTable, editions> all;
    for (int id = 1; id <= editions; ++id) {
      all[static_cast<std::size_t>(id - 1)] = documented_table(id);
    }
    return all;
  }();
  return tables[static_cast<std::size_t>(edition - 1)];
}

// Whether it did.
bool set_flags(SizeClassTable& table, unsigned flags) {
  constexpr unsigned use_them = 0x80, forms = 5;
  if (!(flags & use_them)) return false;
  table.lookup_fill = (flags & 1) ? LookupFill::walk : LookupFill::first_fit;
  table.magic_form = static_cast<DivideMagicForm>((flags >> 1) % 8 % forms);
  table.alignment_capped = (flags & 16) == 0;
  return true;
}

void resize(SizeClassTable& table, std::size_t which, std::size_t length) {
  constexpr std::size_t lists = 9;
  switch (which % lists) {
    case 0:
      return table.sizes.resize(length);
    case 1:
      return table.npages.resize(length);
    case 2:
      return table.small_lookup.resize(length);
    case 3:
      return table.large_lookup.resize(length);
    case 4:
      return table.rows.resize(length);
    case 5:
      return table.alignments.resize(length);
    case 6:
      return table.magic.emplace<std::vector<ShiftMagic>>().resize(length);
    case 7:
      return table.magic.emplace<std::vector<ReciprocalMagic>>().resize(length);
    case 8:
      for (auto& constant : table.constants) {
        constant = length % 2 ? std::optional{length} : std::nullopt;
      }
  }
}

void apply(SizeClassTable& table, const Instruction& instruction) {
  if (instruction.resizes) {
    return resize(table, instruction.which, instruction.value % length_limit);
  }
  const auto fields = fields_of(table);
  if (!fields.empty()) *fields[instruction.which % fields.size()].value = instruction.value;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::span<const std::uint8_t> bytes{data, size};
  if (bytes.size() < header_bytes) return 0;
  const int edition = bytes[0] % (editions + 1) + 1;
  const bool starts_good = edition <= editions;
  SizeClassTable table = starts_good ? documented(edition) : SizeClassTable{};
  const bool sets_flags = set_flags(table, bytes[1]);
  bytes = bytes.subspan(header_bytes);

  std::size_t numbers_written = 0;
  bool resized = false;
  for (std::size_t i = 0; i < instructions_max && bytes.size() >= instruction_bytes; ++i) {
    const Instruction instruction = decode(bytes);
    apply(table, instruction);
    if (instruction.resizes) {
      resized = true;
    } else {
      ++numbers_written;
    }
    bytes = bytes.subspan(instruction_bytes);
  }

  TableFindings findings;
  judge(table, findings);
  HEAPLAW_CHECK(findings.kept().size() <= table_laws().size() * TableFindings::kept_per_law,
                "{} findings kept", findings.kept().size());
  HEAPLAW_CHECK(findings.comparisons() > 0, "nothing was compared");
  if (!starts_good) return 0;
  const bool changed = table != documented(edition);
  const std::size_t changes = numbers_written + (sets_flags ? 1 : 0);
  HEAPLAW_CHECK(changed || findings.total() == 0, "edition {} has {} findings", edition,
                findings.total());
  HEAPLAW_CHECK(!changed || resized || changes > 1 || findings.total() > 0,
                "edition {} was changed in one place, and no law saw it", edition);
  return 0;
}
