#include "pki/evidence_key.h"

#include <gtest/gtest.h>
#include <openssl/pem.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/fd.h"

namespace gw::pki {
namespace {

UniqueFd file_with(std::string_view text = {}) {
  UniqueFd fd(::memfd_create("key", MFD_CLOEXEC));
  EXPECT_EQ(::write(fd.get(), text.data(), text.size()), static_cast<ssize_t>(text.size()));
  return fd;
}

bool verifies(const std::string& pem, std::string_view record, const std::vector<std::uint8_t>& signature) {
  const BioPtr text(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  const KeyPtr key(PEM_read_bio_PUBKEY(text.get(), nullptr, nullptr, nullptr));
  const std::unique_ptr<EVP_MD_CTX, Freer<EVP_MD_CTX_free>> context(EVP_MD_CTX_new());
  return EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, key.get()) == 1 &&
         EVP_DigestVerify(context.get(), signature.data(), signature.size(),
                          reinterpret_cast<const unsigned char*>(record.data()), record.size()) == 1;
}

TEST(EvidenceKeyTest, an_empty_file_gets_a_key_and_the_same_file_gives_the_same_key) {
  const UniqueFd file = file_with();
  const auto first = EvidenceKey::read_or_make(file.get());
  ASSERT_TRUE(first) << first.error().to_text();
  const auto second = EvidenceKey::read_or_make(file.get());
  ASSERT_TRUE(second) << second.error().to_text();
  EXPECT_EQ(*first->public_pem(), *second->public_pem());
  EXPECT_EQ(*first->sign(as_bytes("x")), *second->sign(as_bytes("x")));
}

TEST(EvidenceKeyTest, what_it_signs_can_be_checked_and_nothing_else) {
  const UniqueFd file = file_with();
  const auto key = EvidenceKey::read_or_make(file.get());
  ASSERT_TRUE(key);
  const auto signature = key->sign(as_bytes("record"));
  ASSERT_TRUE(signature);
  EXPECT_TRUE(verifies(*key->public_pem(), "record", *signature));
  EXPECT_FALSE(verifies(*key->public_pem(), "recorD", *signature));
}

TEST(EvidenceKeyTest, two_boxes_have_two_keys) {
  const UniqueFd one = file_with(), other = file_with();
  EXPECT_NE(*EvidenceKey::read_or_make(one.get())->public_pem(),
            *EvidenceKey::read_or_make(other.get())->public_pem());
}

TEST(EvidenceKeyTest, a_file_that_holds_anything_else_is_refused) {
  for (const std::string& text :
       {std::string("mine"), std::string(5000, 'x'), std::string("-----BEGIN PUBLIC KEY-----\n")}) {
    const UniqueFd file = file_with(text);
    const auto key = EvidenceKey::read_or_make(file.get());
    ASSERT_FALSE(key) << text.substr(0, 20);
    EXPECT_EQ(key.error().code, ErrorCode::evidence_key_unusable);
  }
}

}  // namespace
}  // namespace gw::pki
