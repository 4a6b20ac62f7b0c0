// sekisho-tokend behind its walls, with SoftHSM as the library that is not ours and the test as its keyd.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <sys/stat.h>

#include <csignal>

#include "base/codec.h"
#include "component/keys/stranger.h"
#include "component/token/soft_token.h"
#include "ipc/inherited.h"
#include "ipc/messages/control_token.h"
#include "ipc/messages/key_work.h"
#include "keys/borrowed_key.h"
#include "keys/opening.h"
#include "model/accounts.h"
#include "sys/sealed.h"
#include "sys/spawn.h"
#include "token/uri.h"

namespace gw::token {
namespace {

using PinMsg = ipc::token::Msg;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using Scheme = model::SignatureScheme;
namespace wire = ipc::key_work;

constexpr keys::Holder kHasty{"the token's process", std::chrono::milliseconds(300), true};

struct Settings {
  std::string module = kSoftTokenModule;
  std::string data = SoftToken::folder();
  std::optional<std::string> pin = kSoftTokenPin;
};

/// The process, and the two ends that it hears.
class Tokend {
 public:
  explicit Tokend(const Settings& settings = {}) {
    const std::string owner = std::to_string(model::kTokenAccount);
    EXPECT_EQ(keys::run("chown -R " + owner + ":" + owner + " " + SoftToken::folder()), 0);
    const auto program = sys::open_program(GW_BINARY_DIR "/bin/sekisho-tokend");
    sys::Start what{
        program->get(),
        {"sekisho-tokend", settings.module, settings.data, "SOFTHSM2_CONF=" + SoftToken::settings()},
        {{2, 2},
         {control_.second.fd(), ipc::kControlFd},
         {log_.second.fd(), ipc::kLogFd},
         {keyd_.second.fd(), ipc::kSecondInputFd}}};
    UniqueFd pin;
    if (settings.pin) {
      pin = *sys::seal(as_bytes(*settings.pin + "\n"), "pin");
      what.places.push_back({pin.get(), ipc::kInputFd});
    }
    auto child = sys::spawn(what, {.account = model::kTokenAccount});
    EXPECT_TRUE(child) << child.error().to_text();
    child_ = *std::move(child);
    for (auto* ours : {&control_, &keyd_, &log_}) ours->second.release();
  }
  Tokend(const Tokend&) = delete;
  Tokend& operator=(const Tokend&) = delete;
  ~Tokend() {
    sys::kill(child_);
    sys::wait_until_dead(child_);
  }

  std::unique_ptr<keys::KeyWork> work(const keys::Holder& holder = keys::kTokenProcess) {
    return std::make_unique<keys::KeyWork>(ipc::Channel(keyd_.first.release()), holder);
  }
  template <class Body>
  ipc::Frame ask(wire::Msg type, const Body& body) {
    EXPECT_TRUE(keyd_.first.send(ipc::type_number(type), 7, encode(body)));
    return next(keyd_.first);
  }
  template <class Body>
  void tell(wire::Msg type, const Body& body) {
    EXPECT_TRUE(keyd_.first.send(ipc::type_number(type), 7, encode(body)));
  }
  /// What the supervisor has been told of the PIN.
  std::vector<PinMsg> news() {
    std::vector<PinMsg> told;
    for (auto frame = control_.first.receive(); frame && *frame; frame = control_.first.receive())
      told.push_back(static_cast<PinMsg>((*frame)->type));
    return told;
  }
  void hold() { ::kill(child_.pid, SIGSTOP); }
  void end_as_keyd_does() { keyd_.first.release(); }
  void end_as_the_supervisor_does() { control_.first.release(); }
  std::string ending() {
    const auto ending = sys::wait_for(child_);
    return ending ? ending->to_text() : ending.error().to_text();
  }

 private:
  static ipc::Frame next(const ipc::Channel& channel) {
    pollfd ready{channel.fd(), POLLIN, 0};
    EXPECT_EQ(::poll(&ready, 1, 10'000), 1);
    auto frame = channel.receive();
    if (!frame || !*frame) return {};
    return std::move(**frame);
  }

  std::pair<ipc::Channel, ipc::Channel> control_ = *ipc::Channel::pair(), keyd_ = *ipc::Channel::pair(),
                                        log_ = *ipc::Channel::pair();
  sys::Child child_;
};

class TokendTest : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    if (::geteuid() != 0) return;
    soft_ = new SoftToken("clinic");
    soft_->make_key("EC:prime256v1", "small", "01");
    soft_->make_key("rsa:2048", "numbers", "02");
  }
  static void TearDownTestSuite() { delete soft_; }
  void SetUp() override {
    if (::geteuid() != 0) GTEST_SKIP() << "needs root";
  }

  static std::vector<std::uint8_t> reference(const std::string& rest) {
    const auto block = keys::find_pem(Secret(soft_->pem(rest)), {keys::kTokenLabel});
    return {block->bytes().begin(), block->bytes().end()};
  }
  static void expect_refused(keys::KeyWork& work, const std::string& words,
                             const std::string& rest = "object=small") {
    const auto key = work.open(reference(rest));
    ASSERT_FALSE(key);
    EXPECT_THAT(key.error().detail, HasSubstr(words));
  }

  static SoftToken* soft_;
};
SoftToken* TokendTest::soft_ = nullptr;

TEST_F(TokendTest, its_keys_sign_in_every_way) {
  Tokend tokend;
  const auto work = tokend.work();
  for (const auto& [rest, kind] : {std::pair{"object=small", "EC"}, {"id=%02", "RSA"}}) {
    const auto key = work->open(reference(rest));
    ASSERT_TRUE(key) << key.error().to_text();
    EXPECT_EQ((*key)->keeping(), keys::Keeping::token);
    keys::expect_signs_every_way(**key, kind);
  }
}

TEST_F(TokendTest, what_cannot_be_opened_is_refused_and_the_next_one_is_not) {
  Tokend tokend;
  const auto work = tokend.work();
  expect_refused(*work, "no private key that fits", "object=nobody");
  const auto garbage = work->open(as_bytes("garbage"));
  ASSERT_FALSE(garbage);
  EXPECT_EQ(garbage.error().code, ErrorCode::key_unreadable);
  EXPECT_TRUE(work->open(reference("object=small")));
}

TEST_F(TokendTest, a_forgotten_key_signs_no_more_and_its_number_is_the_next_ones) {
  Tokend tokend;
  const wire::Open wanted{reference("object=small")};
  const wire::Sign sign{0, Scheme::ecdsa_sha256, {1, 2, 3}};
  EXPECT_EQ(decode<wire::Opened>(tokend.ask(wire::Msg::open, wanted).body)->key, 0u);
  EXPECT_EQ(decode<wire::Opened>(tokend.ask(wire::Msg::open, wanted).body)->key, 1u);
  EXPECT_EQ(tokend.ask(wire::Msg::sign, sign).type, ipc::type_number(wire::Msg::signature));
  tokend.tell(wire::Msg::forget, wire::Forget{0});
  EXPECT_EQ(tokend.ask(wire::Msg::sign, sign).type, ipc::type_number(wire::Msg::refused));
  EXPECT_EQ(decode<wire::Opened>(tokend.ask(wire::Msg::open, wanted).body)->key, 0u);
  EXPECT_EQ(tokend.ask(wire::Msg::sign, sign).type, ipc::type_number(wire::Msg::signature));
}

TEST_F(TokendTest, a_right_pin_is_counted_before_it_is_tried_and_cleared_after_it) {
  Tokend tokend;
  const auto work = tokend.work();
  EXPECT_TRUE(work->open(reference("object=small")));
  EXPECT_TRUE(work->open(reference("object=numbers")));
  EXPECT_THAT(tokend.news(), ElementsAre(PinMsg::pin_tried, PinMsg::pin_spared));
}

TEST_F(TokendTest, a_refused_pin_is_told_once_and_tried_once_even_if_it_would_be_right_by_then) {
  const SoftToken other("other");
  other.make_key("EC:prime256v1", "one", "01");
  Tokend tokend({.pin = "000000"});
  const auto work = tokend.work();
  const auto block = keys::find_pem(Secret(other.pem("object=one")), {keys::kTokenLabel});
  const auto refused = [&] { return work->open(block->bytes()).error().detail; };
  EXPECT_THAT(refused(), HasSubstr("the PIN is wrong"));
  EXPECT_EQ(other.tool("--change-pin --new-pin 000000"), 0);
  EXPECT_THAT(refused(), HasSubstr("the PIN is wrong"));
  EXPECT_THAT(tokend.news(), ElementsAre(PinMsg::pin_tried, PinMsg::pin_refused));
}

TEST_F(TokendTest, the_pin_is_shown_to_one_token_only) {
  const SoftToken other("stranger");
  other.make_key("EC:prime256v1", "one", "01");
  Tokend tokend;
  const auto work = tokend.work();
  EXPECT_TRUE(work->open(reference("object=small")));
  const auto block = keys::find_pem(Secret(other.pem("object=one")), {keys::kTokenLabel});
  EXPECT_THAT(work->open(block->bytes()).error().detail, HasSubstr("another token"));
  const auto anywhere = keys::find_pem(Secret(write_uri_file("pkcs11:object=small")), {keys::kTokenLabel});
  EXPECT_THAT(work->open(anywhere->bytes()).error().detail, HasSubstr("more than one token"));
  EXPECT_TRUE(work->open(reference("object=small"))) << "and nothing is the worse for it";
}

TEST_F(TokendTest, without_a_pin_nothing_is_tried) {
  Tokend tokend({.pin = std::nullopt});
  expect_refused(*tokend.work(), "no PIN");
  EXPECT_THAT(tokend.news(), IsEmpty());
}

TEST_F(TokendTest, a_library_that_is_not_there_or_may_not_keep_its_files_is_said_to_be_so) {
  expect_refused(*Tokend({.module = "/usr/lib/nowhere.so"}).work(), "cannot be loaded");
  expect_refused(*Tokend({.module = "/usr/lib/x86_64-linux-gnu/libcrypto.so.3"}).work(), "no PKCS#11 module");
  expect_refused(*Tokend({.data = "/nowhere"}).work(), "open(/nowhere)");
}

TEST_F(TokendTest, its_library_reads_nothing_beyond_what_it_is_given) {
  expect_refused(*Tokend({.data = ""}).work(), "start its module");
}

TEST_F(TokendTest, whoever_waits_for_it_gives_up) {
  Tokend tokend;
  const auto work = tokend.work(kHasty);
  const auto key = work->open(reference("object=small"));
  ASSERT_TRUE(key) << key.error().to_text();
  tokend.hold();
  const auto signature = (*key)->sign(Scheme::ecdsa_sha256, as_bytes("x"));
  ASSERT_FALSE(signature);
  EXPECT_EQ(signature.error().code, ErrorCode::key_unavailable);
  EXPECT_THAT(signature.error().detail, HasSubstr("does not answer"));
  EXPECT_TRUE((*key)->is_lost());
  EXPECT_THAT((*key)->sign(Scheme::ecdsa_sha256, as_bytes("x")).error().detail, HasSubstr("is gone"));
}

TEST_F(TokendTest, it_makes_no_key_and_hears_nothing_else) {
  Tokend tokend;
  tokend.tell(wire::Msg::make, wire::Make{model::KeyKind::p256});
  EXPECT_EQ(tokend.ending(), "exit 1");
}

TEST_F(TokendTest, it_ends_with_keyd_and_with_the_supervisor) {
  Tokend without_keyd, without_supervisor;
  without_keyd.end_as_keyd_does();
  EXPECT_EQ(without_keyd.ending(), "exit 0");
  without_supervisor.end_as_the_supervisor_does();
  EXPECT_EQ(without_supervisor.ending(), "exit 0");
}

}  // namespace
}  // namespace gw::token
