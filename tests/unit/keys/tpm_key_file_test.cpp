#include "keys/tpm_key_file.h"

#include <gtest/gtest.h>

#include <cstring>

#include "keys/der.h"
#include "keys/pem_block.h"
#include "keys/tpm_pattern.h"
#include "support/mutations.h"

namespace gw::keys {
namespace {

/// As a TPM could have made it; no TPM would load it.
TpmKeyFile sample() {
  TpmKeyFile key{};
  key.parent = TPM2_RH_OWNER;
  key.open_part = signing_pattern(model::KeyKind::p256);
  key.open_part.publicArea.unique.ecc.x.size = key.open_part.publicArea.unique.ecc.y.size = 32;
  key.sealed_part.size = 100;
  std::memset(key.sealed_part.buffer, 7, 100);
  return key;
}

support::Octets der_of(const std::string& pem) {
  const auto block = find_pem(Secret(pem), {kTpmKeyLabel});
  EXPECT_TRUE(block) << pem;
  return {block->bytes().begin(), block->bytes().end()};
}

void expect_refused(const TpmKeyFile& key, std::string_view words) {
  const auto read = read_tpm_key_file(der_of(write_tpm_key_file(key)));
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().code, ErrorCode::key_unreadable);
  EXPECT_NE(read.error().detail.find(words), std::string::npos) << read.error().detail;
}

TEST(TpmKeyFileTest, what_is_written_is_read) {
  TpmKeyFile key = sample();
  for (const TPM2_HANDLE parent :
       {TPM2_HANDLE{TPM2_RH_OWNER}, TPM2_HANDLE{0x81000001}, TPM2_HANDLE{0x81fffffe}}) {
    key.parent = parent;
    const auto read = read_tpm_key_file(der_of(write_tpm_key_file(key)));
    ASSERT_TRUE(read) << read.error().to_text();
    EXPECT_EQ(read->parent, parent);
    EXPECT_EQ(read->sealed_part.size, key.sealed_part.size);
    EXPECT_EQ(write_tpm_key_file(*read), write_tpm_key_file(key));
  }
}

TEST(TpmKeyFileTest, a_key_that_may_leave_or_came_from_outside_is_refused) {
  for (const TPMA_OBJECT missing :
       {TPMA_OBJECT_FIXEDTPM, TPMA_OBJECT_FIXEDPARENT, TPMA_OBJECT_SENSITIVEDATAORIGIN}) {
    TpmKeyFile key = sample();
    key.open_part.publicArea.objectAttributes &= ~missing;
    expect_refused(key, "from outside");
  }
}

TEST(TpmKeyFileTest, a_key_that_cannot_be_used_here_is_refused) {
  TpmKeyFile key = sample();
  key.open_part.publicArea.objectAttributes &= ~TPMA_OBJECT_SIGN_ENCRYPT;
  expect_refused(key, "may not sign");
  key = sample();
  key.open_part.publicArea.authPolicy.size = 32;
  expect_refused(key, "policy");
  key = sample();
  key.parent = TPM2_RH_ENDORSEMENT;
  expect_refused(key, "parent");
}

TEST(TpmKeyFileTest, damage_anywhere_is_an_error_or_another_key) {
  const auto seed = der_of(write_tpm_key_file(sample()));
  const auto look = [](const support::Octets& octets) {
    const auto read = read_tpm_key_file(octets);
    EXPECT_TRUE(!read || read_tpm_key_file(der_of(write_tpm_key_file(*read))));
  };
  support::for_each_cut(seed, [](const support::Octets& octets) { EXPECT_FALSE(read_tpm_key_file(octets)); });
  support::for_each_change(seed, look);
}

}  // namespace
}  // namespace gw::keys
