#include "base/language.h"

#include <gtest/gtest.h>
#include <stdlib.h>

namespace gw {
namespace {

TEST(Language, a_locale_asks_for_one) {
  EXPECT_EQ(language_of("ja_JP.UTF-8"), Language::japanese);
  EXPECT_EQ(language_of("ja"), Language::japanese);
  for (const char* locale : {"", "C", "C.UTF-8", "en_GB.UTF-8", "jbo_XX"})
    EXPECT_EQ(language_of(locale), Language::english);
}

TEST(Language, of_the_environment_the_first_that_says_anything_counts) {
  ::unsetenv("LC_ALL");
  ::setenv("LC_MESSAGES", "", 1);
  ::setenv("LANG", "ja_JP.UTF-8", 1);
  EXPECT_EQ(language_of_environment(), Language::japanese);
  ::setenv("LC_MESSAGES", "en_GB.UTF-8", 1);
  EXPECT_EQ(language_of_environment(), Language::english);
  ::setenv("LC_ALL", "ja_JP.UTF-8", 1);
  EXPECT_EQ(language_of_environment(), Language::japanese);
  for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) ::unsetenv(name);
  EXPECT_EQ(language_of_environment(), Language::english);
}

}  // namespace
}  // namespace gw
