#include "web/language.h"

#include <gtest/gtest.h>

namespace gw::web {
namespace {

TEST(LanguageChoice, the_one_that_weighs_more_is_spoken) {
  EXPECT_EQ(preferred("en-US,en;q=0.9,ja;q=0.8"), Language::english);
  EXPECT_EQ(preferred("ja,en-US;q=0.9,en;q=0.8"), Language::japanese);
  EXPECT_EQ(preferred("en;q=0.3, ja-JP;q=0.7"), Language::japanese);
  EXPECT_EQ(preferred("JA;q=0,EN;q=0.1"), Language::english);
}

TEST(LanguageChoice, without_a_word_for_either_it_is_the_clinics) {
  EXPECT_EQ(preferred(""), Language::japanese);
  EXPECT_EQ(preferred("fr, *"), Language::japanese);
  EXPECT_EQ(preferred("english"), Language::japanese);
  EXPECT_EQ(preferred("en;q=x"), Language::japanese);
  EXPECT_EQ(preferred(",;,;q=1"), Language::japanese);
}

}  // namespace
}  // namespace gw::web
