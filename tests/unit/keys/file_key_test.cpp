#include "keys/file_key.h"

#include <gtest/gtest.h>
#include <openssl/pem.h>

#include "keys/wrapping.h"
#include "unit/keys/signatures.h"

namespace gw::keys {
namespace {

using Scheme = model::SignatureScheme;

Secret wrapping(char octet = 'w') { return Secret(std::string(kLeastWrappingSecret, octet)); }

PemBlock block(const std::string& pem, std::string_view label) {
  auto found = find_pem(Secret(pem), {label});
  EXPECT_TRUE(found) << found.error().to_text();
  return std::move(*found);
}

std::string pem_of(EVP_PKEY* key, bool traditional) {
  const pki::BioPtr bio(BIO_new(BIO_s_mem()));
  if (traditional)
    PEM_write_bio_PrivateKey_traditional(bio.get(), key, nullptr, nullptr, 0, nullptr, nullptr);
  else
    PEM_write_bio_PrivateKey(bio.get(), key, nullptr, nullptr, 0, nullptr, nullptr);
  char* text = nullptr;
  const long size = BIO_get_mem_data(bio.get(), &text);
  return std::string(text, static_cast<std::size_t>(size));
}

void expect_signs_every_way(PrivateKey& key, bool is_rsa) {
  for (const Way& way : kWays) {
    const auto signature = key.sign(way.scheme, as_bytes("message"));
    if (way.is_rsa == is_rsa) {
      ASSERT_TRUE(signature) << signature.error().to_text();
      EXPECT_TRUE(is_good(key.public_key(), way, "message", *signature));
      EXPECT_FALSE(is_good(key.public_key(), way, "messagE", *signature));
    } else {
      ASSERT_FALSE(signature);
      EXPECT_EQ(signature.error().code, ErrorCode::key_scheme_unsuitable);
    }
  }
}

struct Kind {
  model::KeyKind kind;
  bool is_rsa;
};

class MadeKeyTest : public testing::TestWithParam<Kind> {};

TEST_P(MadeKeyTest, signs_in_every_way_of_its_kind) {
  const auto pem = make_encrypted_key(GetParam().kind, wrapping());
  ASSERT_TRUE(pem) << pem.error().to_text();
  const auto key = open_encrypted_key(block(*pem, "ENCRYPTED PRIVATE KEY"), wrapping());
  ASSERT_TRUE(key) << key.error().to_text();
  EXPECT_EQ((*key)->keeping(), Keeping::encrypted_file);
  expect_signs_every_way(**key, GetParam().is_rsa);
}

INSTANTIATE_TEST_SUITE_P(Kinds, MadeKeyTest,
                         testing::Values(Kind{model::KeyKind::p256, false}, Kind{model::KeyKind::p384, false},
                                         Kind{model::KeyKind::rsa_2048, true}, Kind{model::KeyKind::rsa_3072, true}));

TEST(FileKeyTest, plain_keys_of_each_form_sign) {
  const pki::KeyPtr ec(EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "P-256"));
  const pki::KeyPtr rsa(EVP_PKEY_Q_keygen(nullptr, nullptr, "RSA", std::size_t{2048}));
  const std::tuple<EVP_PKEY*, bool, const char*, bool> forms[] = {
      {ec.get(), false, "PRIVATE KEY", false},
      {ec.get(), true, "EC PRIVATE KEY", false},
      {rsa.get(), false, "PRIVATE KEY", true},
      {rsa.get(), true, "RSA PRIVATE KEY", true},
  };
  for (const auto& [from, traditional, label, is_rsa] : forms) {
    const auto key = open_plain_key(block(pem_of(from, traditional), label));
    ASSERT_TRUE(key) << label << ": " << key.error().to_text();
    EXPECT_EQ((*key)->keeping(), Keeping::plain_file);
    expect_signs_every_way(**key, is_rsa);
  }
}

TEST(FileKeyTest, a_secret_of_another_box_does_not_open_it) {
  const auto pem = make_encrypted_key(model::KeyKind::p256, wrapping());
  const auto key = open_encrypted_key(block(*pem, "ENCRYPTED PRIVATE KEY"), wrapping('x'));
  ASSERT_FALSE(key);
  EXPECT_EQ(key.error().code, ErrorCode::key_unreadable);
}

TEST(FileKeyTest, a_short_wrapping_secret_is_refused) {
  const Secret shorter(std::string(kLeastWrappingSecret - 1, 'w'));
  const auto pem = make_encrypted_key(model::KeyKind::p256, shorter);
  ASSERT_FALSE(pem);
  EXPECT_EQ(pem.error().code, ErrorCode::key_unreadable);
}

TEST(FileKeyTest, the_same_key_is_never_encrypted_the_same_way_twice) {
  const pki::KeyPtr key(EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "P-256"));
  EXPECT_NE(*wrap(key.get(), wrapping()), *wrap(key.get(), wrapping()));
}

TEST(FileKeyTest, weak_and_unknown_kinds_are_refused) {
  const pki::KeyPtr keys[] = {
      pki::KeyPtr(EVP_PKEY_Q_keygen(nullptr, nullptr, "RSA", std::size_t{1024})),
      pki::KeyPtr(EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "P-224")),
      pki::KeyPtr(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519")),
  };
  for (const pki::KeyPtr& weak : keys) {
    const auto key = open_plain_key(block(pem_of(weak.get(), false), "PRIVATE KEY"));
    ASSERT_FALSE(key);
    EXPECT_EQ(key.error().code, ErrorCode::key_unreadable);
  }
}

TEST(FileKeyTest, a_new_key_in_the_clear_can_be_opened_and_is_never_the_same) {
  for (const auto& [kind, is_rsa] :
       {std::pair{model::KeyKind::p256, false}, {model::KeyKind::p384, false}, {model::KeyKind::rsa_2048, true}}) {
    const auto pem = make_plain_key(kind), other = make_plain_key(kind);
    ASSERT_TRUE(pem && other);
    const auto key = open_plain_key(block(std::string(pem->view()), "PRIVATE KEY"));
    ASSERT_TRUE(key) << key.error().to_text();
    EXPECT_EQ((*key)->keeping(), Keeping::plain_file);
    expect_signs_every_way(**key, is_rsa);
    EXPECT_NE(pem->view(), other->view());
  }
}

}  // namespace
}  // namespace gw::keys
