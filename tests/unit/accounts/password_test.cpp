#include "accounts/password.h"

#include <argon2.h>
#include <gtest/gtest.h>

#include <array>

#include "base/text.h"

namespace gw::accounts {
namespace {

constexpr PasswordCost kCheap{64, 1, 1};

// RFC 9106 5.3: the library is the function of the standard.
TEST(PasswordTest, the_library_gives_the_tag_of_the_standard) {
  std::array<std::uint8_t, 32> password{}, tag{};
  std::array<std::uint8_t, 16> salt{};
  std::array<std::uint8_t, 8> secret{};
  std::array<std::uint8_t, 12> data{};
  password.fill(1), salt.fill(2), secret.fill(3), data.fill(4);
  argon2_context context{};
  context.out = tag.data(), context.outlen = tag.size();
  context.pwd = password.data(), context.pwdlen = password.size();
  context.salt = salt.data(), context.saltlen = salt.size();
  context.secret = secret.data(), context.secretlen = secret.size();
  context.ad = data.data(), context.adlen = data.size();
  context.t_cost = 3, context.m_cost = 32, context.lanes = 4, context.threads = 1;
  context.version = ARGON2_VERSION_13;
  ASSERT_EQ(argon2id_ctx(&context), ARGON2_OK);
  EXPECT_EQ(to_hex(tag), "0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659");
}

// The library's own test, as other programs write it; and one of four lanes, by `argon2 -p 4`.
TEST(PasswordTest, fits_what_other_programs_made) {
  const auto hash = PasswordHash::parse(
      "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc");
  EXPECT_TRUE(matches(*hash, "password"));
  EXPECT_FALSE(matches(*hash, "Password"));
}

TEST(PasswordTest, fits_itself_and_nothing_else) {
  const PasswordHash hash = hash_password("correct horse", kCheap);
  EXPECT_TRUE(matches(hash, "correct horse"));
  for (const char* other : {"", "correct hors", "correct horse ", "Correct horse"})
    EXPECT_FALSE(matches(hash, other));
  EXPECT_TRUE(matches(hash_password("", kCheap), ""));
}

TEST(PasswordTest, octets_count_as_they_were_typed) {
  const PasswordHash hash = hash_password("がくもん", kCheap);  // U+304C; not U+304B U+3099
  EXPECT_FALSE(matches(hash, "か\u3099くもん"));
  EXPECT_FALSE(matches(hash_password(std::string_view("a\0b", 3), kCheap), "a"));
}

TEST(PasswordTest, equal_passwords_have_different_hashes) {
  EXPECT_NE(hash_password("same", kCheap).tag, hash_password("same", kCheap).tag);
}

TEST(PasswordTest, its_cost_is_what_was_decided) {
  // OWASP's least; what it costs is measured by the benchmark of whoever raises it, not by a clock here.
  EXPECT_GE(kPasswordCost.memory, 19u * 1024);
  EXPECT_GE(kPasswordCost.passes, 2u);
  EXPECT_TRUE(matches(hash_password("x", kPasswordCost), "x"));
}

}  // namespace
}  // namespace gw::accounts
