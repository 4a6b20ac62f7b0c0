#include "accounts/seal.h"

#include <gtest/gtest.h>

namespace gw::accounts {
namespace {

Seal seal_of(char letter) { return Seal(Secret(std::string(Seal::kKeySize, letter))); }

TEST(SealTest, opens_what_it_closed) {
  const Seal seal = seal_of('k');
  const auto sealed = seal.close(as_bytes("a secret"), 7);
  EXPECT_EQ(sealed.size(), 1u + 12 + 8 + 16);
  EXPECT_EQ(seal.open(sealed, 7)->view(), "a secret");
  EXPECT_EQ(seal.open(seal.close({}, 7), 7)->view(), "");
}

TEST(SealTest, never_closes_the_same_twice) {
  const Seal seal = seal_of('k');
  EXPECT_NE(seal.close(as_bytes("a secret"), 7), seal.close(as_bytes("a secret"), 7));
}

TEST(SealTest, another_accounts_or_another_boxs_stays_closed) {
  const Seal seal = seal_of('k');
  const auto sealed = seal.close(as_bytes("a secret"), 7);
  EXPECT_EQ(seal.open(sealed, 8).error().code, ErrorCode::account_seal_broken);
  EXPECT_EQ(seal_of('l').open(sealed, 7).error().code, ErrorCode::account_seal_broken);
}

TEST(SealTest, nothing_changed_or_cut_opens) {
  const Seal seal = seal_of('k');
  const auto sealed = seal.close(as_bytes("a secret"), 7);
  for (std::size_t bit = 0; bit < sealed.size() * 8; ++bit) {
    auto changed = sealed;
    changed[bit / 8] = static_cast<std::uint8_t>(changed[bit / 8] ^ 1u << bit % 8);
    EXPECT_FALSE(seal.open(changed, 7)) << bit;
  }
  for (std::size_t size = 0; size < sealed.size(); ++size)
    EXPECT_FALSE(seal.open({sealed.data(), size}, 7)) << size;
}

}  // namespace
}  // namespace gw::accounts
