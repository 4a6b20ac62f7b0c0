// TLS that terminal and cloud speak with each other, around which the box puts its own (NET-07, decision D5).

#include <gmock/gmock.h>
#include <sys/socket.h>
#include <unistd.h>

#include "support/compartment.h"
#include "support/hello_bytes.h"

namespace gw {
namespace {

using support::Compartment;
using support::PeerOptions;
using support::TlsPeer;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;

/// Octets of a stream that a program at the other end reads and writes as a socket.
class Tube {
 public:
  Tube() {
    int ends[2];
    GW_CHECK(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, ends) == 0, "a pair");
    mine_.reset(ends[0]);
    theirs_.reset(ends[1]);
  }
  UniqueFd take_end() { return std::move(theirs_); }
  std::string take() {
    char octets[4096];
    const ssize_t size = ::read(mine_.get(), octets, sizeof octets);
    return size > 0 ? std::string(octets, static_cast<std::size_t>(size)) : "";
  }
  void put(std::string_view octets) {
    GW_CHECK(::write(mine_.get(), octets.data(), octets.size()) == static_cast<ssize_t>(octets.size()),
             "room");
  }

 private:
  UniqueFd mine_, theirs_;
};

/// A terminal in its session with the box, and the TLS client inside it.
class TunnelTest : public testing::Test {
 protected:
  Compartment box;
  std::optional<TlsPeer> terminal, inner, cloud;
  Tube tube;
  std::size_t taken = 0;  // of what the terminal received: not the inner client's

  TunnelTest() {
    box.publish([](model::Tenant& tenant) {
      model::Service& service = tenant.services[0];
      service.mode = model::Mode::wrap;
      service.downstream.server_names = {"proxy.box.example"};
      service.upstream.credential = {};
      service.upstream.anchors = {};
    });
  }
  model::Upstream& upstream() { return box.tenant().services[0].upstream; }
  std::string target() { return "emr.cloud.example:" + std::to_string(upstream().port); }

  void ask(const std::string& request) {
    terminal.emplace(box.connect(box.good_terminal()));
    terminal->send(request);
  }
  void ask_for(const std::string& where) {
    ask("CONNECT " + where + " HTTP/1.1\r\nHost: " + where + "\r\n\r\n");
  }
  bool step_until(const std::function<bool()>& holds) {
    return box.until([&] {
      terminal->step();
      if (inner) step_inner();
      if (cloud) cloud->step();
      return holds();
    });
  }
  void step_inner() {
    inner->step();
    if (std::string octets = tube.take(); !octets.empty()) terminal->send(octets);
    tube.put(terminal->received().substr(taken));
    taken = terminal->received().size();
  }
  /// The tunnel stands.
  void open_tunnel() {
    ask_for(target());
    ASSERT_TRUE(step_until([&] { return terminal->received().ends_with("\r\n\r\n"); }));
    ASSERT_THAT(terminal->received(), StartsWith("HTTP/1.1 200 "));
    taken = terminal->received().size();
  }
  PeerOptions inner_client() {
    return {.credential = box.cloud_ca.issue({.name = "clinic", .alternative_names = "URI:urn:clinic"}),
            .trusts = box.cloud_ca.pem(),
            .server_name = "emr.cloud.example"};
  }
  void begin_inner(const PeerOptions& options) { inner.emplace(TlsPeer::client(options, tube.take_end())); }
  void expect_no_octet_at_the_cloud() {
    const UniqueFd fd = box.accept_cloud_raw();
    char octet;
    ASSERT_TRUE(fd);
    EXPECT_LE(::recv(fd.get(), &octet, 1, MSG_DONTWAIT), 0) << "the cloud has heard of it";
  }
  void expect_ended(const std::string& reason) {
    ASSERT_TRUE(step_until([&] { return !box.reasons().empty(); }));
    EXPECT_THAT(box.reasons(), ElementsAre(reason));
  }
};

TEST_F(TunnelTest, terminal_and_cloud_speak_tls_with_each_other_and_the_box_records_what_it_saw) {
  open_tunnel();
  begin_inner(inner_client());
  cloud = box.accept_cloud(box.good_cloud());
  ASSERT_TRUE(step_until([&] { return inner->established() && cloud->established(); }));
  inner->send("a chart");
  cloud->send(std::string(100'000, 'x'));
  ASSERT_TRUE(
      step_until([&] { return cloud->received() == "a chart" && inner->received().size() == 100'000; }));
  inner->close_write();
  cloud->close_write();
  ASSERT_TRUE(step_until([&] { return inner->saw_close() && cloud->saw_close(); }));
  cloud->cut();
  ASSERT_TRUE(step_until([&] { return terminal->saw_close(); })) << "the cloud's end is carried over";
  terminal->close_write();
  expect_ended("finished");
  const auto opened = box.records(EventId::session_opened);
  ASSERT_EQ(opened.size(), 1u);
  EXPECT_EQ(Compartment::text(*opened[0], Field::terminal), "t1");
  EXPECT_EQ(Compartment::text(*opened[0], Field::up_tls), "TLSv1.3 TLS_AES_256_GCM_SHA384 end to end");
}

TEST_F(TunnelTest, another_name_or_port_is_refused_before_anybody_is_dialled) {  // WLS-01, NET-10
  const std::string port = std::to_string(upstream().port);
  for (const std::string& where : {"labs.cloud.example:" + port, "127.0.0.1:" + port,
                                   std::string("emr.cloud.example:22"), "emr.cloud.example.:" + port}) {
    ask_for(where);
    ASSERT_TRUE(step_until([&] { return terminal->saw_close(); })) << where;
    EXPECT_THAT(terminal->received(), StartsWith("HTTP/1.1 403 ")) << where;
    EXPECT_THAT(terminal->received(), HasSubstr("connect_elsewhere"));
    EXPECT_EQ(box.reasons().back(), "connect_elsewhere");
    EXPECT_EQ(Compartment::text(*box.records(EventId::session_refused).back(), Field::detail), where);
  }
  EXPECT_EQ(box.dials, 0);
}

TEST_F(TunnelTest, what_is_no_connect_request_is_told_so) {
  const std::pair<const char*, const char*> kRows[] = {
      {"GET http://emr.cloud.example/ HTTP/1.1\r\nHost: emr.cloud.example\r\n\r\n", "HTTP/1.1 405 "},
      {"\x16\x03\x01 directly", "HTTP/1.1 400 "},
      {"CONNECT emr.cloud.example HTTP/1.1\r\nHost: a\r\n\r\n", "HTTP/1.1 400 "}};
  for (const auto& [request, status] : kRows) {
    ask(request);
    ASSERT_TRUE(step_until([&] { return terminal->saw_close(); })) << request;
    EXPECT_THAT(terminal->received(), StartsWith(status));
    EXPECT_EQ(box.reasons().back(), "connect_malformed");
  }
  EXPECT_EQ(box.dials, 0);
}

TEST_F(TunnelTest, who_asks_for_nothing_is_ended) {
  ask("CONNECT emr");
  ASSERT_TRUE(step_until([&] { return terminal->established(); }));
  box.advance(std::chrono::seconds(11));
  expect_ended("handshake_timeout");
}

TEST_F(TunnelTest, a_cloud_that_is_not_there_is_an_answer) {
  const std::pair<model::CloseReason, const char*> kRows[] = {
      {model::CloseReason::upstream_unresolved,
       "HTTP/1.1 502 Bad Gateway\r\nProxy-Status: sekisho; error=dns_error"},
      {model::CloseReason::upstream_refused,
       "HTTP/1.1 502 Bad Gateway\r\nProxy-Status: sekisho; error=connection_refused"},
      {model::CloseReason::upstream_timeout, "HTTP/1.1 504 "},
      {model::CloseReason::upstream_unavailable, "HTTP/1.1 503 "}};
  for (const auto& [reason, answer] : kRows) {
    box.dial_refusal = reason;
    ask_for(target());
    ASSERT_TRUE(step_until([&] { return terminal->saw_close(); }));
    EXPECT_THAT(terminal->received(), StartsWith(answer));
    EXPECT_EQ(box.reasons().back(), model::to_string(reason));
  }
}

TEST_F(TunnelTest, a_name_inside_that_is_not_the_services_never_reaches_the_cloud) {  // NET-10
  open_tunnel();
  PeerOptions other = inner_client();
  other.server_name = "labs.cloud.example";
  begin_inner(other);
  expect_ended("inner_name");
  ASSERT_TRUE(step_until([&] { return inner->broken(); }));
  EXPECT_EQ(inner->alert(), SSL_AD_UNRECOGNIZED_NAME);
  expect_no_octet_at_the_cloud();
}

TEST_F(TunnelTest, an_old_version_inside_never_reaches_the_cloud) {  // NET-01
  open_tunnel();
  PeerOptions old = inner_client();
  old.min_version = old.max_version = TLS1_2_VERSION;
  begin_inner(old);
  expect_ended("inner_tls_version");
  ASSERT_TRUE(step_until([&] { return inner->broken(); }));
  EXPECT_EQ(inner->alert(), SSL_AD_PROTOCOL_VERSION);
  expect_no_octet_at_the_cloud();
}

TEST_F(TunnelTest, what_is_no_hello_or_hides_one_never_reaches_the_cloud) {  // NET-10
  const tls::Octets hidden =
      tls::HandMadeHello{}.with_name("emr.cloud.example").with(43, {2, 3, 4}).with(0xfe0d, {0}).record();
  const tls::Octets nameless = tls::HandMadeHello{}.with(43, {2, 3, 4}).record();
  const std::pair<std::string, const char*> kRows[] = {{"SSH-2.0-OpenSSH_9.2\r\n", "inner_hello_malformed"},
                                                       {{nameless.begin(), nameless.end()}, "inner_name"},
                                                       {{hidden.begin(), hidden.end()}, "inner_encrypted"}};
  for (const auto& [octets, reason] : kRows) {
    open_tunnel();
    terminal->send(octets);
    ASSERT_TRUE(step_until([&] { return terminal->saw_close(); })) << reason;
    EXPECT_EQ(terminal->received()[taken], '\x15') << "an alert";
    EXPECT_EQ(box.reasons().back(), reason);
    expect_no_octet_at_the_cloud();
  }
}

TEST_F(TunnelTest, a_cloud_that_agrees_to_less_than_the_profile_is_not_heard) {  // NET-01, NET-02
  open_tunnel();
  PeerOptions both = inner_client();
  both.min_version = TLS1_2_VERSION;
  begin_inner(both);
  PeerOptions old = box.good_cloud();
  old.min_version = old.max_version = TLS1_2_VERSION;
  cloud = box.accept_cloud(old);
  expect_ended("inner_tls_version");
  ASSERT_TRUE(step_until([&] { return inner->broken(); }));
  EXPECT_EQ(inner->alert(), SSL_AD_PROTOCOL_VERSION);
  EXPECT_FALSE(inner->established());
}

TEST_F(TunnelTest, tls_1_2_inside_is_a_dated_exception) {  // NET-02
  const auto now = std::chrono::floor<std::chrono::seconds>(box.clock.civil_now()).time_since_epoch();
  box.publish([&](model::Tenant& tenant) {
    tenant.services[0].upstream.profile = {model::ProfileName::high_12, now + std::chrono::minutes(5), "why",
                                           "me"};
  });
  open_tunnel();
  PeerOptions old = inner_client();
  old.min_version = old.max_version = TLS1_2_VERSION;
  begin_inner(old);
  PeerOptions server = box.good_cloud();
  server.min_version = TLS1_2_VERSION;
  cloud = box.accept_cloud(server);
  ASSERT_TRUE(
      step_until([&] { return inner->established() && !box.records(EventId::session_opened).empty(); }));
  EXPECT_THAT(Compartment::text(*box.records(EventId::session_opened)[0], Field::up_tls),
              StartsWith("TLSv1.2 ECDHE-"));
  box.advance(std::chrono::minutes(6));
  expect_ended("policy_exception_ended");
}

TEST_F(TunnelTest, a_clouds_own_refusal_is_the_terminals_to_read) {
  open_tunnel();
  PeerOptions groups = inner_client();
  groups.groups = "P-521";
  begin_inner(groups);
  PeerOptions server = box.good_cloud();
  server.groups = "X25519";
  cloud = box.accept_cloud(server);
  ASSERT_TRUE(step_until([&] { return inner->broken(); }));
  EXPECT_EQ(inner->alert(), SSL_AD_HANDSHAKE_FAILURE);
}

TEST_F(TunnelTest, a_terminal_without_a_rule_gets_no_tunnel) {
  terminal.emplace(box.connect(box.good_terminal("t2")));
  terminal->send("CONNECT " + target() + " HTTP/1.1\r\nHost: a\r\n\r\n");
  ASSERT_TRUE(step_until([&] { return terminal->broken(); }));
  EXPECT_THAT(box.reasons(), ElementsAre("policy_no_rule"));
  EXPECT_THAT(terminal->received(), IsEmpty());
}

TEST_F(TunnelTest, a_rule_that_goes_ends_the_tunnel_and_the_cloud_sees_no_clean_end) {  // W6
  open_tunnel();
  begin_inner(inner_client());
  cloud = box.accept_cloud(box.good_cloud());
  ASSERT_TRUE(
      step_until([&] { return inner->established() && !box.records(EventId::session_opened).empty(); }));
  EXPECT_EQ(box.publish([](model::Tenant& tenant) { tenant.rules[0].terminals = {model::TerminalId(1)}; })
                .sessions_closed,
            1u);
  expect_ended("rule_removed");
  EXPECT_TRUE(step_until([&] { return cloud->broken() && terminal->broken(); }));
}

TEST_F(TunnelTest, a_trial_of_the_service_ends_where_the_terminals_own_tls_would_begin) {  // DEM-03
  std::vector<model::ServiceTrial> told;
  box.worker().trials().begin([&](const model::ServiceTrial& trial, bool) { told.push_back(trial); });
  ASSERT_TRUE(box.until([&] { return !told.empty(); }));
  EXPECT_EQ(told[0].service, "emr");
  EXPECT_EQ(told[0].outcome, model::CloseReason::finished);
  EXPECT_THAT(told[0].tls, IsEmpty());
}

}  // namespace
}  // namespace gw
