#include "accounts/password_hash.h"

#include <gtest/gtest.h>

#include "accounts/password.h"
#include "base/bytes.h"
#include "support/mutations.h"

namespace gw::accounts {
namespace {

constexpr const char* kText =
    "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";

TEST(PasswordHashTest, reads_what_other_programs_write) {
  const auto hash = PasswordHash::parse(kText);
  ASSERT_TRUE(hash);
  EXPECT_EQ(hash->cost, (PasswordCost{65536, 2, 1}));
  EXPECT_EQ(as_text(hash->salt), "somesalt");
  EXPECT_EQ(hash->tag.size(), 32u);
  EXPECT_EQ(hash->to_text(), kText);
}

TEST(PasswordHashTest, comes_back_as_it_was) {
  const PasswordHash hash = hash_password("a password", {64, 1, 2});
  EXPECT_EQ(*PasswordHash::parse(hash.to_text()), hash);
}

TEST(PasswordHashTest, other_kinds_and_costs_out_of_bounds_are_none) {
  for (const char* text : {
           "",
           "$argon2i$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
           "$argon2id$v=16$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
           "$argon2id$v=19$m=4294967295,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
           "$argon2id$v=19$m=262145,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
           "$argon2id$v=19$m=7,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
           "$argon2id$v=19$m=15,t=2,p=2$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
           "$argon2id$v=19$m=65536,t=0,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
           "$argon2id$v=19$m=65536,t=17,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
           "$argon2id$v=19$m=65536,t=2,p=0$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
           "$argon2id$v=19$m=065536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
           "$argon2id$v=19$m=65536,t=2,p=1$c29t$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
           "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1a",
           "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ=$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
           "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHR$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
           "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc$",
       })
    EXPECT_FALSE(PasswordHash::parse(text)) << text;
}

TEST(PasswordHashTest, whatever_is_read_is_the_only_text_of_its_value) {
  const std::string_view text = kText;
  const support::Octets seed(text.begin(), text.end());
  std::size_t read = 0;
  const auto try_octets = [&](const support::Octets& octets) {
    const auto hash = PasswordHash::parse(as_text(octets));
    if (!hash) return;
    ++read;
    EXPECT_EQ(hash->to_text(), as_text(octets));
    EXPECT_NE(*hash, *PasswordHash::parse(kText));
  };
  support::for_each_cut(seed, try_octets);
  support::for_each_change(seed, try_octets);
  EXPECT_GT(read, 0u) << "another letter of the tag is another tag";
}

}  // namespace
}  // namespace gw::accounts
