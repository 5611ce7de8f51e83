#include "vocabulary/page_picture.h"

#include <gtest/gtest.h>

namespace heaplaw {
namespace {

constexpr Address base{0xc000200000};
constexpr PageState scavenged{.use = PageUse::free_scavenged};

Address page(std::uint64_t n) { return base + bytes_of(Pages{n}, 8_KiB); }

PageMap motley(Pages stack_pages = 4_pages) {
  PageMap map;
  map.append(page(0), 1_pages, {.use = PageUse::object_span, .size_class = 5});
  map.append(page(1), 2_pages,
             {.use = PageUse::object_span, .size_class = 40, .object = ObjectKind::scan});
  map.append(page(3), 3_pages, {.use = PageUse::object_span});
  map.append(page(6), 2_pages, {.use = PageUse::object_span, .object = ObjectKind::scan});
  map.append(page(8), stack_pages, {.use = PageUse::stack_span});
  map.append(page(12), 4_pages, {.use = PageUse::work_buffer_span});
  map.append(page(16), 1_pages, {.use = PageUse::other_span});
  map.append(page(17), 2_pages, {.use = PageUse::free});
  map.append(page(19), 2_pages, {.use = PageUse::cached});
  map.append(page(21), 2_pages, {.use = PageUse::cached_scavenged});
  map.append(page(24), 1_pages + Pages{64 * 9}, scavenged);
  return map;
}

const std::string dots(64, '.');

TEST(PagePicture, ShowsEveryUseAndFoldsEqualRows) {
  EXPECT_EQ(picture(motley()), "0x00c000200000  NSsLllPpKkkkWwwwO__cc,, " + dots.substr(24) +
                                   "\n"
                                   "0x00c000280000  " +
                                   dots +
                                   "\n"
                                   "                (7 more rows like this)\n"
                                   "0x00c000680000  " +
                                   dots.substr(0, 25) + "\n");
}

TEST(PagePicture, TheMarkStandsBelowItsPage) {
  const std::string text = picture(motley(), {.mark = page(130), .context_rows = 1});
  EXPECT_EQ(text, "0x00c000280000  " + dots + "\n                (1 more row like this)\n" +
                      "                  ^\n0x00c000380000  " + dots + "\n");
}

TEST(PagePicture, APageOutsideTheMapCanBeMarked) {
  PageMap map;
  EXPECT_EQ(picture(map), "");
  map.append(page(0), 1_pages, {.use = PageUse::free});
  EXPECT_EQ(picture(map, {.mark = page(64), .context_rows = 2}),
            "0x00c000200000  _\n0x00c000280000  \n                ^\n");
}

TEST(PagePicture, ATerabyteIsAsLongAsItsVariety) {
  PageMap map;
  map.append(page(0), 3_pages, {.use = PageUse::object_span});
  map.append(page(3), Pages{1} * (std::uint64_t{1} << 27), scavenged);
  map.append(page(std::uint64_t{1} << 40), Pages{std::uint64_t{1} << 27},
             {.use = PageUse::object_span});
  const std::string text = picture(map);
  EXPECT_LT(text.size(), 1200u) << text;
  EXPECT_NE(text.find("more rows like this"), std::string::npos);
}

// Slow twin: every page drawn by itself, nothing skipped.
TEST(PagePicture, SkippingAgreesWithDrawingEveryPage) {
  const PageMap map = motley();
  std::string drawn;
  for (std::uint64_t n = 0; n < 64; ++n) {
    PageMap one;
    const PageState state = map.at(page(n));
    one.append(page(n), 1_pages, state);
    std::string c = picture(one);
    const bool head = !is_span(state.use) || map.is_span_head(page(n));
    const std::size_t at = c.empty() ? 0 : 16 + n;
    drawn += c.empty() ? ' ' : head ? c[at] : static_cast<char>(c[at] - 'A' + 'a');
  }
  EXPECT_EQ(picture(map).substr(16, 64), drawn);
}

TEST(PagePicture, ADifferenceIsShownInBothMapsAndInWords) {
  EXPECT_EQ(picture_of_difference(motley(), motley(), "naive", "model"), "");
  const std::string text = picture_of_difference(motley(), motley(3_pages), "naive", "model");
  EXPECT_TRUE(text.starts_with(
      "page 0xc000216000: body of a stack span in naive, unmapped in model\nnaive:\n"
      "0x00c000200000  NSsLllPpKkkkWwwwO__cc,, " +
      dots.substr(24) + "\n                           ^\n"))
      << text;
  EXPECT_NE(text.find("model:\n0x00c000200000  NSsLllPpKkk Wwww"), std::string::npos) << text;
  EXPECT_TRUE(text.ends_with(std::string(picture_legend()) + "\n"));
}

}  // namespace
}  // namespace heaplaw
