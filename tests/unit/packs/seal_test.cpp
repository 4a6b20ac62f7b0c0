#include "packs/seal.h"

#include <gtest/gtest.h>
#include <sys/mman.h>

#include "base/fd.h"
#include "base/text.h"
#include "draft.h"
#include "model/checkpoint.h"
#include "pki/evidence_key.h"

namespace gw::packs {
namespace {

/// A vendor's key, made for the test.
pki::EvidenceKey new_key() {
  const UniqueFd file(::memfd_create("key", MFD_CLOEXEC));
  auto key = pki::EvidenceKey::read_or_make(file.get());
  EXPECT_TRUE(key);
  return *std::move(key);
}

class PackSeal : public testing::Test {
 protected:
  pki::EvidenceKey vendor_ = new_key();
  pki::SignerKey signer_ = *pki::SignerKey::from_pem(*vendor_.public_pem());
  std::vector<std::uint8_t> signed_text(std::string_view text) const { return *vendor_.sign(as_bytes(text)); }
  std::vector<std::uint8_t> good_ = signed_text(statement_of(digest_of(kGood)));
};

TEST_F(PackSeal, what_the_vendor_signed_is_believed) {
  EXPECT_EQ(good_.size(), pki::SignerKey::kSignature);
  EXPECT_TRUE(is_signed(kGood, good_, signer_));
}

TEST_F(PackSeal, the_statement_names_what_it_is_and_the_digest_of_the_octets) {
  EXPECT_EQ(statement_of(digest_of("abc")),
            "sekisho rule pack 1\n"
            "sha256 ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad\n");
}

TEST_F(PackSeal, one_bit_of_the_pack_or_of_the_signature_is_noticed) {
  for (std::size_t at = 0; at < kGood.size(); at += 7) {
    std::string changed = kGood;
    changed[at] = static_cast<char>(changed[at] ^ 1);
    EXPECT_FALSE(is_signed(changed, good_, signer_)) << at;
  }
  for (std::size_t bit = 0; bit < good_.size() * 8; ++bit) {
    auto changed = good_;
    changed[bit / 8] = static_cast<std::uint8_t>(changed[bit / 8] ^ (1u << (bit % 8)));
    EXPECT_FALSE(is_signed(kGood, changed, signer_)) << bit;
  }
}

TEST_F(PackSeal, a_signature_has_sixty_four_octets) {
  for (const std::size_t size : {0u, 1u, 63u, 65u, 128u}) {
    auto other = good_;
    other.resize(size);
    EXPECT_FALSE(is_signed(kGood, other, signer_)) << size;
  }
}

TEST_F(PackSeal, another_key_is_not_the_vendors) {
  const pki::EvidenceKey other = new_key();
  EXPECT_FALSE(is_signed(kGood, *other.sign(as_bytes(statement_of(digest_of(kGood)))), signer_));
  EXPECT_FALSE(is_signed(kGood, good_, *pki::SignerKey::from_pem(*other.public_pem())));
}

/// The same key may have signed something else: none of that counts for a pack, whatever its octets are.
TEST_F(PackSeal, a_signature_of_something_else_is_none_of_a_pack) {
  EXPECT_FALSE(is_signed(kGood, signed_text(kGood), signer_));
  EXPECT_FALSE(is_signed(kGood, signed_text(to_hex(digest_of(kGood))), signer_));
  EXPECT_FALSE(is_signed(kGood, signed_text(as_text(digest_of(kGood))), signer_));
  EXPECT_FALSE(is_signed(kGood, signed_text(statement_of(digest_of(kGood + "\n"))), signer_));
  const std::string checkpoint = model::text_of({});
  EXPECT_FALSE(is_signed(checkpoint, signed_text(checkpoint), signer_));
  const std::string proof = R"({"format":"sekisho.isolation-proof/1"})";
  EXPECT_FALSE(is_signed(proof, signed_text(proof), signer_));
}

/// And the other way round: what is signed for a pack is the text of nothing else.
TEST_F(PackSeal, a_packs_statement_is_no_checkpoint_and_no_proof) {
  const std::string statement = statement_of(digest_of(kGood));
  EXPECT_FALSE(model::parse_checkpoint(statement));
  EXPECT_NE(statement.front(), '{');
}

}  // namespace
}  // namespace gw::packs
