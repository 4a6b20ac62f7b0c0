// A service that is let through as it is, by name and address, for as long as its exception lasts (D10).

#include <gmock/gmock.h>
#include <sys/socket.h>

#include "support/compartment.h"
#include "support/hello_bytes.h"

namespace gw {
namespace {

using support::Compartment;
using support::PeerOptions;
using support::TlsPeer;
using testing::ElementsAre;

class PassThroughTest : public testing::Test {
 protected:
  Compartment box;
  std::optional<TlsPeer> terminal, cloud;

  PassThroughTest() {
    const auto now = std::chrono::floor<std::chrono::seconds>(box.clock.civil_now()).time_since_epoch();
    box.publish([&](model::Tenant& tenant) {
      model::Service& service = tenant.services[0];
      service.mode = model::Mode::pass_through;
      service.exception = {now + std::chrono::hours(1), "its own VPN client", "the director"};
      service.downstream = {.server_names = {service.upstream.server_name}};
      service.upstream.credential = {};
      service.upstream.anchors = {};
      tenant.terminals[0].source = *model::IpAddress::parse("127.0.0.1");
    });
  }
  PeerOptions client(const std::string& name = "emr.cloud.example") {
    return {.credential = box.cloud_ca.issue({.name = "clinic", .alternative_names = "URI:urn:clinic"}),
            .trusts = box.cloud_ca.pem(),
            .server_name = name};
  }
  bool step_until(const std::function<bool()>& holds) {
    return box.until([&] {
      if (terminal) terminal->step();
      if (cloud) cloud->step();
      return holds();
    });
  }
  void stand() {
    terminal.emplace(box.connect(client()));
    ASSERT_TRUE(step_until([&] { return box.dials > 0; }));
    cloud = box.accept_cloud(box.good_cloud());
    ASSERT_TRUE(
        step_until([&] { return terminal->established() && !box.records(EventId::session_opened).empty(); }));
  }
  /// Octets of a hello that is not OpenSSL's, and why they are refused.
  std::string refusal_of(const tls::Octets& octets, std::size_t piece) {
    const std::size_t before = box.reasons().size();
    const UniqueFd fd = support::connect_to(box.listener());
    std::size_t sent = 0;
    EXPECT_TRUE(box.until([&] {
      const std::size_t size = std::min(piece, octets.size() - sent);
      const ssize_t took = size == 0 ? 0 : ::send(fd.get(), octets.data() + sent, size, MSG_NOSIGNAL);
      if (took > 0) sent += static_cast<std::size_t>(took);
      return box.reasons().size() > before || box.dials > 0;
    }));
    return box.reasons().size() > before ? box.reasons().back() : "dialled";
  }
};

TEST_F(PassThroughTest, terminal_and_cloud_speak_tls_with_each_other_alone) {
  stand();
  terminal->send("a chart");
  cloud->send(std::string(300'000, 'x'));
  ASSERT_TRUE(
      step_until([&] { return cloud->received() == "a chart" && terminal->received().size() == 300'000; }));
  const Event& opened = *box.records(EventId::session_opened)[0];
  EXPECT_EQ(Compartment::text(opened, Field::terminal), "t1");
  EXPECT_EQ(Compartment::text(opened, Field::down_tls), "") << "the box speaks none with it";
  EXPECT_EQ(Compartment::text(opened, Field::down_hello).size(), 36u) << "but it has heard the hello";
  EXPECT_EQ(Compartment::text(opened, Field::up_tls), "TLSv1.3 TLS_AES_256_GCM_SHA384 end to end");
  terminal->close_write();
  cloud->close_write();
  ASSERT_TRUE(step_until([&] { return terminal->saw_close() && cloud->saw_close(); }));
  terminal->cut();
  cloud->cut();
  ASSERT_TRUE(step_until([&] { return !box.reasons().empty(); }));
  EXPECT_THAT(box.reasons(), ElementsAre("finished"));
  const Event& closed = *box.records(EventId::session_closed)[0];
  EXPECT_GT(Compartment::number(closed, Field::bytes_up), 200u) << "its hello is counted";
}

TEST_F(PassThroughTest, who_comes_from_elsewhere_never_reaches_the_cloud) {  // WLS-03
  box.publish(
      [](model::Tenant& tenant) { tenant.terminals[0].source = *model::IpAddress::parse("127.0.0.2"); });
  terminal.emplace(box.connect(client()));
  ASSERT_TRUE(step_until([&] { return terminal->broken(); }));
  EXPECT_EQ(terminal->alert(), SSL_AD_ACCESS_DENIED);
  EXPECT_THAT(box.reasons(), ElementsAre("policy_unknown_terminal"));
  EXPECT_EQ(box.dials, 0);
}

TEST_F(PassThroughTest,
       no_name_another_name_two_names_and_hidden_names_never_reach_the_cloud) {  // WLS-01, NET-10
  const tls::Octets tls13{2, 3, 4};
  const auto hello = [&](const std::string& name) {
    return tls::HandMadeHello{}.with_name(name).with(43, tls13);
  };
  EXPECT_EQ(refusal_of(tls::HandMadeHello{}.with(43, tls13).record(), 4096), "policy_unknown_name");
  EXPECT_EQ(refusal_of(hello("labs.cloud.example").record(), 4096), "policy_unknown_name");
  EXPECT_EQ(refusal_of(hello("emr.cloud.example").with_name("labs.cloud.example").record(), 4096),
            "client_hello_malformed");
  EXPECT_EQ(refusal_of(hello("emr.cloud.example").with(0xfe0d, {0}).record(), 4096), "inner_encrypted");
  EXPECT_EQ(
      refusal_of(tls::HandMadeHello{}.with_name("emr.cloud.example").with(43, {2, 3, 3}).record(), 4096),
      "inner_tls_version");
  EXPECT_EQ(box.dials, 0);
}

TEST_F(PassThroughTest, a_hello_in_any_pieces_is_passed_on_whole) {
  const tls::Octets message = tls::HandMadeHello{}
                                  .with_name("emr.cloud.example")
                                  .with(43, {4, 0x1a, 0x1a, 3, 4})
                                  .padded_to(64 * 1024)
                                  .message();
  const tls::Octets stream = tls::in_records(message, 16'384);
  EXPECT_EQ(refusal_of(stream, 1'000), "dialled");
  const UniqueFd fd = box.accept_cloud_raw();
  std::string heard;
  EXPECT_TRUE(box.until([&] {
    char octets[4096];
    const ssize_t size = ::recv(fd.get(), octets, sizeof octets, MSG_DONTWAIT);
    if (size > 0) heard.append(octets, static_cast<std::size_t>(size));
    return heard.size() >= stream.size();
  }));
  EXPECT_EQ(heard, std::string(stream.begin(), stream.end()));
}

TEST_F(PassThroughTest, it_ends_with_its_exception) {  // D10
  stand();
  box.advance(std::chrono::minutes(61));
  ASSERT_TRUE(step_until([&] { return !box.reasons().empty(); }));
  EXPECT_THAT(box.reasons(), ElementsAre("policy_exception_ended"));
  EXPECT_TRUE(step_until([&] { return terminal->broken() && cloud->broken(); }));
  terminal.emplace(box.connect(client()));
  ASSERT_TRUE(step_until([&] { return terminal->broken(); }));
  EXPECT_EQ(box.reasons().back(), "policy_exception_ended");
}

TEST_F(PassThroughTest, a_generation_that_comes_while_the_hello_does_decides) {  // W6
  const tls::Octets hello = tls::HandMadeHello{}.with_name("emr.cloud.example").with(43, {2, 3, 4}).record();
  const UniqueFd fd = support::connect_to(box.listener());
  ASSERT_TRUE(box.until([&] { return ::send(fd.get(), hello.data(), hello.size() - 1, MSG_NOSIGNAL) > 0; }));
  for (int i = 0; i < 5; ++i) box.round();
  box.publish([](model::Tenant& tenant) { tenant.terminals[0].blocked = true; });
  ASSERT_EQ(::send(fd.get(), &hello.back(), 1, MSG_NOSIGNAL), 1);
  ASSERT_TRUE(box.until([&] { return !box.reasons().empty(); }));
  EXPECT_THAT(box.reasons(), ElementsAre("rule_removed"));
  EXPECT_EQ(box.dials, 0);
}

TEST_F(PassThroughTest, a_terminal_that_was_gone_before_the_cloud_was_asked_is_what_ended_it) {
  const tls::Octets hello = tls::HandMadeHello{}.with_name("emr.cloud.example").with(43, {2, 3, 4}).record();
  const UniqueFd fd = support::connect_to(box.listener());
  ASSERT_TRUE(box.until([&] { return ::send(fd.get(), hello.data(), hello.size(), MSG_NOSIGNAL) > 0; }));
  ::shutdown(fd.get(), SHUT_WR);
  const UniqueFd far = box.accept_cloud_raw();
  ASSERT_TRUE(far);
  ASSERT_TRUE(box.until([&] { return !box.reasons().empty(); }));
  EXPECT_THAT(box.reasons(), ElementsAre("handshake_abandoned"));
}

TEST_F(PassThroughTest, a_blocked_terminal_is_ended_and_comes_no_more) {  // CRT-04
  stand();
  model::CutOff cut;
  cut.blocks = {{"t1", ""}};
  box.worker().cut(cut);
  ASSERT_TRUE(step_until([&] { return !box.reasons().empty(); }));
  terminal.emplace(box.connect(client()));
  ASSERT_TRUE(step_until([&] { return box.reasons().size() == 2; }));
  EXPECT_THAT(box.reasons(), ElementsAre("terminal_blocked", "terminal_blocked"));
}

TEST_F(PassThroughTest, a_broken_end_is_no_clean_one_for_the_other_side) {
  stand();
  cloud->reset();
  ASSERT_TRUE(step_until([&] { return !box.reasons().empty(); }));
  EXPECT_THAT(box.reasons(), ElementsAre("reset_upstream"));
  EXPECT_TRUE(step_until([&] { return terminal->broken(); }));
}

}  // namespace
}  // namespace gw
