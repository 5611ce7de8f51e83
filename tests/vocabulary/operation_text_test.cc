#include "vocabulary/operation_text.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "expect_input_error.h"

namespace heaplaw {
namespace {

constexpr std::uint64_t second = 1'000'000'000;

Operation parse(std::string_view line, unsigned procs = 4) {
  TextCursor cursor(line, "t", 1);
  const OperationKind kind = take_operation_kind(cursor);
  const Operation operation = take_operands(kind, cursor, procs);
  cursor.expect_end();
  return operation;
}

std::string error_of(std::string_view line) {
  return input_error_of([&] { return parse(line); });
}

struct Spelling {
  const char* text;
  Operation operation;
};

TEST(OperationText, EveryKindIsPrintedAndReadBack) {
  const std::vector<Spelling> spellings = {
      {"alloc 17 100 noscan", Operation::alloc(17, 100_B, ObjectKind::noscan)},
      {"alloc 18446744073709551615 18446744073709551615 scan",
       Operation::alloc(~0ull, Bytes{~0ull}, ObjectKind::scan)},
      {"drop 0", Operation::drop(0)},
      {"gc", Operation::gc()},
      {"read-memstats", Operation::read_memstats()},
      {"free-os-memory", Operation::free_os_memory()},
      {"gc-percent 50", Operation::gc_percent(50)},
      {"gc-percent off", Operation::gc_percent(value_off)},
      {"memory-limit 1073741824", Operation::memory_limit(1 << 30)},
      {"memory-limit off", Operation::memory_limit(value_off)},
      {"advance 2m30s", Operation::advance(150 * second)},
      {"proc 3", Operation::proc(3)},
      {"stack-grow 5 8192", Operation::stack_grow(5, 8_KiB)},
      {"stack-free 5", Operation::stack_free(5)},
      {"os-pressure 67108864", Operation::os_pressure(64_MiB)},
      {"os-fault madvise-free", Operation::os_fault(OsFault::madvise_free)},
  };
  for (const auto& [text, operation] : spellings) {
    EXPECT_EQ(to_string(operation), text);
    EXPECT_EQ(parse(text), operation) << text;
  }
}

TEST(OperationText, DurationsAreExactAndCanonical) {
  for (const char* text :
       {"0s", "1ns", "1us500ns", "10ms", "2m30s", "1h", "1h1ns", "2562047h47m16s854ms775us807ns"}) {
    EXPECT_EQ(to_string(parse(std::string("advance ") + text)), std::string("advance ") + text);
  }
  EXPECT_EQ(parse("advance 90s"), Operation::advance(90 * second));
}

TEST(OperationText, BadDurationsAreRefused) {
  const std::string expected = ", expected a duration of whole units, largest first, as in 2m30s";
  EXPECT_EQ(error_of("advance"), "t:1:8: found the end of the line" + expected);
  EXPECT_EQ(error_of("advance 5"), "t:1:9: found '5'" + expected);
  EXPECT_EQ(error_of("advance 1.5s"), "t:1:9: found '1.5s'" + expected);
  EXPECT_EQ(error_of("advance 3s2m"), "t:1:11: found '2m'" + expected);
  EXPECT_EQ(error_of("advance 2m2m"), "t:1:11: found '2m'" + expected);
  EXPECT_EQ(error_of("advance 3m4d"), "t:1:11: found '4d'" + expected);
  EXPECT_EQ(error_of("advance -1s"), "t:1:9: found '-1s'" + expected);
  for (const char* huge : {"2562048h", "99999999999999999999ns", "2562047h47m16s854ms775us808ns"}) {
    EXPECT_EQ(error_of(std::string("advance ") + huge),
              std::string("t:1:9: found '") + huge +
                  "', expected a duration up to 2562047h47m16s854ms775us807ns");
  }
}

TEST(OperationText, EveryBadOperandIsNamedWithItsPlace) {
  const std::pair<const char*, const char*> cases[] = {
      {"alloc", "t:1:6: found the end of the line, expected a handle as a decimal number"},
      {"alloc 1", "t:1:8: found the end of the line, expected a size in bytes as a decimal number"},
      {"alloc 1 x scan", "t:1:9: found 'x', expected a size in bytes as a decimal number"},
      {"alloc 1 8", "t:1:10: found the end of the line, expected scan or noscan"},
      {"alloc 1 8 Scan", "t:1:11: found 'Scan', expected scan or noscan"},
      {"alloc 1 8 scan 9", "t:1:16: found '9', expected the end of the line"},
      {"alloc 1 18446744073709551616 scan",
       "t:1:9: found '18446744073709551616', expected a size in bytes up to 18446744073709551615"},
      {"drop 18446744073709551616",
       "t:1:6: found '18446744073709551616', expected a handle up to 18446744073709551615"},
      {"drop 007", "t:1:6: found '007', expected a handle without leading zeros"},
      {"drop -1", "t:1:6: found '-1', expected a handle as a decimal number"},
      {"gc 1", "t:1:4: found '1', expected the end of the line"},
      {"gc-percent 2147483648",
       "t:1:12: found '2147483648', expected off or a percentage up to 2147483647"},
      {"memory-limit on",
       "t:1:14: found 'on', expected off or a limit in bytes as a decimal number"},
      {"memory-limit 9223372036854775808",
       "t:1:14: found '9223372036854775808', expected off or a limit in bytes up to "
       "9223372036854775807"},
      {"proc 4", "t:1:6: found '4', expected a P's number up to 3"},
      {"stack-grow x 8", "t:1:12: found 'x', expected a goroutine as a decimal number"},
      {"stack-grow 5 3000",
       "t:1:14: found '3000', expected a stack size, a power of two from 2048 to 1073741824"},
      {"os-fault fire",
       "t:1:10: found 'fire', expected one of reserve, map, madvise-free, madvise-dontneed, "
       "huge-pages"},
  };
  for (const auto& [line, message] : cases) EXPECT_EQ(error_of(line), message) << line;
}

TEST(OperationText, AnUnknownOperationIsAnsweredWithTheKnownOnes) {
  EXPECT_EQ(error_of("  free 3"),
            "t:1:3: found 'free', expected an operation (alloc, drop, gc, read-memstats, "
            "free-os-memory, gc-percent, memory-limit, advance, proc, stack-grow, stack-free, "
            "os-pressure, os-fault)");
}

}  // namespace
}  // namespace heaplaw
