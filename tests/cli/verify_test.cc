#include "cli/table/verify.h"

#include <string>

#include <gtest/gtest.h>

#include "evidence/size_class_file_printer.h"
#include "model/size_class_table.h"

namespace heaplaw::cli {
namespace {

std::string text_of(int edition) { return edition_text(size_class_edition(edition)); }

std::string replaced(std::string text, std::string_view from, std::string_view to) {
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

const Inconsistency* inconsistency_by(const Verification& v, std::string_view rule) {
  for (const Inconsistency& i : v.inconsistencies) {
    if (i.rule == rule) return &i;
  }
  return nullptr;
}

TEST(Verify, EveryEditionIsRecognisedByteForByte) {
  for (const SizeClassEdition& edition : size_class_editions()) {
    const Verification v = verify(text_of(edition.id), "f.go");
    ASSERT_TRUE(v.identical) << edition.id;
    EXPECT_EQ(v.identical->id, edition.id);
    EXPECT_TRUE(v.consistent()) << edition.id;
    EXPECT_GT(v.comparisons, 1000u);
  }
}

TEST(Verify, ACheckoutWithCrlfIsStillTheEdition) {
  std::string crlf;
  for (const char c : text_of(9)) crlf += c == '\n' ? std::string("\r\n") : std::string(1, c);
  const Verification v = verify(crlf, "f.go");
  ASSERT_TRUE(v.identical);
  EXPECT_EQ(v.identical->id, 9);
  EXPECT_TRUE(v.had_crlf);
}

TEST(Verify, ARowThatLiesAboutWasteIsFoundInItsPlace) {
  const Verification v = verify(replaced(text_of(9), "15.95%", "15.59%"), "f.go");
  EXPECT_FALSE(v.identical);
  EXPECT_FALSE(v.consistent());
  ASSERT_EQ(v.inconsistencies.size(), 1u);
  const Inconsistency& i = v.inconsistencies[0];
  EXPECT_EQ(i.rule, "row-max-waste");
  EXPECT_EQ(i.place.line, 14u);
  EXPECT_NE(i.expected.find("15.95"), std::string::npos) << i.expected;
}

TEST(Verify, AClassCountOffByOneIsFound) {
  const Verification v =
      verify(replaced(text_of(9), "_NumSizeClasses = 68", "_NumSizeClasses = 67"), "f.go");
  EXPECT_FALSE(v.consistent());
  EXPECT_TRUE(inconsistency_by(v, "class-count-is-stated"));
}

TEST(Verify, AWrongDivisorIsFoundWhereItStands) {
  const Verification v =
      verify(replaced(text_of(15), "^uint32(0)/48 + 1", "^uint32(0)/47 + 1"), "f.go");
  EXPECT_FALSE(v.consistent());
  ASSERT_FALSE(v.inconsistencies.empty());
  EXPECT_EQ(v.inconsistencies[0].place.line, 100u);
}

TEST(Verify, AnArrayShorterThanItsLengthIsFoundWhereTheLengthStands) {
  const Verification v = verify(replaced(text_of(15), ", 28672, 32768}", ", 28672}"), "f.go");
  EXPECT_FALSE(v.consistent());
  const Inconsistency* const i = inconsistency_by(v, "array-length-is-entries");
  ASSERT_TRUE(i);
  EXPECT_EQ(i->found, "68");
  EXPECT_EQ(i->expected, "67, as it has entries");
}

// Found by a property: a span too large to be judged has an advisory finding where its pages stand,
// and that used to hide that they are not the computed ones.
TEST(Verify, AnAdvisoryFindingDoesNotHideAFault) {
  SizeClassTable table = model::size_class_table(size_class_edition(1));
  table.npages[27] = 129;
  const Verification v = verify(evidence::print(table, size_class_edition(1)), "f.go");
  EXPECT_FALSE(v.consistent());
  ASSERT_FALSE(v.inconsistencies.empty());
  EXPECT_EQ(v.inconsistencies[0].found, "129");
}

TEST(Verify, AnotherPackageIsAMatterOfForm) {
  const Verification v = verify(replaced(text_of(9), "package runtime", "package fork"), "f.go");
  EXPECT_FALSE(v.identical);
  EXPECT_TRUE(v.consistent());
  ASSERT_EQ(v.surface.size(), 1u);
  EXPECT_EQ(v.surface[0].place.line, 4u);
  EXPECT_EQ(v.closest->id, 9);
}

TEST(Verify, AForkWithItsOwnPageSizeFollowsFromItsParameters) {
  const SizeClassEdition& edition = size_class_edition(15);
  const SizeClassParameters p{.page_size = 16_KiB};
  const std::string text = evidence::print(model::size_class_table(edition, p), edition);
  const Verification v = verify(text, "fork.go");
  EXPECT_FALSE(v.identical);
  EXPECT_EQ(v.inference.parameters, p);
  EXPECT_FALSE(v.inference.upstream);
  EXPECT_EQ(v.inference.classes_differing, 0u);
  for (const Inconsistency& i : v.inconsistencies) {
    EXPECT_EQ(i.strength, oracle::Strength::advisory) << i.rule << ": " << i.found;
  }
  EXPECT_TRUE(v.consistent());
}

TEST(Verify, AForkThatEditsOneClassByHandDoesNotFollow) {
  const SizeClassEdition& edition = size_class_edition(15);
  std::string text = edition_text(edition);
  text = replaced(text, ", 4864, ", ", 4736, ");
  const Verification v = verify(text, "fork.go");
  EXPECT_FALSE(v.consistent());
  EXPECT_EQ(v.inference.classes_differing, 1u);
}

}  // namespace
}  // namespace heaplaw::cli
