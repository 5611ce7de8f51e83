#include "vocabulary/divergence.h"

#include <gtest/gtest.h>

namespace heaplaw {
namespace {

Divergence sample() {
  return {.operation_index = 41,
          .operation = Operation::alloc(17, 100_B, ObjectKind::noscan),
          .field = "address",
          .expected = "0xc000208010",
          .actual = "0xc000208080",
          .expected_by = "naive",
          .actual_by = "model",
          .law = {},
          .source = "SP-4",
          .expected_map = {},
          .actual_map = {}};
}

PageMap one_page(PageUse use) {
  PageMap map;
  map.append(Address{0xc000000000}, 1_pages, {.use = use});
  return map;
}

TEST(Divergence, IsSummedUpInOneLine) {
  EXPECT_EQ(summary(sample()),
            "operation 41 (alloc 17 100 noscan): address is 0xc000208080 in model, expected "
            "0xc000208010 in naive");
}

TEST(Divergence, ABrokenLawNeedsNoSecondSubject) {
  Divergence divergence = sample();
  divergence.expected_by.clear();
  divergence.law = "sys-is-sum";
  EXPECT_EQ(report(divergence),
            "operation 41 (alloc 17 100 noscan): address is 0xc000208080 in model, expected "
            "0xc000208010\nlaw: sys-is-sum\nsource: SP-4\n");
}

TEST(Divergence, PicturesShowWhereTheMapsPart) {
  Divergence divergence = sample();
  divergence.expected_map = one_page(PageUse::free);
  divergence.actual_map = one_page(PageUse::free_scavenged);
  EXPECT_TRUE(report(divergence)
                  .find("page 0xc000000000: free in naive, free, scavenged in model\nnaive:\n"
                        "0x00c000000000  _\n                ^\nmodel:\n0x00c000000000  .\n") !=
              std::string::npos)
      << report(divergence);
  divergence.actual_map = divergence.expected_map;
  EXPECT_TRUE(report(divergence).ends_with("page maps: equal\n"));
  divergence.expected_map.reset();
  EXPECT_NE(report(divergence).find("model:\n0x00c000000000  _\n"), std::string::npos);
}

TEST(Divergence, FieldsHoldWhatIsSet) {
  Divergence divergence = sample();
  divergence.expected_map = one_page(PageUse::free);
  divergence.actual_map = one_page(PageUse::stack_span);
  const std::vector<std::pair<std::string_view, std::string>> expected = {
      {"operation_index", "41"},
      {"operation", "alloc 17 100 noscan"},
      {"field", "address"},
      {"expected", "0xc000208010"},
      {"actual", "0xc000208080"},
      {"expected_by", "naive"},
      {"actual_by", "model"},
      {"source", "SP-4"},
      {"page", "0xc000000000"},
      {"expected_page", "free"},
      {"actual_page", "head of a stack span"}};
  EXPECT_EQ(fields(divergence), expected);
}

}  // namespace
}  // namespace heaplaw
