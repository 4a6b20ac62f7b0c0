#include "component/proxy/keys_elsewhere.h"

#include <gmock/gmock.h>

namespace gw {
namespace {

using support::KeyKind;
using support::TlsPeer;
using testing::Contains;
using testing::ElementsAre;

TEST_F(KeysElsewhere, both_legs_are_signed_for) {
  const auto pair = open("t1", 0);
  EXPECT_TRUE(echoes(*pair));
  EXPECT_EQ(keyd.signatures, 2);
}

TEST_F(KeysElsewhere, a_handshake_waits_for_its_signature_and_nobody_else_does) {
  const auto other = open("t2", 1);
  keyd_works = false;
  TlsPeer terminal = waiting_terminal();
  EXPECT_TRUE(echoes(*other));
  keyd_works = true;
  EXPECT_TRUE(comes_through(terminal));
}

TEST_F(KeysElsewhere, a_keyd_that_is_started_again_is_asked_again) {
  const auto other = open("t2", 1);
  keyd_works = false;
  TlsPeer terminal = waiting_terminal();
  keyd.stop();
  for (int i = 0; i < 10; ++i) box.round();
  EXPECT_TRUE(echoes(*other)) << "running sessions need no key";
  TlsPeer late = waiting_terminal();  // comes while there is no keyd at all
  keyd.start();
  keyd_works = true;
  EXPECT_TRUE(comes_through(terminal));
  EXPECT_TRUE(comes_through(late));
  EXPECT_THAT(box.reasons(), ElementsAre());
}

TEST_F(KeysElsewhere, a_key_that_never_answers_is_what_the_record_says) {
  keyd_works = false;
  TlsPeer terminal = waiting_terminal();
  box.advance(std::chrono::seconds(11));
  EXPECT_EQ(refusal_of(terminal), "key_unavailable");
}

TEST_F(KeysElsewhere, a_terminal_that_leaves_while_the_key_signs_leaves_nothing_behind) {
  keyd_works = false;
  TlsPeer terminal = waiting_terminal();
  terminal.reset();
  for (int i = 0; i < 10; ++i) box.round();
  box.advance(std::chrono::seconds(11));  // it is noticed when the key has signed, or too late
  EXPECT_TRUE(box.until([&] { return !box.reasons().empty(); }));
  keyd_works = true;  // the answer comes to nobody
  const auto pair = open("t1", 0);
  EXPECT_TRUE(echoes(*pair));
}

TEST_F(KeysElsewhere, a_session_cut_off_while_the_key_signs_ends_at_once) {
  keyd_works = false;
  TlsPeer terminal = waiting_terminal();
  model::CutOff everything;
  everything.whole = true;
  box.worker().cut(std::move(everything));
  EXPECT_EQ(refusal_of(terminal), "cut_off");
}

TEST_F(KeysElsewhere, a_key_of_another_generation_is_refused_by_name) {
  box.publish([](model::Tenant&) {});  // 3, of which keyd was told nothing
  TlsPeer terminal = box.connect(box.good_terminal());
  EXPECT_EQ(refusal_of(terminal), "key_unavailable");
}

TEST_F(KeysElsewhere, more_than_can_be_signed_in_time_are_refused_by_name) {
  box.publish([](model::Tenant& tenant) {
    tenant.limits.handshakes = tenant.limits.sessions = 4'000;
    tenant.limits.sessions_per_source = tenant.limits.connections = tenant.limits.connections_per_source =
        2'000;
  });
  keyd.hold(3);
  keyd_works = false;
  box.advance(std::chrono::seconds(1));  // the new rates
  std::vector<TlsPeer> crowd;
  for (std::size_t i = 0; i < tls::KeyClient::kMostWaiting + 5; ++i) {
    // One source may have a quarter of the tenant's handshakes under way.
    crowd.push_back(TlsPeer::client(box.good_terminal(), support::connect_to(box.listener())));
    crowd.back().step();
    if (i % 16 == 0) box.round();
  }
  EXPECT_TRUE(box.until([&] {
    for (TlsPeer& terminal : crowd) terminal.step();
    return box.reasons().size() >= 5;
  }));
  EXPECT_THAT(box.reasons(), testing::Each("key_busy"));
  EXPECT_EQ(box.reasons().size(), 5u);
}

TEST_F(KeysElsewhere, every_kind_of_key_and_both_versions) {
  for (const KeyKind kind : {KeyKind::p256, KeyKind::p384, KeyKind::rsa2048, KeyKind::rsa3072})
    for (const int version : {TLS1_3_VERSION, TLS1_2_VERSION}) {
      const support::Issued server =
          box.terminal_ca.issue({.name = "box", .usage = "serverAuth", .key = kind});
      const support::Issued client = box.cloud_ca.issue({.name = "box", .key = kind});
      box.key_pems = {{model::KeyId(0), server.key_pem}, {model::KeyId(1), client.key_pem}};
      const auto adopted = box.publish([&](model::Tenant& tenant) {
        for (model::Service& service : tenant.services) {
          service.downstream.credential.chain_pem = server.chain_pem;
          service.upstream.credential.chain_pem = client.chain_pem;
          service.downstream.profile.name = service.upstream.profile.name = model::ProfileName::high_12;
        }
      });
      const auto now = std::chrono::floor<std::chrono::seconds>(box.clock.civil_now()).time_since_epoch();
      keyd.hold(adopted.generation.number(), {true, true, now + std::chrono::hours(1)});
      support::PeerOptions terminal = box.good_terminal(), cloud = box.good_cloud();
      terminal.min_version = cloud.min_version = TLS1_2_VERSION;
      terminal.max_version = cloud.max_version = version;
      const auto pair = open_with(terminal, cloud);
      EXPECT_TRUE(echoes(*pair)) << static_cast<int>(kind) << " version " << version;
    }
}

TEST_F(KeysElsewhere, without_an_exception_no_tls_1_2_is_signed) {
  box.publish([](model::Tenant& tenant) {
    for (model::Service& service : tenant.services)
      service.downstream.profile.name = model::ProfileName::high_12;
  });
  keyd.hold(3);
  keyd_works = false;
  support::PeerOptions options = box.good_terminal();
  options.min_version = options.max_version = TLS1_2_VERSION;
  TlsPeer terminal = box.connect(options);
  for (int i = 0; i < 20; ++i) {
    terminal.step();
    box.round();
  }
  EXPECT_FALSE(keyd.sign()) << "keyd takes it for a misuse";
}

TEST_F(KeysElsewhere, a_compartment_does_not_say_which_tenant_it_is) {
  // The desk names the tenant; a request can name nothing but generation, key and role.
  ipc::key::Sign sign{model::Generation(2), model::KeyId(7), model::TlsRole::terminal_side, {}, {}};
  auto ends = *ipc::Channel::pair();
  keys::Desk desk("other", std::move(ends.first));
  keys::Vault vault;
  ASSERT_TRUE(ends.second.send(ipc::type_number(ipc::key::Msg::sign), 1, encode(sign)));
  ASSERT_TRUE(desk.hear(vault, box.clock));
  const auto answer = ends.second.receive();
  ASSERT_TRUE(answer && *answer);
  EXPECT_EQ((*answer)->type, ipc::type_number(ipc::key::Msg::refused));
}

}  // namespace
}  // namespace gw
