#include "keys/opening.h"

#include <gtest/gtest.h>

#include "keys/file_key.h"
#include "keys/pem_block.h"
#include "keys/wrapping.h"

namespace gw::keys {
namespace {

Error error_of(const std::string& pem, const Keepers& keepers = {}) {
  const auto key = open_key(Secret(pem), keepers);
  EXPECT_FALSE(key) << pem;
  return key ? Error{ErrorCode::message_malformed} : key.error();
}

TEST(OpeningTest, an_absent_keeper_is_named_with_the_way_out) {
  const std::tuple<const char*, std::string_view, std::string_view> absent[] = {
      {"ENCRYPTED PRIVATE KEY", "no wrapping secret", "give it one"},
      {kTpmKeyLabel, "in a TPM", "switch it on"},
      {kTokenLabel, "PKCS#11 token", "name its module"},
  };
  for (const auto& [label, what, way_out] : absent) {
    const Error error = error_of(to_pem(label, as_bytes("x")));
    EXPECT_EQ(error.code, ErrorCode::key_unavailable) << label;
    EXPECT_NE(error.detail.find(what), std::string::npos) << error.detail;
    EXPECT_NE(error.detail.find(way_out), std::string::npos) << error.detail;
  }
}

TEST(OpeningTest, garbage_is_unreadable_whatever_its_label) {
  const Secret wrapping(std::string(kLeastWrappingSecret, 'w'));
  const Keepers keepers{&wrapping};
  for (const char* label : {"PRIVATE KEY", "EC PRIVATE KEY", "RSA PRIVATE KEY", "ENCRYPTED PRIVATE KEY",
                            "CERTIFICATE", "DH PARAMETERS"})
    EXPECT_EQ(error_of(to_pem(label, as_bytes("garbage")), keepers).code, ErrorCode::key_unreadable) << label;
  EXPECT_EQ(error_of("").code, ErrorCode::key_unreadable);
  EXPECT_EQ(error_of(std::string(100'000, '-')).code, ErrorCode::key_unreadable);
}

TEST(OpeningTest, a_key_of_the_box_is_opened_with_the_secret_of_the_box) {
  const Secret wrapping(std::string(kLeastWrappingSecret, 'w'));
  const auto pem = make_encrypted_key(model::KeyKind::p256, wrapping);
  ASSERT_TRUE(pem);
  const auto key = open_key(Secret(to_pem("CERTIFICATE", as_bytes("beside it")) + *pem), {&wrapping});
  ASSERT_TRUE(key) << key.error().to_text();
  EXPECT_EQ((*key)->keeping(), Keeping::encrypted_file);
}

}  // namespace
}  // namespace gw::keys
