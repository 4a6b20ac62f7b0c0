#include <gtest/gtest.h>

#include "component/keys/relay.h"
#include "component/keys/soft_tpm.h"
#include "component/keys/stranger.h"
#include "keys/tpm.h"

namespace gw::keys {
namespace {

using Scheme = model::SignatureScheme;
using std::chrono::milliseconds;

constexpr TpmPatience kPatience{milliseconds(500), milliseconds(10'000), milliseconds(60'000)};

class SlowTpmTest : public testing::Test {
 protected:
  void SetUp() override {
    relay_ = std::make_unique<Relay>(soft_.connect(), milliseconds(0));
    auto connected = Tpm::connect(relay_->take_box_end(), kPatience);
    ASSERT_TRUE(connected) << connected.error().to_text();
    tpm_ = std::move(*connected);
  }
  PrivateKeyPtr make() {
    const auto pem = tpm_->make_key(model::KeyKind::p256);
    EXPECT_TRUE(pem) << pem.error().to_text();
    auto key = tpm_->open_key(*find_pem(Secret(*pem), {kTpmKeyLabel}));
    EXPECT_TRUE(key) << key.error().to_text();
    return std::move(*key);
  }
  /// Commands that one signature takes.
  int commands_for_one(PrivateKey& key) {
    const int before = relay_->commands();
    EXPECT_TRUE(key.sign(Scheme::ecdsa_sha256, as_bytes("x")));
    return relay_->commands() - before;
  }

  SoftTpm soft_;
  std::unique_ptr<Relay> relay_;
  std::unique_ptr<Tpm> tpm_;
};

TEST_F(SlowTpmTest, a_tpm_of_sixty_milliseconds_signs_and_its_answers_may_come_in_pieces) {
  const PrivateKeyPtr key = make();
  relay_->set_delay(milliseconds(60));
  const auto signature = key->sign(Scheme::ecdsa_sha256, as_bytes("slowly"));
  ASSERT_TRUE(signature) << signature.error().to_text();
  EXPECT_TRUE(stranger_accepts(key->public_key(), Scheme::ecdsa_sha256, as_bytes("slowly"), *signature));
}

TEST_F(SlowTpmTest, a_signature_is_one_command_and_a_change_of_key_two_more) {
  const PrivateKeyPtr key = make(), other = make();
  EXPECT_EQ(commands_for_one(*other), 1);
  EXPECT_EQ(commands_for_one(*other), 1);
  EXPECT_EQ(commands_for_one(*key), 3);
  EXPECT_EQ(commands_for_one(*key), 1);
}

TEST_F(SlowTpmTest, an_answer_that_comes_too_late_ends_the_connection) {
  const PrivateKeyPtr key = make();
  relay_->set_delay(milliseconds(900));
  const auto late = key->sign(Scheme::ecdsa_sha256, as_bytes("late"));
  ASSERT_FALSE(late);
  EXPECT_EQ(late.error().code, ErrorCode::key_unavailable);
  EXPECT_NE(late.error().detail.find("within 500 ms"), std::string::npos) << late.error().detail;
  relay_->set_delay(milliseconds(0));
  EXPECT_FALSE(key->sign(Scheme::ecdsa_sha256, as_bytes("later")));

  relay_ = nullptr;
  relay_ = std::make_unique<Relay>(soft_.connect(), milliseconds(0));
  ASSERT_TRUE(tpm_->reconnect(relay_->take_box_end()));
  EXPECT_TRUE(key->sign(Scheme::ecdsa_sha256, as_bytes("again")));
}

}  // namespace
}  // namespace gw::keys
