#include "cli/explain/ledger_picture.h"

#include <cstdlib>
#include <regex>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace heaplaw::cli {
namespace {

using evidence::Bounds;
using testing::HasSubstr;
using testing::Not;

constexpr std::uint64_t mib = 1024 * 1024;

Explained explained() {
  Explained e{.file = "<dump> & \"co\""};
  e.moment = {.number = 1, .form = "JSON", .line = 5};
  evidence::Figures& f = e.observation.figures;
  f.sys = Bounds::exactly(100 * mib);
  f.heap_alloc = Bounds::exactly(40 * mib);
  f.heap_inuse = Bounds::exactly(50 * mib);
  f.heap_idle = Bounds::exactly(30 * mib);
  f.heap_released = Bounds::exactly(10 * mib);
  f.next_gc = Bounds::exactly(60 * mib);
  f.releases = {9, 17};
  e.observation.rss = 120 * mib;
  e.ledger = ledger_of(e.observation);
  e.findings = findings_of(e.observation, e.ledger);
  return e;
}

struct Box {
  double x, y, width;
};
std::vector<Box> boxes_of(const std::string& svg) {
  static const std::regex box(
      R"re(<title>[^<]*</title><rect x="([\d.]+)" y="([\d.]+)" width="([\d.]+)")re");
  std::vector<Box> boxes;
  for (std::sregex_iterator it(svg.begin(), svg.end(), box), end; it != end; ++it) {
    boxes.push_back({std::atof((*it)[1].str().c_str()), std::atof((*it)[2].str().c_str()),
                     std::atof((*it)[3].str().c_str())});
  }
  return boxes;
}

// But for the half pixel that shows where a part is too small to be drawn.
TEST(LedgerPicture, BoxesStayOnTheCanvasAndDoNotOverlap) {
  const auto boxes = boxes_of(svg_of(explained()));
  ASSERT_GT(boxes.size(), 8);
  for (std::size_t i = 0; i < boxes.size(); ++i) {
    EXPECT_GE(boxes[i].x, 20);
    EXPECT_LE(boxes[i].x + boxes[i].width, 1020.1);
    if (i == 0 || boxes[i].y != boxes[i - 1].y) continue;
    EXPECT_GE(boxes[i].x, boxes[i - 1].x + boxes[i - 1].width - 0.5);
  }
}

TEST(LedgerPicture, WidthsAreBytes) {
  const auto boxes = boxes_of(svg_of(explained()));
  // RSS is the widest; Sys is 100 of its 120.
  EXPECT_NEAR(boxes[0].width, 1000, 0.1);
  bool sys = false;
  for (const Box& box : boxes) sys = sys || std::abs(box.width - 1000.0 * 100 / 120) < 0.1;
  EXPECT_TRUE(sys);
}

TEST(LedgerPicture, NeedsNothingBesideItselfAndKeepsForeignTextOut) {
  for (const std::string& text : {svg_of(explained()), html_of(explained())}) {
    EXPECT_THAT(text, HasSubstr("&lt;dump&gt; &amp; &quot;co&quot;"));
    EXPECT_THAT(text, Not(HasSubstr("<dump>")));
    for (const char* outside : {"href", "src=", "url(", "<script", "@import"}) {
      EXPECT_THAT(text, Not(HasSubstr(outside)));
    }
  }
}

TEST(LedgerPicture, ThePageHoldsPictureFindingsAndLedger) {
  const std::string html = html_of(explained());
  EXPECT_THAT(html, HasSubstr("<!DOCTYPE html>"));
  EXPECT_THAT(html, HasSubstr("<svg "));
  EXPECT_THAT(html, HasSubstr("Refuted by: "));
  EXPECT_THAT(html, HasSubstr("<td>HeapIdle - HeapReleased [MS-13, SC-13]</td>"));
  EXPECT_TRUE(html.ends_with("</body></html>\n"));
}

TEST(LedgerPicture, OfNothingIsStillADocument) {
  Explained e{.file = "dump"};
  e.ledger = ledger_of(e.observation);
  EXPECT_TRUE(svg_of(e).ends_with("</svg>\n"));
}

}  // namespace
}  // namespace heaplaw::cli
