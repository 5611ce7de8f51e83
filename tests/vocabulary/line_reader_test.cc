#include "vocabulary/line_reader.h"

#include <sstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "expect_input_error.h"

namespace heaplaw {
namespace {

std::vector<std::string> all_lines(LineReader reader) {
  std::vector<std::string> lines;
  std::string_view line;
  while (reader.next(line)) lines.emplace_back(line);
  return lines;
}

// Both sources must give the same lines.
std::vector<std::string> lines_of(const std::string& text, std::size_t line_max = 4096) {
  std::istringstream stream(text);
  auto lines = all_lines(LineReader(text, "f", line_max));
  EXPECT_EQ(all_lines(LineReader(stream, "f", line_max)), lines);
  return lines;
}

TEST(LineReader, EndsOfBothKindsAreTakenOff) {
  EXPECT_EQ(lines_of("a\nb\r\n\n\r\nc\r"), (std::vector<std::string>{"a", "b", "", "", "c"}));
  EXPECT_EQ(lines_of(""), std::vector<std::string>{});
  EXPECT_EQ(lines_of("a\rb\n"), (std::vector<std::string>{"a\rb"}));
}

TEST(LineReader, ALineThatWasCutIsTold) {
  LineReader reader("a\nb", "f");
  std::string_view line;
  ASSERT_TRUE(reader.next(line));
  EXPECT_TRUE(reader.ended());
  ASSERT_TRUE(reader.next(line));
  EXPECT_FALSE(reader.ended());
  EXPECT_EQ(reader.place(), (Place{"f", 2, 0}));
}

TEST(LineReader, LinesSurviveTheEdgesOfTheBuffer) {
  std::string text;
  std::vector<std::string> expected;
  for (std::size_t i = 0; text.size() < 300'000; ++i) {
    expected.push_back(std::string(i % 997, static_cast<char>('a' + i % 26)));
    text += expected.back() + (i % 3 == 0 ? "\r\n" : "\n");
  }
  EXPECT_EQ(lines_of(text), expected);
}

TEST(LineReader, ALongLineIsRefusedNotStored) {
  const std::string expected = "f:2:11: found a longer line, expected a line end within 10 bytes";
  for (const std::string& tail : {std::string("\n"), std::string("\r\n"), std::string()}) {
    EXPECT_EQ(lines_of("a\n0123456789" + tail, 10).back(), "0123456789");
    const std::string text = "a\n01234567890" + tail;
    EXPECT_EQ(input_error_of([&] { return all_lines(LineReader(text, "f", 10)); }), expected);
    std::istringstream stream(text);
    EXPECT_EQ(input_error_of([&] { return all_lines(LineReader(stream, "f", 10)); }), expected);
  }
  std::istringstream endless("a\n" + std::string(1 << 20, 'x'));
  EXPECT_EQ(input_error_of([&] { return all_lines(LineReader(endless, "f", 10)); }), expected);
}

TEST(LineReader, AStreamThatFailsIsNoEnd) {
  struct Broken : std::streambuf {
    int_type underflow() override { throw std::runtime_error("disk on fire"); }
  } buffer;
  std::istream stream(&buffer);
  EXPECT_EQ(input_error_of([&] { return all_lines(LineReader(stream, "f")); }),
            "f:1: found a read error, expected more of the file");
}

}  // namespace
}  // namespace heaplaw
