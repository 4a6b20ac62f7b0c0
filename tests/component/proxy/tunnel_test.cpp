// TLS that terminal and cloud speak with each other, around which the box puts its own (NET-07, decision D5).

#include <gmock/gmock.h>
#include <sys/socket.h>
#include <time.h>

#include "base/text.h"
#include "support/compartment.h"
#include "support/hello_bytes.h"
#include "support/tube.h"

namespace gw {
namespace {

using support::Compartment;
using support::PeerOptions;
using support::TlsPeer;
using support::Tube;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;

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
  /// A session by an exception that lasts so long.
  void stand_on_tls_1_2(std::chrono::seconds lasting) {
    const auto now = std::chrono::floor<std::chrono::seconds>(box.clock.civil_now()).time_since_epoch();
    box.publish([&](model::Tenant& tenant) {
      tenant.services[0].upstream.profile = {model::ProfileName::high_12, now + lasting, "why", "me"};
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
  }
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
  EXPECT_THAT(Compartment::text(*box.records(EventId::session_refused)[0], Field::detail),
              StartsWith("the cloud chose 0303 "));
  ASSERT_TRUE(step_until([&] { return inner->broken(); }));
  EXPECT_EQ(inner->alert(), SSL_AD_PROTOCOL_VERSION);
  EXPECT_FALSE(inner->established());
}

TEST_F(TunnelTest, tls_1_2_inside_is_a_dated_exception) {  // NET-02
  stand_on_tls_1_2(std::chrono::minutes(5));
  EXPECT_THAT(Compartment::text(*box.records(EventId::session_opened)[0], Field::up_tls),
              StartsWith("TLSv1.2 ECDHE-"));
  box.advance(std::chrono::minutes(6));
  expect_ended("policy_exception_ended");
}

TEST_F(TunnelTest, a_clouds_own_refusal_is_the_terminals_to_read_and_no_session_was_open) {
  open_tunnel();
  PeerOptions groups = inner_client();
  groups.groups = "P-521";
  begin_inner(groups);
  PeerOptions server = box.good_cloud();
  server.groups = "X25519";
  cloud = box.accept_cloud(server);
  ASSERT_TRUE(step_until([&] { return inner->broken(); }));
  EXPECT_EQ(inner->alert(), SSL_AD_HANDSHAKE_FAILURE);
  expect_ended("upstream_tls_alert");
  EXPECT_EQ(Compartment::text(*box.records(EventId::session_refused)[0], Field::detail),
            "the cloud answered with the alert 40");
  EXPECT_THAT(box.records(EventId::session_opened), IsEmpty());
}

TEST_F(TunnelTest, a_cloud_that_asks_for_another_hello_gets_it) {  // RFC 8446 4.1.4
  open_tunnel();
  PeerOptions groups = inner_client();
  groups.groups = "X25519:P-384";  // a key share of the first alone
  begin_inner(groups);
  PeerOptions server = box.good_cloud();
  server.groups = "P-384";
  cloud = box.accept_cloud(server);
  ASSERT_TRUE(step_until([&] { return inner->established() && cloud->established(); }));
  inner->send("a chart");
  ASSERT_TRUE(step_until([&] { return cloud->received() == "a chart"; }));
  EXPECT_EQ(box.records(EventId::session_opened).size(), 1u);
}

/// A HelloRetryRequest for TLS_AES_128_GCM_SHA256, as any cloud may send it.
std::string retry_request() {
  const std::string random = *from_hex("cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c");
  const std::string body = "\x03\x03" + random + std::string("\0\x13\x01\0\0\x06\0\x2b\0\x02\x03\x04", 12);
  const std::string message = std::string("\x02\0\0", 3) + static_cast<char>(body.size()) + body;
  return std::string("\x16\x03\x03\0", 4) + static_cast<char>(message.size()) + message;
}

TEST_F(TunnelTest, a_second_hello_may_name_nobody_else_either) {  // NET-10
  using tls::HandMadeHello;
  const auto hello = [](const std::string& name) {
    const tls::Octets octets = HandMadeHello{}.with_name(name).with(43, {2, 3, 4}).record();
    return std::string(octets.begin(), octets.end());
  };
  open_tunnel();
  terminal->send(hello("emr.cloud.example"));
  const UniqueFd far = box.accept_cloud_raw();
  char heard[1024];
  ASSERT_TRUE(step_until([&] { return ::recv(far.get(), heard, sizeof heard, MSG_DONTWAIT) > 0; }));
  const std::string retry = retry_request();
  ASSERT_EQ(::send(far.get(), retry.data(), retry.size(), MSG_NOSIGNAL), static_cast<ssize_t>(retry.size()));
  ASSERT_TRUE(step_until([&] { return terminal->received().size() == taken + retry.size(); }));
  EXPECT_THAT(box.records(EventId::session_opened), IsEmpty()) << "nothing was agreed on yet";
  terminal->send("\x14\x03\x03" + std::string("\0\x01\x01", 3) +
                 hello("labs.cloud.example"));  // RFC 8446 D.4
  expect_ended("inner_name");
  EXPECT_EQ(Compartment::text(*box.records(EventId::session_refused)[0], Field::up_tls), "") << "none was";
  EXPECT_LE(::recv(far.get(), heard, sizeof heard, MSG_DONTWAIT), 0) << "the cloud has heard of it";
}

TEST_F(TunnelTest, a_warning_does_not_open_the_way_for_what_comes_behind_it) {  // NET-01, NET-03
  for (const std::string& said : {std::string("\x15\x03\x03\0\x02\x01\x70", 7), std::string("\x15SSH-2.0")}) {
    open_tunnel();
    begin_inner(inner_client());
    const UniqueFd far = box.accept_cloud_raw();
    ASSERT_TRUE(step_until([&] { return ::send(far.get(), said.data(), said.size(), MSG_NOSIGNAL) > 0; }));
    const std::size_t before = box.reasons().size();
    ASSERT_TRUE(step_until([&] { return box.reasons().size() > before; }));
    EXPECT_EQ(box.reasons().back(), "inner_answer_malformed");
    EXPECT_THAT(box.records(EventId::session_opened), IsEmpty());
    inner.reset();
    tube = Tube();
  }
}

TEST_F(TunnelTest, a_publication_between_two_steps_changes_nothing_for_whoever_stays) {
  terminal.emplace(box.connect(box.good_terminal()));
  ASSERT_TRUE(step_until([&] { return terminal->established(); }));
  for (int i = 0; i < 3; ++i) box.publish([](model::Tenant&) {});
  terminal->send("CONNECT " + target() + " HTTP/1.1\r\nHost: a\r\n\r\n");
  ASSERT_TRUE(step_until([&] { return terminal->received().ends_with("\r\n\r\n"); }));
  EXPECT_THAT(terminal->received(), StartsWith("HTTP/1.1 200 "));
  taken = terminal->received().size();
  box.publish([](model::Tenant&) {});
  begin_inner(inner_client());
  cloud = box.accept_cloud(box.good_cloud());
  box.publish([](model::Tenant&) {});
  ASSERT_TRUE(step_until([&] { return inner->established() && cloud->established(); }));
}

TEST_F(TunnelTest, who_sends_empty_lines_for_ever_holds_up_nobody) {
  ask(std::string(1'000'000, '\r'));
  for (int i = 0; i < 3; ++i) {
    std::string lines;
    for (int line = 0; line < 200'000; ++line) lines += "\r\n";
    terminal->send(lines);
  }
  const auto began = std::chrono::steady_clock::now();
  ASSERT_TRUE(step_until([&] { return !box.reasons().empty(); }));
  EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::seconds(2));
  EXPECT_THAT(box.reasons(), ElementsAre("connect_malformed"));
}

TEST_F(TunnelTest, a_hello_that_trickles_in_costs_no_more_than_one_that_comes_at_once) {
  open_tunnel();
  const tls::Octets message =
      tls::HandMadeHello{}.with_name("emr.cloud.example").with(43, {2, 3, 4}).padded_to(12'000).message();
  const tls::Octets stream = tls::in_records(message, 1);  // more framing than is taken, an octet at a time
  double spent = 0;
  box.around_turn = [&](bool begins) {
    timespec now{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    const double seconds = static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9;
    spent += begins ? -seconds : seconds;
  };
  for (std::size_t i = 0; i < 20'000; ++i) {
    terminal->send(std::string(1, static_cast<char>(stream[i])));
    terminal->step();
    box.round();
  }
  box.around_turn = nullptr;
  EXPECT_LT(spent, 2.0) << "CPU seconds for 20,000 octets";
}

TEST_F(TunnelTest, a_terminal_that_goes_while_the_cloud_thinks_is_what_ended_it) {
  open_tunnel();
  begin_inner(inner_client());
  const UniqueFd far = box.accept_cloud_raw();
  char heard[1024];
  ASSERT_TRUE(step_until([&] { return ::recv(far.get(), heard, sizeof heard, MSG_DONTWAIT) > 0; }));
  terminal->reset();
  expect_ended("handshake_abandoned");
}

TEST_F(TunnelTest, a_session_ends_when_its_profile_knows_its_version_no_more) {  // NET-02
  stand_on_tls_1_2(std::chrono::hours(5));
  box.publish([](model::Tenant& tenant) { tenant.services[0].upstream.profile = {}; });
  expect_ended("policy_exception_ended");
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
  for (int i = 0; i < 60 && told.empty(); ++i) box.advance(std::chrono::seconds(1));  // nobody answers probes
  ASSERT_FALSE(told.empty());
  EXPECT_EQ(told[0].service, "emr");
  EXPECT_EQ(told[0].outcome, model::CloseReason::finished);
  EXPECT_THAT(told[0].tls, IsEmpty());
}

}  // namespace
}  // namespace gw
