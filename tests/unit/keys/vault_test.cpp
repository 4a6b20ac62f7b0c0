#include "keys/vault.h"

#include <gtest/gtest.h>

#include "unit/keys/still_key.h"

namespace gw::keys {
namespace {

using model::Generation;
using model::KeyId;

class VaultTest : public testing::Test {
 protected:
  /// The keys of a generation that nobody has refused: one of each of two tenants.
  void stage(std::uint64_t generation) {
    for (std::uint16_t tenant = 0; tenant < 2; ++tenant)
      vault_.stage(Generation(generation), name_of(tenant), KeyId(0),
                   tests::held(static_cast<std::uint8_t>(10 * generation + tenant)));
  }
  /// The number of the key that is found; -1 if there is none.
  int find(std::uint16_t tenant, std::uint64_t generation, std::uint16_t key = 0) const {
    const HeldKeyPtr found = vault_.find(name_of(tenant), Generation(generation), KeyId(key));
    return found ? found->key->public_key()[0] : -1;
  }
  static std::string name_of(std::uint16_t tenant) { return "tenant " + std::to_string(tenant); }
  Vault vault_;
};

TEST_F(VaultTest, a_tenant_finds_its_own_key_and_no_other) {
  stage(1);
  (void)vault_.commit(Generation(1));
  EXPECT_EQ(find(0, 1), 10);
  EXPECT_EQ(find(1, 1), 11);
  EXPECT_EQ(find(2, 1), -1);
  EXPECT_EQ(find(0, 1, 1), -1);
}

/// The second tenant moves up when the first goes: its number is what the first one's was.
TEST_F(VaultTest, a_tenant_that_takes_anothers_place_in_the_list_finds_nothing_of_it) {
  stage(1);
  (void)vault_.commit(Generation(1));
  vault_.stage(Generation(2), "tenant 1", KeyId(0), tests::held(21));
  (void)vault_.commit(Generation(2));
  EXPECT_EQ(find(1, 1), 11) << "its own, of the generation before";
  EXPECT_EQ(find(1, 2), 21);
  EXPECT_EQ(find(0, 2), -1);
}

TEST_F(VaultTest, handshakes_of_the_generation_before_can_still_be_signed) {
  stage(1);
  (void)vault_.commit(Generation(1));
  stage(2);
  EXPECT_EQ(find(0, 2), 20) << "prepared: the first handshake may come before the commit";
  (void)vault_.commit(Generation(2));
  EXPECT_EQ(find(0, 1), 10);
  stage(3);
  (void)vault_.commit(Generation(3));
  EXPECT_EQ(find(0, 1), -1);
  EXPECT_EQ(find(0, 2), 20);
}

TEST_F(VaultTest, what_was_abandoned_is_forgotten) {
  stage(1);
  (void)vault_.commit(Generation(1));
  stage(2);
  (void)vault_.abandon();
  EXPECT_EQ(find(0, 2), -1);
  EXPECT_EQ(find(0, 1), 10);
}

TEST_F(VaultTest, a_generation_without_keys_pushes_out_older_ones_too) {
  stage(1);
  (void)vault_.commit(Generation(1));
  (void)vault_.commit(Generation(2));
  (void)vault_.commit(Generation(3));
  EXPECT_EQ(find(0, 1), -1);
}

}  // namespace
}  // namespace gw::keys
