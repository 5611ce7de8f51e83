#include "cli/table/verify_report.h"

#include <gtest/gtest.h>

#include "captured_terminal.h"

namespace heaplaw::cli {
namespace {

std::string reported(const Verification& v, bool all = false) {
  CapturedTerminal captured;
  report(v, all, captured.terminal);
  return captured.out.str();
}

TEST(VerifyReport, AnEditionIsOneLine) {
  const Verification v = verify(edition_text(size_class_edition(9)), "f.go");
  EXPECT_EQ(reported(v), "f.go: ok Go 1.17 - 1.20, byte for byte\n");
}

TEST(VerifyReport, AnInconsistencyNamesPlaceBothSidesAndRule) {
  std::string text = edition_text(size_class_edition(9));
  text.replace(text.find("15.95%"), 6, "15.59%");
  const std::string said = reported(verify(text, "f.go"));
  EXPECT_NE(said.find("f.go:14:"), std::string::npos) << said;
  EXPECT_NE(said.find("15.59"), std::string::npos) << said;
  EXPECT_NE(said.find("15.95"), std::string::npos) << said;
  EXPECT_NE(said.find("(row-max-waste)"), std::string::npos) << said;
  EXPECT_NE(said.find("INCONSISTENT"), std::string::npos) << said;
}

TEST(VerifyReport, ManyInconsistenciesAreShortenedUnlessAskedFor) {
  Verification v = verify(edition_text(size_class_edition(9)), "f.go");
  v.identical = nullptr;
  v.inconsistencies.assign(50, Inconsistency{.what = "planted"});
  const auto planted = [](const std::string& text) {
    std::size_t count = 0;
    for (std::size_t at = 0; (at = text.find("planted", at)) != text.npos; ++at) ++count;
    return count;
  };
  EXPECT_EQ(planted(reported(v)), 20u);
  EXPECT_NE(reported(v).find("and 30 more; --all shows them"), std::string::npos);
  EXPECT_EQ(planted(reported(v, true)), 50u);
}

TEST(VerifyReport, JsonSaysTheSame) {
  std::string text = edition_text(size_class_edition(9));
  text.replace(text.find("15.95%"), 6, "15.59%");
  const auto json = to_json(verify(text, "f.go"));
  EXPECT_FALSE(json["consistent"].get<bool>());
  EXPECT_TRUE(json["identical_to"].is_null());
  EXPECT_EQ(json["inconsistencies"][0]["rule"], "row-max-waste");
  EXPECT_EQ(json["inconsistencies"][0]["line"], 14);
}

TEST(VerifyReport, SnapshotsAreNotReleases) {
  EXPECT_EQ(name_of(size_class_edition(15)), "Go 1.26");
  EXPECT_EQ(name_of(size_class_edition(7)), "development snapshot at commit 735647d92e");
}

}  // namespace
}  // namespace heaplaw::cli
