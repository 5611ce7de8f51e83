#include "evidence/size_class_parser.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "input_error_text.h"

// What cannot be read: each test pins a whole message, with its place.
namespace heaplaw::evidence {
namespace {

// What a complete file has beside what a test is about.
constexpr std::string_view sizes = "var class_to_size = [...]uint16{0, 8}\n";

std::string error_of(std::string_view text) {
  return input_error_text([&] { return parse_size_class_file(text, "f.go"); });
}

std::vector<std::string> notes_of(std::string_view text) {
  std::vector<std::string> out;
  for (const Note& note : parse_size_class_file(text, "f.go").notes) {
    out.push_back(to_string(note.place) + " " + note.text);
  }
  return out;
}

TEST(SizeClassParser, RefusesWhatIsNoSizeClassFile) {
  const std::string wanted = "a size-class table (class_to_size or SizeClassToSize)";
  EXPECT_EQ(error_of(""), "f.go:1:1: found an empty file, expected " + wanted);
  EXPECT_EQ(error_of("\xef\xbb\xbf"), "f.go:1:1: found an empty file, expected " + wanted);
  EXPECT_EQ(error_of("package x\n"), "f.go:2:1: found the end of the file, expected " + wanted);
  EXPECT_EQ(error_of(std::string_view("\x7f"
                                      "ELF\0",
                                      5)),
            "f.go:1:5: found a NUL byte, expected text");
  EXPECT_EQ(error_of("Dear reader,\n"),
            "f.go:1:1: found 'Dear', expected a Go declaration (package, const, var, type, func)");
  EXPECT_EQ(error_of("}"),
            "f.go:1:1: found '}', expected a Go declaration (package, const, var, type, func)");
}

TEST(SizeClassParser, RefusesAnArrayThatEndsTooEarly) {
  const std::string_view all = "var class_to_size = [2]uint16{0, 8";
  const std::vector<std::pair<std::size_t, std::string_view>> cuts = {
      {3, "a variable's name"},
      {17, "'[' and the array's length"},
      {19, "'[' and the array's length"},
      {21, "']'"},
      {22, "']'"},
      {23, "the type of the array's elements"},
      {29, "'{' and the array's entries"},
      {30, "a number or a constant defined above"},
      {31, "',' or '}'"},
      {32, "a number or a constant defined above"},
      {34, "',' or '}'"},
  };
  for (const auto& [length, expected] : cuts) {
    EXPECT_EQ(
        error_of(all.substr(0, length)),
        fmt::format("f.go:1:{}: found the end of the file, expected {}", length + 1, expected));
  }
}

TEST(SizeClassParser, RefusesAnArrayOfOtherThings) {
  EXPECT_EQ(error_of("var class_to_size = [2]uint16{0 8}"),
            "f.go:1:33: found '8', expected ',' or '}'");
  EXPECT_EQ(error_of("var class_to_size = [2]uint16{1: 8}"),
            "f.go:1:32: found ':', expected ',' or '}'");
  EXPECT_EQ(error_of("var class_to_size = [2]uint16{0,, 8}"),
            "f.go:1:33: found ',', expected a number or a constant defined above");
  EXPECT_EQ(error_of("var class_to_size = [2]uint16{0, x}"),
            "f.go:1:34: found 'x', expected a number or a constant defined above");
  EXPECT_EQ(error_of("var class_to_size = [2]uint16{99999999999999999999}"),
            "f.go:1:31: found '99999999999999999999', expected a number that fits 64 bits");
  EXPECT_EQ(error_of("var class_to_size = [2]uint16{0} + 1"),
            "f.go:1:34: found '+', expected the end of the line");
  EXPECT_EQ(error_of("var class_to_size [2]uint16\n"),
            "f.go:2:1: found the end of the file, expected '='");
}

TEST(SizeClassParser, RefusesWhatStandsTwice) {
  EXPECT_EQ(error_of("var class_to_size = [1]uint16{0}\nvar SizeClassToSize = [1]uint16{0}\n"),
            "f.go:2:5: found a second array 'SizeClassToSize', expected only the one at f.go:1:5");
  EXPECT_EQ(error_of("const PageShift = 13\nconst (\n\t_PageShift = 13\n)\n"),
            "f.go:3:2: found a second constant '_PageShift', expected only the one at f.go:1:7");
  EXPECT_EQ(error_of("package a\npackage b\n"),
            "f.go:2:9: found a second package 'b', expected only the one at f.go:1:9");
}

TEST(SizeClassParser, RefusesATableConstantThatIsNoNumber) {
  EXPECT_EQ(error_of("const PageShift = iota\n"),
            "f.go:1:19: found 'iota', expected a number or a constant defined above");
  EXPECT_EQ(error_of("const (\n\tx = 1\n\tPageShift\n)\n"), "f.go:4:1: found ')', expected '='");
  EXPECT_EQ(error_of("const PageShift, x = 13\n"),
            "f.go:2:1: found the end of the file, expected ',' and the next constant's value");
  EXPECT_EQ(error_of("const PageShift = 13 14\n"),
            "f.go:1:22: found '14', expected the end of the line");
  EXPECT_EQ(error_of("const 5 = 13\n"), "f.go:1:7: found '5', expected a constant's name");
  EXPECT_EQ(error_of("const (\n\tPageShift = 13\n"),
            "f.go:3:1: found the end of the file, expected a declaration or ')'");
}

TEST(SizeClassParser, RefusesMagicOfAnotherShape) {
  const auto magic = [](std::string_view entries) {
    return error_of(fmt::format("var class_to_divmagic = [1]divMagic{{{}", entries));
  };
  EXPECT_EQ(magic("{1, 2, 3}}"),
            "f.go:1:45: found '}', expected ',' and the next of shift, shift2, mul, baseMask");
  EXPECT_EQ(magic("{1, 2, 3, 4, 5}}"),
            "f.go:1:50: found '5', expected '}' after shift, shift2, mul, baseMask");
  EXPECT_EQ(magic("{1, 2, 3, 4}, 0}"),
            "f.go:1:51: found '0', expected '{' and the fields shift, shift2, mul, baseMask");
  EXPECT_EQ(magic("0, {1, 2, 3, 4}}"),
            "f.go:1:40: found '{', expected a number or a constant defined above");
  EXPECT_EQ(error_of("type divMagic struct x"), "f.go:1:22: found 'x', expected '{'");
  EXPECT_EQ(error_of("type divMagic struct { mul uint16"),
            "f.go:1:34: found the end of the file, expected '}'");
}

TEST(SizeClassParser, RefusesBracketsThatDoNotMatchEvenWhereItSkips) {
  EXPECT_EQ(error_of("func f() {\n\tg(]\n}\n"),
            "f.go:2:4: found ']', expected ')' to close what line 2 opened");
  EXPECT_EQ(error_of("func f() {\n\tg()\n"),
            "f.go:3:1: found the end of the file, expected '}' to close what line 1 opened");
  EXPECT_EQ(error_of("var x = 1 }\n"), "f.go:1:11: found '}', expected a declaration");
  EXPECT_EQ(error_of("import 5\n"), "f.go:1:8: found '5', expected a package to import");
}

TEST(SizeClassParser, LimitsTheEntriesOfAnArray) {
  std::string text = "var class_to_size = [...]uint16{";
  for (int i = 0; i < 65536; ++i) text += "1,";
  EXPECT_EQ(error_of(text + "}"), "no error");
  EXPECT_EQ(error_of(text + "1}"),
            "f.go:1:131105: found more than 65536 entries, expected a size-class table's "
            "class_to_size");
}

TEST(SizeClassParser, NotesWhatItSkips) {
  const std::string file(sizes);
  EXPECT_THAT(
      notes_of(file + "const (\n\ta = iota\n\tb\n\tc = \"text\"\n\td = 5\n\t_ = 1\n)\n"
                      "var e, f = 1, 2\nfunc g() {\n}\nimport (\n\t. \"x\"\n\t\"y\"\n)\n"),
      testing::ElementsAre(
          "f.go:3:2 constant 'a' is not read", "f.go:4:2 constant 'b' is not read",
          "f.go:5:2 constant 'c' is not read", "f.go:6:2 constant 'd' is none of the table's",
          "f.go:9:5 variable 'e' is none of the table's", "f.go:10:1 the function is not read"));
}

TEST(SizeClassParser, NotesALengthThatItCannotCheck) {
  EXPECT_THAT(notes_of("var class_to_size = [elsewhere]uint16{0}\n"),
              testing::ElementsAre("f.go:1:22 the length of class_to_size is not checked: "
                                   "f.go:1:22: found 'elsewhere', expected a number or a constant "
                                   "defined above"));
}

TEST(SizeClassParser, NotesOnceWhatDoesNotFitItsElementType) {
  EXPECT_THAT(notes_of("var class_to_size = [...]uint8{255, 256, 257}\n"),
              testing::ElementsAre("f.go:1:37 256 does not fit the element type uint8"));
}

TEST(SizeClassParser, KeepsNoMoreNotesThanAnybodyReads) {
  std::string text{sizes};
  for (int i = 0; i < 1000; ++i) text += fmt::format("const x{} = 1\n", i);
  EXPECT_EQ(notes_of(text).size(), 100u);
}

}  // namespace
}  // namespace heaplaw::evidence
