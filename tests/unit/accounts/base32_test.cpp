#include "accounts/base32.h"

#include <gtest/gtest.h>

namespace gw::accounts {
namespace {

// RFC 4648 10, without padding.
TEST(Base32Test, gives_the_texts_of_the_standard) {
  const std::pair<std::string_view, std::string_view> kRows[] = {{"", ""},
                                                                 {"f", "MY"},
                                                                 {"fo", "MZXQ"},
                                                                 {"foo", "MZXW6"},
                                                                 {"foob", "MZXW6YQ"},
                                                                 {"fooba", "MZXW6YTB"},
                                                                 {"foobar", "MZXW6YTBOI"}};
  for (const auto& [plain, text] : kRows) {
    EXPECT_EQ(to_base32(as_bytes(plain)), text);
    const auto back = from_base32(text);
    ASSERT_TRUE(back);
    EXPECT_EQ(as_text(*back), plain);
  }
}

TEST(Base32Test, reads_small_letters) { EXPECT_EQ(as_text(*from_base32("mzxw6ytboi")), "foobar"); }

TEST(Base32Test, each_value_has_one_text) {
  for (const char* text :
       {"M", "MZX", "MZXW6Y", "MZ", "MZXW7", "MY======", "M1", "MZXW6YTB0I", "M Y", "MZXW6YTBO"})
    EXPECT_FALSE(from_base32(text)) << text;
}

TEST(Base32Test, whatever_is_read_is_written_the_same) {
  for (unsigned one = 0; one < 256; ++one)
    for (unsigned other = 0; other < 256; other += 5) {
      const std::vector<std::uint8_t> octets{static_cast<std::uint8_t>(one), static_cast<std::uint8_t>(other),
                                             7};
      EXPECT_EQ(from_base32(to_base32(octets)), octets);
    }
}

}  // namespace
}  // namespace gw::accounts
