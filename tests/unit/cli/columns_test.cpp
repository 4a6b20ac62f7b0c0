#include "cli/columns.h"

#include <gtest/gtest.h>

namespace gw::cli {
namespace {

TEST(Columns, a_wide_character_takes_two) {
  EXPECT_EQ(width_of("abc"), 3u);
  EXPECT_EQ(width_of("佐藤 a"), 6u);
  EXPECT_EQ(width_of("ｱ"), 1u) << "half-width";
  EXPECT_EQ(width_of("\xff\xfe"), 2u) << "what is no text counts octet by octet";
  EXPECT_EQ(padded("氏名", 6), "氏名  ");
  EXPECT_EQ(padded("long", 2), "long");
}

TEST(Columns, nothing_in_a_text_is_an_order_to_the_terminal) {
  EXPECT_EQ(plain("a\x1b[31mb\n\x7f"), "a\\x1b[31mb\\x0a\\x7f");
  EXPECT_EQ(plain("\xc2\x9b"
                  "2J"),
            "\\xc29b2J")
      << "C1, which some terminals obey";
  EXPECT_EQ(plain("\xff"), "\\xff");
  EXPECT_EQ(plain("院長 ✓"), "院長 ✓");
}

TEST(Columns, rows_stand_under_one_another_and_empty_columns_are_left_out) {
  EXPECT_EQ(table_of({{"名前", "n", "e"}, {"a", "1", ""}, {"bbbbb", "22", ""}}),
            "名前   n\na      1\nbbbbb  22\n");
}

}  // namespace
}  // namespace gw::cli
