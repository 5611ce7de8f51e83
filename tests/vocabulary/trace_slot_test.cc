#include "vocabulary/trace_slot.h"

#include <set>

#include <gtest/gtest.h>

namespace heaplaw {
namespace {

TEST(TraceSlot, EveryKindHasCodesAndItsLowestLeadsBack) {
  for (std::size_t i = 0; i < operation_kind_count; ++i) {
    const auto kind = static_cast<OperationKind>(i);
    EXPECT_EQ(kind_of_code(code_of_kind(kind)), kind);
  }
}

TEST(TraceSlot, CodesAreDealtOutOnceAndForAll) {
  EXPECT_EQ(kind_of_code(0), OperationKind::alloc);
  EXPECT_EQ(kind_of_code(95), OperationKind::alloc);
  EXPECT_EQ(kind_of_code(96), OperationKind::drop);
  EXPECT_EQ(kind_of_code(184), OperationKind::gc);
  EXPECT_EQ(kind_of_code(243), OperationKind::os_fault);
  EXPECT_EQ(kind_of_code(244), OperationKind::alloc);  // spare
  EXPECT_EQ(kind_of_code(252), std::nullopt);
  EXPECT_EQ(kind_of_code(255), std::nullopt);
}

TEST(TraceSlot, WhateverASlotSaysIsWellFormed) {
  for (unsigned code = 0; code < first_wide_code; ++code) {
    const OperationKind kind = *kind_of_code(static_cast<std::uint8_t>(code));
    for (unsigned small = 0; small < 256; small += 3) {
      for (unsigned operand = 0; operand < 65536; operand += 1009) {
        const TraceSlot slot{.code = static_cast<std::uint8_t>(code),
                             .small = static_cast<std::uint8_t>(small),
                             .operand = static_cast<std::uint16_t>(operand)};
        const Operation operation{.kind = kind, .value = slot_value(kind, slot)};
        ASSERT_TRUE(is_well_formed(operation, procs_max)) << code << ' ' << small << ' ' << operand;
      }
    }
  }
}

TEST(TraceSlot, WhateverIsWideIsBroughtIntoTheLimits) {
  for (std::size_t i = 0; i < operation_kind_count; ++i) {
    const auto kind = static_cast<OperationKind>(i);
    for (unsigned bit = 0; bit < 64; ++bit) {
      for (const std::uint64_t value : {(1ull << bit) - 1, 1ull << bit, ~0ull - bit}) {
        const Operation operation{.kind = kind, .value = fit_value(kind, value)};
        ASSERT_TRUE(is_well_formed(operation, procs_max)) << rule_of(kind).name << ' ' << value;
        if (is_well_formed({.kind = kind, .value = value}, procs_max)) {
          ASSERT_EQ(operation.value, value) << rule_of(kind).name;
        }
      }
    }
  }
}

TEST(TraceSlot, WhatIsPutIsReadBack) {
  for (std::size_t i = 0; i < operation_kind_count; ++i) {
    const auto kind = static_cast<OperationKind>(i);
    for (unsigned bit = 0; bit < 64; ++bit) {
      for (const std::uint64_t value : {(1ull << bit) - 1, 1ull << bit, ~0ull}) {
        TraceSlot slot{.code = code_of_kind(kind)};
        if (!is_well_formed({.kind = kind, .value = value}, procs_max)) continue;
        if (put_slot_value(kind, value, slot)) {
          ASSERT_EQ(slot_value(kind, slot), value) << rule_of(kind).name;
        }
      }
    }
  }
}

TEST(TraceSlot, SizesCrowdAroundBoundaries) {
  std::set<std::uint64_t> sizes;
  for (unsigned small = 0; small < 256; ++small) {
    for (unsigned operand = 0; operand < 65536; ++operand) {
      sizes.insert(
          slot_value(OperationKind::alloc, {.small = static_cast<std::uint8_t>(small),
                                            .operand = static_cast<std::uint16_t>(operand)}));
    }
  }
  for (const std::uint64_t boundary : {8u, 16u, 1024u, 8192u, 32760u, 32768u, 524288u, 4194304u}) {
    for (const std::uint64_t size : {boundary - 1, boundary, boundary + 1}) {
      EXPECT_TRUE(sizes.contains(size)) << size;
    }
  }
  EXPECT_TRUE(sizes.contains(0));
  EXPECT_LE(*sizes.rbegin(), 135u << 20) << "random bytes should not fill the heap at once";
}

}  // namespace
}  // namespace heaplaw
