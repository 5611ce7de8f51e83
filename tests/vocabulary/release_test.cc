#include "vocabulary/release.h"

#include <stdexcept>
#include <string>

#include <gtest/gtest.h>

namespace heaplaw {
namespace {

TEST(Release, EverySpellingRoundTrips) {
  for (const char* name : {"go1", "go1.4", "go1.4.3", "go1.8beta2", "go1.8rc1", "go1.20",
                           "go1.21.0", "go1.21rc4", "go1.26.4"}) {
    EXPECT_EQ(Release::parse(name).name(), name);
  }
}

TEST(Release, ThePrefixMayBeLeftOut) {
  EXPECT_EQ(Release::parse("1.19.8"), Release(19, 8));
  EXPECT_EQ(Release::parse("1.26rc1"), Release(26, Release::Stage::rc, 1));
  EXPECT_EQ(Release::parse("1.21"), Release::parse("go1.21.0"));
}

TEST(Release, OrderIsTheOrderOfPublication) {
  const char* const published[] = {"go1",      "go1.0.3",   "go1.4",    "go1.7.6", "go1.8beta1",
                                   "go1.8rc1", "go1.8",     "go1.8.7",  "go1.9",   "go1.10",
                                   "go1.20",   "go1.21rc2", "go1.21.0", "go1.26.4"};
  for (std::size_t i = 1; i < std::size(published); ++i) {
    EXPECT_LT(Release::parse(published[i - 1]), Release::parse(published[i])) << published[i];
  }
}

TEST(Release, WhatIsNoReleaseIsRefusedWithItsText) {
  for (const char* text :
       {"", "go", "go2", "1.", "1.x", "1.19.", "1.19.8 ", " 1.19", "1.19.8.1", "1.-1", "1.+1",
        "1.00019", "1.019", "1.99999", "1.26rc", "1.26alpha1", "go1.19.8-fork", "devel"}) {
    EXPECT_FALSE(Release::try_parse(text)) << text;
  }
  try {
    (void)Release::parse("1.x");
    FAIL() << "1.x was accepted";
  } catch (const std::invalid_argument& error) {
    EXPECT_STREQ(error.what(),
                 "'1.x' is not a Go release; expected a name like go1.19.8, 1.4 or 1.26rc1");
  }
}

TEST(Release, AHugeNameIsQuotedOnlyInPart) {
  try {
    (void)Release::parse(std::string(1 << 20, '1'));
    FAIL() << "accepted";
  } catch (const std::invalid_argument& error) {
    EXPECT_LT(std::string(error.what()).size(), 200u);
  }
}

}  // namespace
}  // namespace heaplaw
