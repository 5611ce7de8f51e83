#include "evidence/quick_scanner.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "evidence/line_scanner.h"

namespace heaplaw::evidence {
namespace {

// A figure as text, whatever it is: with a digit changed, taken away or added, and among others.
std::vector<std::string> figures() {
  std::vector<std::string> out = {"", ".", "-1", "+", "0.", "00", "007", "18446744073709551616"};
  for (const char* text : {"0", "7", "13", "100", "2.6", "0.38", "0.031", "0.001", "12.034", "9999",
                           "102331.007", "999999999999999999", "1000000000000000000",
                           "1000000000000000.123", "18446744073709.551"}) {
    const std::string figure = text;
    out.push_back(figure);
    for (std::size_t i = 0; i < figure.size(); ++i) {
      for (const char c : {'0', '9', '.', ' ', 'x'}) {
        std::string changed = figure;
        changed[i] = c;
        out.push_back(changed);
        out.push_back(figure.substr(0, i) + c + figure.substr(i));
      }
      out.push_back(figure.substr(0, i) + figure.substr(i + 1));
    }
  }
  return out;
}

// What the quick one takes, the strict one takes with the same result and as much of the line.
template <typename Read>
std::size_t agreeing(const Read& read) {
  std::size_t taken = 0;
  for (const std::string& figure : figures()) {
    const std::string line = figure + " MB\n";
    const std::string_view text = std::string_view(line).substr(0, line.size() - 1);
    QuickScanner quick(text);
    LineScanner strict(text);
    std::uint64_t quick_out = 1;
    std::uint64_t strict_out = 2;
    if (!read(quick, quick_out) || !quick.template literal<3>(" MB")) continue;
    EXPECT_TRUE(read(strict, strict_out)) << figure;
    EXPECT_EQ(quick_out, strict_out) << figure;
    EXPECT_EQ(strict.rest(), " MB") << figure;
    ++taken;
  }
  return taken;
}

TEST(QuickScanner, AgreesWithTheStrictOne) {
  EXPECT_GT(agreeing([](auto& s, std::uint64_t& out) { return s.number(out); }), 100);
  EXPECT_GT(agreeing([](auto& s, std::uint64_t& out) { return s.thousandths(out); }), 50);
  EXPECT_GT(agreeing([](auto& s, std::uint64_t& out) { return s.go_millis(out); }), 50);
  EXPECT_GT(agreeing([](auto& s, std::uint64_t& out) {
              std::int64_t number = 0;
              const bool read = s.integer(number);
              out = static_cast<std::uint64_t>(number);
              return read;
            }),
            100);
}

TEST(QuickScanner, TakesWhatProgramsPrint) {
  std::uint64_t out = 0;
  for (const char* text : {"0 ", "7 ", "7648984 ", "999999999999999999 "}) {
    EXPECT_TRUE(QuickScanner(text).number(out)) << text;
  }
  for (const char* text : {"0 ", "13 ", "2.6 ", "0.38 ", "0.031 ", "12189 "}) {
    EXPECT_TRUE(QuickScanner(text).go_millis(out)) << text;
  }
  EXPECT_TRUE(QuickScanner("102331.007 ").thousandths(out));
  EXPECT_EQ(out, 102331007);
}

TEST(QuickScanner, LiteralsEndWithTheLine) {
  const std::string_view line = std::string_view("gc 1").substr(0, 2);
  QuickScanner s(line);
  EXPECT_FALSE(s.literal<3>("gc "));
  EXPECT_TRUE(s.literal<2>("gc"));
  EXPECT_EQ(s.left(), 0);
}

}  // namespace
}  // namespace heaplaw::evidence
