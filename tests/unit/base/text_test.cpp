#include "base/text.h"

#include <gtest/gtest.h>

namespace gw {
namespace {

std::string json(std::string_view text) {
  std::string out;
  append_json_string(out, text);
  return out;
}

TEST(TextTest, hexadecimal_goes_both_ways) {
  const std::uint8_t octets[] = {0x00, 0x0f, 0xa5, 0xff};
  EXPECT_EQ(to_hex(octets), "000fa5ff");
  EXPECT_EQ(from_hex("0FA5"), std::string("\x0f\xa5"));
  for (const char* wrong : {"0", "0g", "0x00", " 00", "-1"}) EXPECT_FALSE(from_hex(wrong)) << wrong;
}

TEST(TextTest, json_keeps_plain_text_and_utf8) {
  EXPECT_EQ(json("関所 gate"), "\"関所 gate\"");
  EXPECT_EQ(json(""), "\"\"");
}

TEST(TextTest, json_escapes_what_could_break_a_line_or_a_string) {
  EXPECT_EQ(json("a\"b\\c"), "\"a\\\"b\\\\c\"");
  EXPECT_EQ(json("a\nb\x1b\x7f"), "\"a\\u000ab\\u001b\\u007f\"");
  EXPECT_EQ(json(std::string_view("\0", 1)), "\"\\u0000\"");
}

TEST(TextTest, json_escapes_each_octet_that_is_not_utf8) {
  EXPECT_EQ(json("\xff"), "\"\\u00ff\"");
  EXPECT_EQ(json("\xc0\xaf"), "\"\\u00c0\\u00af\"");                        // overlong
  EXPECT_EQ(json("\xed\xa0\x80"), "\"\\u00ed\\u00a0\\u0080\"");             // a surrogate
  EXPECT_EQ(json("\xf4\x90\x80\x80"), "\"\\u00f4\\u0090\\u0080\\u0080\"");  // beyond U+10FFFF
  EXPECT_EQ(json("\xe3\x82"), "\"\\u00e3\\u0082\"");                        // cut off
}

TEST(TextTest, a_decimal_is_digits_without_leading_zero) {
  EXPECT_EQ(parse_decimal("0"), 0u);
  EXPECT_EQ(parse_decimal("18446744073709551615"), 18446744073709551615u);
  for (const char* wrong : {"", "00", "01", "+1", "-1", " 1", "1 ", "1a", "18446744073709551616"})
    EXPECT_FALSE(parse_decimal(wrong)) << wrong;
}

TEST(TextTest, lower_case_touches_ascii_letters_only) {
  EXPECT_EQ(to_lower("AbZ[09]\xc3\x84"), "abz[09]\xc3\x84");
}

TEST(TextTest, host_names_are_those_of_rfc_1123) {
  const std::string label(63, 'a');
  for (const std::string& good : {std::string("a"), std::string("cloud.example"), std::string("3com.example"),
                                  std::string("a-b.example"), label, label + "." + label})
    EXPECT_TRUE(is_host_name(good)) << good;
  for (const std::string& wrong :
       {std::string(""), std::string("."), std::string("a."), std::string(".a"), std::string("a..b"),
        std::string("-a.example"), std::string("a-.example"), std::string("a_b"), std::string("a b"),
        std::string("*.example"), label + "a", std::string(254, 'a'),
        label + "." + label + "." + label + "." + label})
    EXPECT_FALSE(is_host_name(wrong)) << wrong;
}

TEST(TextTest, so_many_octets_of_hexadecimal_are_so_many) {
  EXPECT_EQ(octets_of_hex<2>("00fF"), (std::array<std::uint8_t, 2>{0x00, 0xff}));
  for (const char* other : {"", "00", "00f", "00ff00", "00fg"})
    EXPECT_FALSE(octets_of_hex<2>(other)) << other;
}

}  // namespace
}  // namespace gw
