#include "vocabulary/trace_bytes.h"

#include <random>

#include <gtest/gtest.h>

#include "vocabulary/check.h"

namespace heaplaw {
namespace {

Operation alloc(std::uint64_t handle, Bytes size = 8_B) {
  return Operation::alloc(handle, size, ObjectKind::scan);
}

std::vector<std::uint8_t> random_bytes(std::mt19937_64& random, std::size_t size) {
  std::vector<std::uint8_t> bytes(size);
  for (auto& byte : bytes) byte = static_cast<std::uint8_t>(random());
  return bytes;
}

TEST(TraceBytes, NoBytesAreTheNewestReleaseWithoutOperations) {
  EXPECT_EQ(decode_trace({}), Trace{});
  const std::uint8_t three[] = {1, 2, 3};
  EXPECT_EQ(decode_trace(three), Trace{});
}

TEST(TraceBytes, AnyBytesAreAValidTraceThatKeepsItsMeaning) {
  std::mt19937_64 random(1);
  for (std::size_t size = 0; size < 3000; ++size) {
    const Trace trace = decode_trace(random_bytes(random, size % 1200));
    ASSERT_EQ(first_breach(trace), std::nullopt) << "seed 1, size " << size;
    ASSERT_EQ(decode_trace(encode_trace(trace)), trace) << "seed 1, size " << size;
    ASSERT_EQ(parse_trace(print(trace), "t"), trace) << "seed 1, size " << size;
  }
}

// Wide slots before everything, and few handles, so that all ways of choosing one meet.
TEST(TraceBytes, WideSlotsKeepTheirMeaningToo) {
  std::mt19937_64 random(2);
  for (int round = 0; round < 2000; ++round) {
    std::vector<std::uint8_t> bytes = random_bytes(random, 400);
    for (std::size_t at = trace_slot_bytes; at < bytes.size(); at += trace_slot_bytes) {
      if (random() % 2) bytes[at] = static_cast<std::uint8_t>(252 + random() % 4);
      if (random() % 2) bytes[at + 2] &= 3;
      if (random() % 4) bytes[at + 3] = 0;
    }
    const Trace trace = decode_trace(bytes);
    ASSERT_EQ(first_breach(trace), std::nullopt) << "seed 2, round " << round;
    ASSERT_EQ(decode_trace(encode_trace(trace)), trace) << "seed 2, round " << round;
  }
}

TEST(TraceBytes, EveryKindOfOperationComesOutOfRandomBytes) {
  std::mt19937_64 random(3);
  std::vector<bool> seen(operation_kind_count);
  for (const Operation& operation : decode_trace(random_bytes(random, 40'000)).operations) {
    seen[static_cast<std::size_t>(operation.kind)] = true;
  }
  EXPECT_EQ(std::count(seen.begin(), seen.end(), true), std::ptrdiff_t{operation_kind_count});
}

TEST(TraceBytes, EveryValidTraceHasBytes) {
  const Trace trace{.release = Release(21, Release::Stage::rc, 4),
                    .procs = 64,
                    .operations = {alloc(~0ull, Bytes{~0ull}),
                                   alloc(0, 65536_B),
                                   alloc(1, 65535_B),
                                   Operation::drop(~0ull),
                                   alloc(~0ull),
                                   Operation::drop(0),
                                   alloc(7),
                                   Operation::gc_percent(2147483647),
                                   Operation::gc_percent(value_off),
                                   Operation::memory_limit(0x7fffffffffffffff),
                                   Operation::memory_limit(65536),
                                   Operation::memory_limit(value_off),
                                   Operation::memory_limit(65537),
                                   Operation::advance(0x7fffffffffffffff),
                                   Operation::advance(150'000'000'000),
                                   Operation::advance(0),
                                   Operation::proc(63),
                                   Operation::stack_grow(63, 2_KiB),
                                   Operation::stack_grow(~0ull, 1024_MiB),
                                   Operation::stack_free(63),
                                   Operation::stack_free(~0ull),
                                   Operation::os_pressure(Bytes{~0ull}),
                                   Operation::os_fault(OsFault::huge_pages)}};
  ASSERT_EQ(first_breach(trace), std::nullopt);
  EXPECT_EQ(decode_trace(encode_trace(trace)), trace);
}

TEST(TraceBytes, PlainHistoriesTakeOneSlotAnOperation) {
  Trace trace;
  for (std::uint64_t i = 1; i <= 1000; ++i) trace.operations.push_back(alloc(i, Bytes{i}));
  for (std::uint64_t i = 1000; i > 0; --i) trace.operations.push_back(Operation::drop(i));
  EXPECT_EQ(encode_trace(trace).size(), trace_slot_bytes * 2001);
  EXPECT_EQ(decode_trace(encode_trace(trace)), trace);
}

TEST(TraceBytes, EveryReleaseNameHasItsBytes) {
  for (const char* name :
       {"go1", "go1.0.3", "go1.8beta2", "go1.20", "go1.21rc4", "go1.26.4", "go1.26.9999"}) {
    const Trace trace{.release = Release::parse(name), .procs = 1, .operations = {}};
    EXPECT_EQ(decode_trace(encode_trace(trace)), trace) << name;
  }
}

TEST(TraceBytes, TheLayoutIsFixedSinceCorporaKeepIt) {
  const Trace trace{.release = Release(19, 8),
                    .procs = 2,
                    .operations = {alloc(1, 100_B), Operation::drop(1), Operation::gc(),
                                   alloc(0x10000, 70000_B)}};
  const std::vector<std::uint8_t> bytes = {20,  1, 8, 0x80, 0,   1, 100, 0, 96,  0, 0,    0,
                                           184, 0, 0, 0,    252, 1, 1,   0, 252, 1, 0x70, 0x11,
                                           252, 0, 1, 0,    252, 0, 0,   0, 0,   1, 0,    0};
  EXPECT_EQ(encode_trace(trace), bytes);
  EXPECT_EQ(decode_trace(bytes), trace);
}

TEST(TraceBytes, WhatIsNoHistoryIsNotEncoded) {
  EXPECT_THROW((void)encode_trace(Trace{.operations = {Operation::drop(1)}}), CheckFailure);
  EXPECT_THROW((void)encode_trace(Trace{.operations = {Operation::stack_free(1)}}), CheckFailure);
  EXPECT_THROW((void)encode_trace(Trace{.operations = {alloc(1), alloc(1)}}), CheckFailure);
  EXPECT_THROW((void)encode_trace(Trace{.operations = {Operation::proc(1)}}), CheckFailure);
  EXPECT_THROW((void)encode_trace(Trace{.procs = 65, .operations = {}}), CheckFailure);
  EXPECT_THROW((void)encode_trace(Trace{.release = Release(27), .operations = {}}), CheckFailure);
}

}  // namespace
}  // namespace heaplaw
