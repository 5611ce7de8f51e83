#include "vocabulary/trace_slot.h"

#include <bit>
#include <utility>

#include "vocabulary/check.h"

namespace heaplaw {

namespace {

constexpr std::uint64_t operand_values = 65536;

// How an alloc's 16-bit operand becomes a size: the code's small operand picks one of these and a
// distance from the boundary. The boundaries are those of all releases together: multiples of 8,
// powers of two, pages, 64-page blocks of a page cache, 4 MiB chunks.
struct SizeMode {
  std::uint64_t step;   // 0: a power of two
  std::uint64_t count;  // the operand modulo this is the number of steps
  bool near;            // whether the distance is added
};
constexpr std::uint64_t page = 8192;
constexpr std::array<SizeMode, 8> size_modes = {{
    {1, operand_values, false},  // exact: what encoding uses
    {1, 16, false},              // the tiny allocator's
    {1, 1025, false},            // the fine lookup's
    {8, 4105, true},             // a little beyond 32 KiB, the largest class
    {0, 28, true},               // up to 128 MiB
    {page, 260, true},           // up to four page caches
    {64 * page, 65, true},       // up to 32 MiB
    {512 * page, 33, true},      // up to two arenas
}};
constexpr std::array<std::int64_t, 16> distances = {0, -1,  1,  -8,  8,   -7,   7,     -9,
                                                    9, -16, 16, -64, 128, -128, -4096, 4096};

std::uint64_t size_of(const TraceSlot& slot) {
  const SizeMode& mode = size_modes[(slot.small >> 1) & 7];
  const std::uint64_t steps = slot.operand % mode.count;
  const std::uint64_t boundary = mode.step == 0 ? std::uint64_t{1} << steps : steps * mode.step;
  if (!mode.near) return boundary;
  const std::int64_t size = static_cast<std::int64_t>(boundary) + distances[slot.small >> 4];
  return size < 0 ? 0 : static_cast<std::uint64_t>(size);
}

// Units of advance, by the small operand: from the background scavenger's steps to the periodic
// collection.
constexpr std::array<std::uint64_t, 8> duration_units = {
    1, 1'000, 100'000, 1'000'000, 10'000'000, 100'000'000, 1'000'000'000, 60'000'000'000};

constexpr std::uint64_t memory_unit = 65536;  // of limits and pressure

constexpr unsigned stack_sizes =
    std::countr_zero(stack_size_max.raw()) - std::countr_zero(stack_size_min.raw()) + 1;

// Random bytes ask for small stacks, as goroutines do, and seldom for a gigabyte.
std::uint64_t stack_size_of(std::uint8_t small) {
  const unsigned doublings = small < stack_sizes ? small : small % 4u;
  return stack_size_min.raw() << doublings;
}

std::uint64_t nearest_stack_size(std::uint64_t value) {
  if (value <= stack_size_min.raw()) return stack_size_min.raw();
  if (value >= stack_size_max.raw()) return stack_size_max.raw();
  return std::bit_floor(value);
}

constexpr bool off_bit(const TraceSlot& slot) { return (slot.small & 1) != 0; }

bool put_multiple(std::uint64_t value, std::uint64_t unit, TraceSlot& slot) {
  if (value % unit != 0 || value / unit >= operand_values) return false;
  slot.operand = static_cast<std::uint16_t>(value / unit);
  return true;
}

// One form of value in slots. A table of these, in the order of ValueForm, is the coding.
struct SlotForm {
  std::uint64_t (*read)(const TraceSlot&, const OperationRule&);
  bool (*put)(std::uint64_t value, const OperationRule&, TraceSlot&);
  std::uint64_t (*fit)(std::uint64_t value, const OperationRule&);
};

std::uint64_t modulo(std::uint64_t value, const OperationRule& rule) {
  return rule.value_max == value_off ? value : value % (rule.value_max + 1);
}
std::uint64_t modulo_or_off(std::uint64_t value, const OperationRule& rule) {
  return value == value_off ? value : modulo(value, rule);
}

bool put_off(std::uint64_t value, TraceSlot& slot) {
  if (value != value_off) return false;
  slot.small = 1;
  return true;
}

bool put_duration(std::uint64_t value, const OperationRule&, TraceSlot& slot) {
  for (std::uint8_t i = 0; i < duration_units.size(); ++i) {
    if (!put_multiple(value, duration_units[i], slot)) continue;
    slot.small = i;
    return true;
  }
  return false;
}

constexpr auto read_operand = [](const TraceSlot& slot, const OperationRule& rule) {
  return modulo(slot.operand, rule);
};
constexpr auto put_operand = [](std::uint64_t value, const OperationRule&, TraceSlot& slot) {
  return put_multiple(value, 1, slot);
};

const SlotForm none_form = {[](const TraceSlot&, const OperationRule&) { return std::uint64_t{0}; },
                            [](std::uint64_t, const OperationRule&, TraceSlot&) { return true; },
                            [](std::uint64_t, const OperationRule&) { return std::uint64_t{0}; }};
const SlotForm size_form = {
    [](const TraceSlot& slot, const OperationRule&) { return size_of(slot); }, put_operand, modulo};
const SlotForm memory_form = {
    [](const TraceSlot& slot, const OperationRule&) { return slot.operand * memory_unit; },
    [](std::uint64_t value, const OperationRule&, TraceSlot& slot) {
      return put_multiple(value, memory_unit, slot);
    },
    modulo};

const std::array<SlotForm, 8> forms = {{
    none_form,
    memory_form,
    {[](const TraceSlot& slot, const OperationRule&) {
       return off_bit(slot) ? value_off : slot.operand;
     },
     [](std::uint64_t value, const OperationRule&, TraceSlot& slot) {
       return put_off(value, slot) || put_multiple(value, 1, slot);
     },
     modulo_or_off},
    {[](const TraceSlot& slot, const OperationRule&) {
       return off_bit(slot) ? value_off : slot.operand * memory_unit;
     },
     [](std::uint64_t value, const OperationRule&, TraceSlot& slot) {
       return put_off(value, slot) || put_multiple(value, memory_unit, slot);
     },
     modulo_or_off},
    {[](const TraceSlot& slot, const OperationRule&) {
       return slot.operand * duration_units[slot.small % duration_units.size()];
     },
     put_duration, modulo},
    {read_operand, put_operand, modulo},
    {[](const TraceSlot& slot, const OperationRule&) { return stack_size_of(slot.small); },
     [](std::uint64_t value, const OperationRule&, TraceSlot& slot) {
       slot.small = static_cast<std::uint8_t>(std::countr_zero(value / stack_size_min.raw()));
       return true;
     },
     [](std::uint64_t value, const OperationRule&) { return nearest_stack_size(value); }},
    {read_operand, put_operand, modulo},
}};

const SlotForm& form_of(OperationKind kind) {
  return kind == OperationKind::alloc ? size_form
                                      : forms[static_cast<std::size_t>(rule_of(kind).value)];
}

// The kinds of all 256 codes.
std::array<OperationKind, 256> deal_codes() {
  std::array<OperationKind, 256> kinds{};
  kinds.fill(OperationKind::alloc);
  unsigned code = 0;
  for (std::size_t kind = 0; kind < operation_kind_count; ++kind) {
    for (unsigned i = 0; i < operation_rules[kind].byte_codes; ++i) {
      HEAPLAW_CHECK(code < first_wide_code, "the kinds have more than {} codes", first_wide_code);
      kinds[code++] = static_cast<OperationKind>(kind);
    }
  }
  return kinds;
}

}  // namespace

TraceSlot slot_at(std::span<const std::uint8_t> bytes, std::size_t offset) {
  return {.code = bytes[offset],
          .small = bytes[offset + 1],
          .operand = static_cast<std::uint16_t>(bytes[offset + 2] | bytes[offset + 3] << 8)};
}

void append_slot(std::vector<std::uint8_t>& bytes, const TraceSlot& slot) {
  bytes.insert(bytes.end(), {slot.code, slot.small, static_cast<std::uint8_t>(slot.operand),
                             static_cast<std::uint8_t>(slot.operand >> 8)});
}

std::optional<OperationKind> kind_of_code(std::uint8_t code) {
  static const std::array<OperationKind, 256> kinds = deal_codes();
  if (code >= first_wide_code) return std::nullopt;
  return kinds[code];
}

std::uint8_t code_of_kind(OperationKind kind) {
  unsigned code = 0;
  for (std::size_t i = 0; i < static_cast<std::size_t>(kind); ++i) {
    code += operation_rules[i].byte_codes;
  }
  return static_cast<std::uint8_t>(code);
}

std::uint64_t slot_value(OperationKind kind, const TraceSlot& slot) {
  return form_of(kind).read(slot, rule_of(kind));
}

std::uint64_t fit_value(OperationKind kind, std::uint64_t value) {
  return form_of(kind).fit(value, rule_of(kind));
}

bool put_slot_value(OperationKind kind, std::uint64_t value, TraceSlot& slot) {
  return form_of(kind).put(value, rule_of(kind), slot);
}

}  // namespace heaplaw
