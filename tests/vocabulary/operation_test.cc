#include "vocabulary/operation.h"

#include <set>
#include <string_view>

#include <gtest/gtest.h>

namespace heaplaw {
namespace {

TEST(Operation, EveryKindHasItsOwnNameThatFindsIt) {
  std::set<std::string_view> names;
  for (std::size_t i = 0; i < operation_kind_count; ++i) {
    const auto kind = static_cast<OperationKind>(i);
    EXPECT_TRUE(names.insert(rule_of(kind).name).second) << rule_of(kind).name;
    EXPECT_EQ(operation_kind_named(rule_of(kind).name), kind);
  }
  EXPECT_EQ(operation_kind_named("alloca"), std::nullopt);
  EXPECT_EQ(operation_kind_named(""), std::nullopt);
}

TEST(Operation, TheTableIsInTheOrderOfTheKinds) {
  EXPECT_EQ(rule_of(OperationKind::alloc).name, "alloc");
  EXPECT_EQ(rule_of(OperationKind::read_memstats).name, "read-memstats");
  EXPECT_EQ(rule_of(OperationKind::stack_free).name, "stack-free");
  EXPECT_EQ(rule_of(OperationKind::os_fault).name, "os-fault");
}

TEST(Operation, AnyNumberIsASize) {
  for (const std::uint64_t size : {std::uint64_t{0}, std::uint64_t{1} << 63, ~std::uint64_t{0}}) {
    EXPECT_TRUE(is_well_formed(Operation::alloc(1, Bytes{size}, ObjectKind::scan), 1));
  }
}

TEST(Operation, ValuesBeyondTheirLimitsAreMalformed) {
  EXPECT_TRUE(is_well_formed(Operation::gc_percent(2147483647), 1));
  EXPECT_FALSE(is_well_formed(Operation::gc_percent(2147483648), 1));
  EXPECT_TRUE(is_well_formed(Operation::gc_percent(value_off), 1));
  EXPECT_TRUE(is_well_formed(Operation::memory_limit(value_off), 1));
  EXPECT_FALSE(is_well_formed(Operation::memory_limit(std::uint64_t{1} << 63), 1));
  EXPECT_FALSE(is_well_formed(Operation::advance(std::uint64_t{1} << 63), 1));
  EXPECT_FALSE(is_well_formed(Operation::os_fault(static_cast<OsFault>(os_fault_count)), 1));
}

TEST(Operation, APMustExist) {
  EXPECT_TRUE(is_well_formed(Operation::proc(3), 4));
  EXPECT_FALSE(is_well_formed(Operation::proc(4), 4));
}

TEST(Operation, AStackIsAPowerOfTwo) {
  for (const std::uint64_t good : {2048u, 4096u, 1u << 30}) {
    EXPECT_TRUE(is_well_formed(Operation::stack_grow(1, Bytes{good}), 1)) << good;
  }
  for (const std::uint64_t bad :
       {std::uint64_t{0}, std::uint64_t{1024}, std::uint64_t{3000}, std::uint64_t{1} << 31}) {
    EXPECT_FALSE(is_well_formed(Operation::stack_grow(1, Bytes{bad}), 1)) << bad;
  }
}

TEST(Operation, OperandsThatTheKindDoesNotHaveMustBeZero) {
  EXPECT_TRUE(is_well_formed(Operation::gc(), 1));
  EXPECT_FALSE(is_well_formed({.kind = OperationKind::gc, .handle = 1}, 1));
  EXPECT_FALSE(is_well_formed({.kind = OperationKind::gc, .value = 1}, 1));
  EXPECT_FALSE(is_well_formed({.kind = OperationKind::drop, .object = ObjectKind::scan}, 1));
  EXPECT_FALSE(is_well_formed({.kind = static_cast<OperationKind>(operation_kind_count)}, 1));
}

TEST(Operation, EveryFaultHasAName) {
  EXPECT_EQ(name_of(OsFault::madvise_free), "madvise-free");
  EXPECT_EQ(name_of(OsFault::huge_pages), "huge-pages");
}

}  // namespace
}  // namespace heaplaw
