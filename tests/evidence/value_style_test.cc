#include "evidence/value_style.h"

#include <gtest/gtest.h>

namespace heaplaw::evidence {
namespace {

TEST(ValueStyle, OnlyPlainVHasNoKeys) {
  EXPECT_FALSE(style_of(ValueForm::v).has_keys());
  EXPECT_TRUE(style_of(ValueForm::plus_v).has_keys());
  EXPECT_TRUE(style_of(ValueForm::sharp_v).hex);
  EXPECT_EQ(style_of(ValueForm::json).key_after, "\":");
}

TEST(ValueStyle, JsonSpellsFloatsItsOwnWaySinceGo18) {
  EXPECT_EQ(float_form_of(ValueForm::json, {5, 7}), GoFloatForm::shortest);
  EXPECT_EQ(float_form_of(ValueForm::json, {8, 8}), GoFloatForm::json);
  EXPECT_EQ(float_form_of(ValueForm::plus_v, {8, 8}), GoFloatForm::shortest);
}

}  // namespace
}  // namespace heaplaw::evidence
