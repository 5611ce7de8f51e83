#include "evidence/line_form.h"

#include <gtest/gtest.h>

namespace heaplaw::evidence {
namespace {

struct Toy {
  std::uint64_t count = 0;
  std::int64_t change = 0;
  std::uint64_t time = 0;
  std::uint64_t address = 0;

  bool operator==(const Toy&) const = default;
};

using enum Figure;
constexpr FormPart<Toy> form[] = {
    {"n=", decimal, [](Toy& t) -> std::uint64_t& { return t.count; }},
    {" d=", integer, nullptr, &Toy::change},
    {" t=", go_millis, [](Toy& t) -> std::uint64_t& { return t.time; }},
    {" a=0x", hex, [](Toy& t) -> std::uint64_t& { return t.address; }},
    {"!"}};

TEST(LineForm, OneTableReadsAndPrints) {
  const std::string text = "n=3 d=-4 t=0.10 a=0x1f!";
  LineScanner scanner(text);
  Toy toy;
  ASSERT_TRUE(scan_form<form>(scanner, toy));
  EXPECT_TRUE(scanner.end());
  EXPECT_EQ(toy, (Toy{3, -4, 100, 0x1f}));
  std::string printed;
  append_form(printed, form, toy);
  EXPECT_EQ(printed, text);
}

TEST(LineForm, StopsAtTheFirstPartThatIsNotThere) {
  LineScanner scanner("n=3 d=x");
  Toy toy;
  EXPECT_FALSE(scan_form<form>(scanner, toy));
  EXPECT_EQ(scanner.offset(), 6);
}

struct Time {
  std::uint64_t us;
  const char* text;
};

TEST(LineForm, TimesHaveThreeDigitsOfPrecision) {
  const Time times[] = {{0, "0"},        {4, "0.004"},
                        {99, "0.099"},   {100, "0.10"},
                        {990, "0.99"},   {1000, "1.0"},
                        {9900, "9.9"},   {10000, "10"},
                        {944000, "944"}, {18446744073709000, "18446744073709"}};
  for (const Time& time : times) {
    std::string printed;
    append_go_millis(printed, time.us);
    EXPECT_EQ(printed, time.text);
    std::uint64_t us = 1;
    LineScanner scanner(time.text);
    EXPECT_TRUE(scanner.go_millis(us) && scanner.end()) << time.text;
    EXPECT_EQ(us, time.us);
  }
}

TEST(LineForm, RefusesTimesThatGoDoesNotPrint) {
  for (const char* text :
       {"", "0.1", "0.100", "0.000", "1", "1.00", "10.0", "01", "0.", ".5", "18446744073709551"}) {
    std::uint64_t us = 0;
    LineScanner scanner(text);
    EXPECT_FALSE(scanner.go_millis(us)) << text;
  }
}

}  // namespace
}  // namespace heaplaw::evidence
