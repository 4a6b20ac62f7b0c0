// A one-shot and keyd over the channel between them: what is made, opened and signed, and what ends it
// (CRT-01).

#include "keys/work_desk.h"

#include <gtest/gtest.h>
#include <poll.h>

#include <thread>

#include "keys/borrowed_key.h"
#include "unit/keys/still_key.h"

namespace gw::keys {
namespace {

using ipc::compartment::Trade;

/// Makes keys whose signature is their number.
class StillKeeper : public Keeper {
 public:
  Result<PrivateKeyPtr> open(const Secret& reference) override {
    if (reference.view().empty()) return Error{ErrorCode::key_unreadable, "there is nothing in it"};
    return PrivateKeyPtr(
        std::make_unique<tests::StillKey>(static_cast<std::uint8_t>(reference.view()[0]), keeping));
  }
  Result<std::string> make(model::KeyKind kind) override {
    if (kind == model::KeyKind::rsa_3072) return Error{ErrorCode::key_unavailable, "no such key here"};
    return std::string(1, static_cast<char>(++made_));
  }
  Keeping keeping = Keeping::tpm;

 private:
  int made_ = 6;
};

/// keyd's end, on a thread of its own until its rules are broken or the channel ends.
class WorkDeskTest : public testing::Test {
 protected:
  void SetUp() override { start(Trade::hold_identity); }
  void start(Trade trade) {
    end();
    auto ends = *ipc::Channel::pair();
    keyd_ = std::thread([this, trade, channel = std::make_shared<ipc::Channel>(std::move(ends.first))] {
      WorkDesk desk({trade, "karte", trade == Trade::certify_terminal ? "ct-1" : ""}, std::move(*channel));
      ended_ = serve(desk);
    });
    client_ = std::make_unique<KeyWork>(std::move(ends.second));
  }
  ~WorkDeskTest() override { end(); }

  ErrorCode end() {
    client_.reset();
    if (keyd_.joinable()) keyd_.join();
    return ended_;
  }
  ErrorCode serve(WorkDesk& desk) {
    const auto rule = [](const ipc::compartment::KeyWork&, const PrivateKey&, model::SignatureScheme,
                         Bytes message, model::CivilSeconds) {
      return as_text(message) == "other" ? Grant::no : as_text(message) == "once" ? Grant::once : Grant::yes;
    };
    for (;;) {
      pollfd news{desk.fd(), POLLIN, 0};
      ::poll(&news, 1, 10'000);
      auto asked = desk.hear(keeper_, rule, model::CivilSeconds(0));
      if (!asked) return asked.error().code;
      if (!*asked) continue;
      EXPECT_FALSE(desk.hears()) << "one request at a time";
      EXPECT_TRUE(desk.answer((*asked)->request, (*asked)->work()));
    }
  }
  template <class T>
  static std::string refusal(const Result<T>& result) {
    return result ? "" : std::string(to_string(result.error().code));
  }

  StillKeeper keeper_;
  std::thread keyd_;
  ErrorCode ended_{};
  std::unique_ptr<KeyWork> client_;
};

TEST_F(WorkDeskTest, a_key_that_was_made_signs_and_is_opened_again) {
  auto made = client_->make(model::KeyKind::p256);
  ASSERT_TRUE(made);
  EXPECT_EQ(made->content, "\7");
  EXPECT_EQ(*made->key->sign({}, as_bytes("what the trade signs")), std::vector<std::uint8_t>{7});
  const auto again = client_->open(as_bytes(made->content));
  ASSERT_TRUE(again);
  EXPECT_EQ((*again)->public_key(), made->key->public_key());
  EXPECT_EQ((*again)->keeping(), Keeping::tpm);
  EXPECT_EQ(end(), ErrorCode::channel_closed);
}

TEST_F(WorkDeskTest, a_refusal_ends_nothing) {
  EXPECT_EQ(refusal(client_->make(model::KeyKind::rsa_3072)), "key.unavailable");
  EXPECT_EQ(refusal(client_->open({})), "key.unreadable");
  EXPECT_TRUE(client_->make(model::KeyKind::p256));
}

TEST_F(WorkDeskTest, what_the_trade_does_not_sign_ends_it) {
  auto made = client_->make(model::KeyKind::p256);
  ASSERT_TRUE(made);
  EXPECT_EQ(refusal(made->key->sign({}, as_bytes("other"))), "key.unavailable");
  EXPECT_EQ(end(), ErrorCode::key_misused);
}

TEST_F(WorkDeskTest, what_is_granted_once_is_not_granted_again) {
  auto made = client_->make(model::KeyKind::p256);
  ASSERT_TRUE(made);
  EXPECT_TRUE(made->key->sign({}, as_bytes("once")));
  EXPECT_TRUE(made->key->sign({}, as_bytes("a list")));
  EXPECT_FALSE(made->key->sign({}, as_bytes("once")));
  EXPECT_EQ(end(), ErrorCode::key_misused);
}

TEST_F(WorkDeskTest, who_certifies_opens_a_key_and_makes_none) {
  for (const Trade trade : {Trade::certify_terminal, Trade::keep_lists}) {
    start(trade);
    EXPECT_TRUE(client_->open(as_bytes("\7")));
    EXPECT_FALSE(client_->make(model::KeyKind::p256));
    EXPECT_EQ(end(), ErrorCode::key_misused);
  }
}

TEST_F(WorkDeskTest, a_key_in_the_clear_is_not_opened) {
  keeper_.keeping = Keeping::plain_file;
  EXPECT_EQ(refusal(client_->open(as_bytes("\7"))), "key.unreadable");
}

TEST_F(WorkDeskTest, there_are_four_keys_and_no_fifth) {
  for (std::uint32_t i = 0; i < ipc::key_work::kMostKeys; ++i)
    EXPECT_TRUE(client_->make(model::KeyKind::p256));
  EXPECT_EQ(refusal(client_->make(model::KeyKind::p256)), "key.misused");
}

}  // namespace
}  // namespace gw::keys
