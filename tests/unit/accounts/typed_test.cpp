#include "accounts/typed.h"

#include <gtest/gtest.h>

namespace gw::accounts {
namespace {

TEST(TypedTest, what_does_not_count_is_left_out) {
  for (const char* typed : {"123456", "123 456", " 123-456\n", "１２３４５６", "１２３　４５６", "123‐456",
                            "１２３ー４５６", "123−456",
                            "\xEF\xBB\xBF"
                            "123456",
                            "1 2 3 4 5 6", "１23４56",
                            "123\xC2\xA0"
                            "456"})
    EXPECT_EQ(tidy_digits(typed), "123456") << typed;
}

TEST(TypedTest, letters_become_small_and_plain) {
  EXPECT_EQ(tidy("ＡＢＣ-Def"), "abcdef");
  EXPECT_EQ(tidy("カルテ"), "カルテ");
  EXPECT_EQ(tidy(""), "");
}

TEST(TypedTest, other_digits_are_no_digits) {
  for (const char* typed :
       {"", "12345", "1234567", "12345a", "١٢٣٤٥٦", "一二三四五六", "12345.", "+12345", "①②③④⑤⑥"})
    EXPECT_FALSE(tidy_digits(typed)) << typed;
}

TEST(TypedTest, what_is_no_utf8_or_too_long_is_nothing) {
  EXPECT_FALSE(tidy("12345\xff"));
  EXPECT_FALSE(tidy("\xef\xbc"));
  EXPECT_FALSE(tidy("\xc0\xb1"));
  EXPECT_TRUE(tidy(std::string(kMostTyped, '1')));
  EXPECT_FALSE(tidy(std::string(kMostTyped + 1, ' ')));
}

TEST(TypedTest, a_line_can_be_shown) {
  EXPECT_TRUE(is_line("版の更新", 12));
  EXPECT_FALSE(is_line("版の更新", 11));
  for (const std::string& text :
       {std::string("a\nb"), std::string("a\0b", 3), std::string("\xff"), std::string("\x7f")}) {
    EXPECT_FALSE(is_line(text, 10));
    EXPECT_TRUE(is_line(one_line(text, 10), 10));
  }
  EXPECT_EQ(one_line("版の更新", 11), "版の更") << "never half a character";
}

}  // namespace
}  // namespace gw::accounts
