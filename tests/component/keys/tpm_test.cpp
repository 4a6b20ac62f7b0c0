#include "keys/tpm.h"

#include <gtest/gtest.h>
#include <poll.h>
#include <unistd.h>

#include <thread>

#include "component/keys/soft_tpm.h"
#include "component/keys/stranger.h"

namespace gw::keys {
namespace {

using Scheme = model::SignatureScheme;
using std::chrono::milliseconds;

constexpr TpmPatience kShort{milliseconds(300), milliseconds(10'000), milliseconds(60'000)};

PemBlock block_of(const std::string& pem) {
  auto block = find_pem(Secret(pem), {kTpmKeyLabel});
  EXPECT_TRUE(block) << pem;
  return std::move(*block);
}

class TpmTest : public testing::Test {
 protected:
  void SetUp() override { reach({}); }

  void reach(TpmPatience patience) {
    tpm_.reset();  // it serves one connection after the other
    auto connected = Tpm::connect(soft_.connect(), patience);
    ASSERT_TRUE(connected) << connected.error().to_text();
    tpm_ = std::move(*connected);
  }
  std::string make(model::KeyKind kind) {
    auto pem = tpm_->make_key(kind);
    EXPECT_TRUE(pem) << pem.error().to_text();
    return pem ? *pem : "";
  }
  PrivateKeyPtr open(const std::string& pem) {
    auto key = tpm_->open_key(block_of(pem));
    EXPECT_TRUE(key) << key.error().to_text();
    return key ? std::move(*key) : nullptr;
  }
  static void expect_signs(PrivateKey& key, std::string_view text) {
    const auto signature = key.sign(Scheme::ecdsa_sha256, as_bytes(text));
    ASSERT_TRUE(signature) << signature.error().to_text();
    EXPECT_TRUE(stranger_accepts(key.public_key(), Scheme::ecdsa_sha256, as_bytes(text), *signature));
  }
  static ErrorCode failure_of(PrivateKey& key) {
    const auto signature = key.sign(Scheme::ecdsa_sha256, as_bytes("x"));
    return signature ? ErrorCode::message_malformed : signature.error().code;
  }

  SoftTpm soft_;
  std::unique_ptr<Tpm> tpm_;
};

TEST_F(TpmTest, a_key_of_each_kind_signs_in_every_way_of_its_kind) {
  for (const auto& [kind, name] :
       {std::pair(model::KeyKind::p256, "EC"), std::pair(model::KeyKind::p384, "EC"), std::pair(model::KeyKind::rsa_2048, "RSA"),
        std::pair(model::KeyKind::rsa_3072, "RSA")}) {
    const PrivateKeyPtr key = open(make(kind));
    ASSERT_TRUE(key);
    EXPECT_EQ(key->keeping(), Keeping::tpm);
    expect_signs_every_way(*key, name);
  }
}

TEST_F(TpmTest, more_keys_than_the_tpm_has_places_for_sign_in_turn) {
  std::vector<PrivateKeyPtr> keys;
  for (int i = 0; i < 6; ++i) keys.push_back(open(make(model::KeyKind::p256)));
  for (int round = 0; round < 3; ++round)
    for (const PrivateKeyPtr& key : keys) expect_signs(*key, "round");
}

TEST_F(TpmTest, two_keys_are_two_keys_and_one_file_is_one_key) {
  const std::string one = make(model::KeyKind::p256), other = make(model::KeyKind::p256);
  EXPECT_NE(open(one)->public_key(), open(other)->public_key());
  EXPECT_EQ(open(one)->public_key(), open(one)->public_key());
}

TEST_F(TpmTest, a_key_of_another_tpm_is_unreadable) {
  const SoftTpm other;
  auto elsewhere = Tpm::connect(other.connect());
  ASSERT_TRUE(elsewhere);
  const auto pem = (*elsewhere)->make_key(model::KeyKind::p256);
  ASSERT_TRUE(pem);
  const auto key = tpm_->open_key(block_of(*pem));
  ASSERT_FALSE(key);
  EXPECT_EQ(key.error().code, ErrorCode::key_unreadable);
  EXPECT_NE(key.error().detail.find("another TPM"), std::string::npos) << key.error().detail;
}

TEST_F(TpmTest, a_tpm_that_hangs_makes_its_keys_unavailable_and_its_late_answer_is_never_taken) {
  const std::string pem = make(model::KeyKind::p256);
  reach(kShort);
  const PrivateKeyPtr key = open(pem);
  soft_.stop();
  const auto start = std::chrono::steady_clock::now();
  EXPECT_EQ(failure_of(*key), ErrorCode::key_unavailable);
  EXPECT_LT(std::chrono::steady_clock::now() - start, milliseconds(3000));
  soft_.go_on();
  EXPECT_EQ(failure_of(*key), ErrorCode::key_unavailable);  // it answers again, but nobody listens
  EXPECT_FALSE(tpm_->is_connected());
  ASSERT_TRUE(tpm_->reconnect(soft_.connect()));
  expect_signs(*key, "after the pause");
}

TEST_F(TpmTest, a_tpm_that_dies_within_a_command_is_noticed_at_once_and_a_new_one_goes_on) {
  const PrivateKeyPtr key = open(make(model::KeyKind::p256)), other = open(make(model::KeyKind::p256));
  soft_.stop();
  std::thread killer([this] {
    ::poll(nullptr, 0, 50);
    soft_.kill();
  });
  EXPECT_EQ(failure_of(*key), ErrorCode::key_unavailable);
  killer.join();
  EXPECT_EQ(failure_of(*other), ErrorCode::key_unavailable);
  EXPECT_FALSE(tpm_->make_key(model::KeyKind::p256));
  soft_.start_again();
  ASSERT_TRUE(tpm_->reconnect(soft_.connect()));
  expect_signs(*key, "after the death");
  expect_signs(*other, "after the death");
}

/// What the firmware does after power-on: TPM2_Startup(CLEAR).
void start_up(int tpm) {
  const std::uint8_t command[] = {0x80, 0x01, 0, 0, 0, 12, 0, 0, 0x01, 0x44, 0, 0};
  ASSERT_EQ(::write(tpm, command, sizeof command), static_cast<ssize_t>(sizeof command));
  pollfd one{tpm, POLLIN, 0};
  ASSERT_EQ(::poll(&one, 1, 5000), 1);
  std::uint8_t answer[16];
  ASSERT_EQ(::read(tpm, answer, sizeof answer), 10);
}

TEST_F(TpmTest, a_tpm_that_starts_anew_behind_its_descriptor_signs_on) {
  tpm_.reset();
  UniqueFd connection = soft_.connect();
  const UniqueFd firmware(::dup(connection.get()));
  tpm_ = std::move(*Tpm::connect(std::move(connection)));
  const PrivateKeyPtr aside = open(make(model::KeyKind::p256)), loaded = open(make(model::KeyKind::p256));
  soft_.reset();
  start_up(firmware.get());
  expect_signs(*loaded, "after the start");
  expect_signs(*aside, "after the start");
}

TEST_F(TpmTest, something_that_is_no_tpm_is_said_to_be_none) {
  const auto absent = Tpm::connect(UniqueFd());
  ASSERT_FALSE(absent);
  EXPECT_EQ(absent.error().code, ErrorCode::key_unavailable);
}

}  // namespace
}  // namespace gw::keys
