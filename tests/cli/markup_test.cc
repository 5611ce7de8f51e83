#include "cli/markup.h"

#include <gtest/gtest.h>

namespace heaplaw::cli {
namespace {

TEST(Markup, WhatWouldBeMarkupIsEscaped) {
  EXPECT_EQ(escaped("a < b && \"c\" > d"), "a &lt; b &amp;&amp; &quot;c&quot; &gt; d");
  EXPECT_EQ(escaped(""), "");
}

TEST(Markup, ControlCharactersBecomeBlanksAndOtherLettersStay) {
  EXPECT_EQ(escaped("a\nb\x01\tc"), "a b  c");
  EXPECT_EQ(escaped("größe 堆"), "größe 堆");
}

}  // namespace
}  // namespace heaplaw::cli
