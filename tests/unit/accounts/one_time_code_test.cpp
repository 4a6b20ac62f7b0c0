#include "accounts/one_time_code.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace gw::accounts {
namespace {

TEST(OneTimeCodeTest, is_four_groups_of_four) {
  const Secret code = random_code();
  ASSERT_EQ(code.view().size(), 19u);
  for (std::size_t i = 0; i < 19; ++i) EXPECT_EQ(code.view()[i] == '-', i % 5 == 4);
}

TEST(OneTimeCodeTest, none_comes_twice) {
  std::set<std::string> seen;
  for (int i = 0; i < 1000; ++i) EXPECT_TRUE(seen.emplace(random_code().view()).second);
}

TEST(OneTimeCodeTest, equal_codes_have_different_hashes) {
  EXPECT_NE(hash_code("k7mh-x2pq").digest, hash_code("k7mh-x2pq").digest);
}

TEST(OneTimeCodeTest, fits_as_people_type_it) {
  const CodeHash hash = hash_code("abol-2345-wxyz-mnop");
  for (const char* typed : {"abol-2345-wxyz-mnop", "ABOL2345WXYZMNOP", "ab0l 2345 wxyz mn0p",
                            "a8o1-2345-wxyz-mnop", "ａｂｏｌ２３４５ｗｘｙｚｍｎｏｐ"})
    EXPECT_TRUE(matches(hash, typed)) << typed;
}

TEST(OneTimeCodeTest, fits_nothing_else) {
  const CodeHash hash = hash_code("abol-2345-wxyz-mnop");
  for (const char* typed : {"", "abol-2345-wxyz-mno", "abol-2345-wxyz-mnopp", "abol-2345-wxyz-mnoq", "\xff"})
    EXPECT_FALSE(matches(hash, typed)) << typed;
  EXPECT_FALSE(matches(CodeHash{}, ""));
}

TEST(OneTimeCodeTest, a_hash_with_any_bit_changed_fits_no_more) {
  const CodeHash hash = hash_code("abol-2345-wxyz-mnop");
  auto octets = encode(hash);
  for (std::size_t bit = 0; bit < octets.size() * 8; ++bit) {
    octets[bit / 8] = static_cast<std::uint8_t>(octets[bit / 8] ^ 1u << bit % 8);
    EXPECT_FALSE(matches(*decode<CodeHash>(octets), "abol-2345-wxyz-mnop"));
    octets[bit / 8] = static_cast<std::uint8_t>(octets[bit / 8] ^ 1u << bit % 8);
  }
}

}  // namespace
}  // namespace gw::accounts
