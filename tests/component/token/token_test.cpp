#include "token/token.h"

#include <dlfcn.h>
#include <gtest/gtest.h>

#include "component/keys/stranger.h"
#include "component/token/soft_token.h"
#include "keys/opening.h"
#include "token/cryptoki.h"
#include "token/uri.h"

namespace gw::token {
namespace {

using Scheme = model::SignatureScheme;

class TokenTest : public testing::Test {
 protected:
  void SetUp() override { load(kSoftTokenPin); }

  void load(const std::string& pin) {
    token_.reset();
    auto loaded = Token::load(kSoftTokenModule, Secret(pin), [](PinNews) {});
    ASSERT_TRUE(loaded) << loaded.error().to_text();
    token_ = std::move(*loaded);
  }
  Result<keys::PrivateKeyPtr> try_open(const std::string& pem) {
    const auto block = keys::find_pem(Secret(pem), {keys::kTokenLabel});
    EXPECT_TRUE(block) << pem;
    return token_->open_key(block->bytes());
  }
  keys::PrivateKeyPtr open(const std::string& rest) {
    auto key = try_open(soft_.pem(rest));
    EXPECT_TRUE(key) << key.error().to_text();
    return key ? std::move(*key) : nullptr;
  }
  void expect_refused(const std::string& rest, std::string_view words) {
    const auto key = try_open(soft_.pem(rest));
    ASSERT_FALSE(key);
    EXPECT_NE(key.error().detail.find(words), std::string::npos) << key.error().detail;
  }

  SoftToken soft_{std::string(testing::UnitTest::GetInstance()->current_test_info()->name()).substr(0, 30)};
  std::unique_ptr<Token> token_;
};

/// The module as another part of the program would have it, in whose hands sessions can be lost.
CK_FUNCTION_LIST& behind_its_back() {
  void* library = ::dlopen(kSoftTokenModule, RTLD_NOW | RTLD_LOCAL);
  CK_FUNCTION_LIST* calls = nullptr;
  EXPECT_EQ(reinterpret_cast<CK_C_GetFunctionList>(::dlsym(library, "C_GetFunctionList"))(&calls), CKR_OK);
  return *calls;
}

std::vector<CK_SLOT_ID> slots(CK_FUNCTION_LIST& calls) {
  std::vector<CK_SLOT_ID> found(32);
  CK_ULONG count = found.size();
  EXPECT_EQ(calls.C_GetSlotList(CK_TRUE, found.data(), &count), CKR_OK);
  found.resize(count);
  return found;
}

TEST_F(TokenTest, a_key_of_each_kind_signs_in_every_way_of_its_kind) {
  soft_.make_key("EC:prime256v1", "small", "01");
  soft_.make_key("EC:secp384r1", "larger", "02");
  soft_.make_key("rsa:2048", "numbers", "03");
  load(kSoftTokenPin);
  EXPECT_EQ(open("object=small")->keeping(), keys::Keeping::token);
  keys::expect_signs_every_way(*open("object=small"), "EC");
  keys::expect_signs_every_way(*open("id=%02"), "EC");
  keys::expect_signs_every_way(*open("object=numbers;id=%03;type=private"), "RSA");
}

TEST_F(TokenTest, a_lost_session_is_opened_again) {
  soft_.make_key("EC:prime256v1", "key", "01");
  load(kSoftTokenPin);
  const keys::PrivateKeyPtr key = open("object=key");
  CK_FUNCTION_LIST& calls = behind_its_back();
  for (const CK_SLOT_ID slot : slots(calls)) calls.C_CloseAllSessions(slot);
  const auto signature = key->sign(Scheme::ecdsa_sha256, as_bytes("again"));
  ASSERT_TRUE(signature) << signature.error().to_text();
  EXPECT_TRUE(keys::stranger_accepts(key->public_key(), Scheme::ecdsa_sha256, as_bytes("again"), *signature));
}

TEST_F(TokenTest, a_lost_login_is_made_again) {
  soft_.make_key("EC:prime256v1", "key", "01");
  load(kSoftTokenPin);
  const keys::PrivateKeyPtr key = open("object=key");
  CK_FUNCTION_LIST& calls = behind_its_back();
  for (const CK_SLOT_ID slot : slots(calls)) {
    CK_SESSION_HANDLE session = 0;
    if (calls.C_OpenSession(slot, CKF_SERIAL_SESSION, nullptr, nullptr, &session) != CKR_OK) continue;
    calls.C_Logout(session);
    calls.C_CloseSession(session);
  }
  const auto signature = key->sign(Scheme::ecdsa_sha256, as_bytes("again"));
  ASSERT_TRUE(signature) << signature.error().to_text();
}

TEST_F(TokenTest, a_wrong_pin_is_said_to_be_wrong) {
  soft_.make_key("EC:prime256v1", "key", "01");
  load("000000");
  expect_refused("object=key", "the PIN is wrong");
  load(kSoftTokenPin);
  EXPECT_TRUE(open("object=key"));
}

TEST_F(TokenTest, a_key_that_cannot_be_told_is_refused_with_the_reason) {
  soft_.make_key("EC:prime256v1", "twin", "01");
  soft_.make_key("EC:prime256v1", "twin", "02");
  soft_.make_key("EC:prime256v1", "half", "03");
  soft_.remove_public_key("03");
  load(kSoftTokenPin);
  expect_refused("object=nobody", "no private key that fits");
  expect_refused("object=twin", "more than one key");
  EXPECT_TRUE(open("object=twin;id=%02"));
  expect_refused("object=half", "public key beside it");
  const auto key = try_open(write_uri_file("pkcs11:token=nowhere;object=twin"));
  ASSERT_FALSE(key);
  EXPECT_NE(key.error().detail.find("plugged in"), std::string::npos) << key.error().detail;
}

TEST_F(TokenTest, a_library_that_is_no_module_is_refused) {
  for (const char* path : {"/nowhere.so", "libcrypto.so.3"}) {
    const auto token = Token::load(path, Secret(std::string("1")), [](PinNews) {});
    ASSERT_FALSE(token) << path;
    EXPECT_EQ(token.error().code, ErrorCode::key_unavailable);
  }
}

}  // namespace
}  // namespace gw::token
