// Tunnels as streams of a terminal's HTTP/2 connection: each a session of its own, by the rules of any other
// (NET-07, NET-10, RFC 9113 8.5).

#include <gmock/gmock.h>

#include <deque>

#include "support/compartment.h"
#include "support/http2_peer.h"
#include "support/tube.h"

namespace gw {
namespace {

using support::Compartment;
using support::http2_connect_frame;
using support::http2_frame;
using support::http2_preface;
using support::Http2Peer;
using support::PeerOptions;
using support::TlsPeer;
using support::Tube;
using testing::Each;
using testing::ElementsAre;
using testing::EndsWith;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;
using testing::StartsWith;

constexpr std::string_view kOffersBoth("\x02h2\x08http/1.1", 12);
constexpr std::string_view kOffersOld("\x08http/1.1", 9);

/// A tunnel through one stream: the TLS client at its near end, the cloud at its far end.
struct Tunnel {
  std::int32_t id;
  Tube tube{};
  std::size_t taken = 0;
  std::optional<TlsPeer> inner{}, cloud{};
};

/// A terminal's connection to the box.
struct Line {
  explicit Line(TlsPeer peer) : tls(std::move(peer)) {}
  TlsPeer tls;
  Http2Peer http2{};
  std::size_t taken = 0;
  std::deque<Tunnel> tunnels{};

  void step() {
    tls.step();
    const std::string come = tls.received().substr(taken);
    taken += come.size();
    http2.take(come);
    for (Tunnel& tunnel : tunnels) step(tunnel);
    tls.send(http2.give());
  }
  void step(Tunnel& tunnel) {
    if (tunnel.cloud) tunnel.cloud->step();
    if (!tunnel.inner) return;
    tunnel.inner->step();
    if (std::string octets = tunnel.tube.take(); !octets.empty()) http2.send(tunnel.id, octets);
    const std::string& received = http2.stream(tunnel.id).received;
    tunnel.tube.put(received.substr(tunnel.taken));
    tunnel.taken = received.size();
  }
  Http2Peer::Stream& stream(const Tunnel& tunnel) { return http2.stream(tunnel.id); }
};

class TunnelStreamsTest : public testing::Test {
 protected:
  Compartment box;
  std::deque<Line> lines;

  TunnelStreamsTest() {
    box.publish([](model::Tenant& tenant) {
      model::Service& service = tenant.services[0];
      service.mode = model::Mode::wrap;
      service.downstream.server_names = {"proxy.box.example"};
      service.upstream.credential = {};
      service.upstream.anchors = {};
      tenant.rules[0].terminals = {model::TerminalId(0), model::TerminalId(1)};
    });
  }
  std::string target() {
    return "emr.cloud.example:" + std::to_string(box.tenant().services[0].upstream.port);
  }
  PeerOptions inner_client() {
    return {.credential = box.cloud_ca.issue({.name = "clinic", .alternative_names = "URI:urn:clinic"}),
            .trusts = box.cloud_ca.pem(),
            .server_name = "emr.cloud.example"};
  }
  static std::string chosen(TlsPeer& peer) {
    const unsigned char* name = nullptr;
    unsigned int size = 0;
    SSL_get0_alpn_selected(peer.ssl(), &name, &size);
    return std::string(reinterpret_cast<const char*>(name), size);
  }
  TlsPeer connect(std::string_view offers, const std::string& name = "t1", std::size_t listener = 0) {
    TlsPeer peer = box.connect(box.good_terminal(name), listener);
    SSL_set_alpn_protos(peer.ssl(), as_bytes(offers).data(), static_cast<unsigned>(offers.size()));
    return peer;
  }
  bool step_until(const std::function<bool()>& holds) {
    return box.until([&] {
      for (Line& line : lines) line.step();
      return holds();
    });
  }
  Line& line(const std::string& name = "t1") {
    lines.emplace_back(connect(kOffersBoth, name));
    Line& out = lines.back();
    EXPECT_TRUE(step_until([&] { return out.tls.established() && out.http2.most_streams() == 100; }));
    EXPECT_EQ(chosen(out.tls), "h2");
    return out;
  }
  Tunnel& ask(Line& line, const std::string& where) {
    line.tunnels.push_back({.id = line.http2.connect(where)});
    return line.tunnels.back();
  }
  /// The tunnel stands, and terminal and cloud speak TLS through it.
  Tunnel& open(Line& line) {
    Tunnel& tunnel = ask(line, target());
    EXPECT_TRUE(step_until([&] { return line.stream(tunnel).status == "200"; }));
    tunnel.inner.emplace(TlsPeer::client(inner_client(), tunnel.tube.take_end()));
    tunnel.cloud = box.accept_cloud(box.good_cloud());
    EXPECT_TRUE(step_until([&] { return tunnel.inner->established() && tunnel.cloud->established(); }));
    return tunnel;
  }
  void expect_ended(std::size_t count, const std::string& reason) {
    ASSERT_TRUE(step_until([&] { return box.reasons().size() >= count; }));
    EXPECT_THAT(box.reasons(), SizeIs(count));
    EXPECT_THAT(box.reasons(), Each(reason));
  }
  void expect_sent_away(Line& line, std::uint32_t code = NGHTTP2_NO_ERROR) {
    ASSERT_TRUE(step_until([&] { return line.tls.saw_close(); }));
    EXPECT_EQ(line.http2.went_away(), code);
  }
};

TEST_F(TunnelStreamsTest, each_stream_is_a_session_of_its_own) {
  Line& one = line();
  Tunnel& first = open(one);
  Tunnel& second = open(one);
  first.inner->send("a chart");
  second.inner->send("an image");
  first.cloud->send(std::string(100'000, 'x'));
  second.cloud->send(std::string(200'000, 'y'));
  ASSERT_TRUE(step_until([&] {
    return first.cloud->received() == "a chart" && second.cloud->received() == "an image" &&
           first.inner->received().size() == 100'000 && second.inner->received().size() == 200'000;
  }));
  EXPECT_EQ(first.inner->received().find('y'), std::string::npos);
  EXPECT_EQ(box.dials, 2);
  const auto opened = box.records(EventId::session_opened);
  ASSERT_THAT(opened, SizeIs(2));
  EXPECT_NE(Compartment::number(*opened[0], Field::session), Compartment::number(*opened[1], Field::session));
  EXPECT_EQ(Compartment::text(*opened[0], Field::terminal), "t1");
  EXPECT_THAT(Compartment::text(*opened[0], Field::down_tls), EndsWith(" h2"));
  EXPECT_EQ(Compartment::text(*opened[0], Field::down_hello).size(), 36u) << "its connection's";
  EXPECT_THAT(Compartment::text(*opened[1], Field::up_tls), EndsWith(" end to end"));
  EXPECT_THAT(box.worker().list(model::SessionId(0)).rows, SizeIs(2)) << "their connection is none";
}

TEST_F(TunnelStreamsTest, one_that_ends_in_order_leaves_the_others) {
  Line& one = line();
  Tunnel& stays = open(one);
  Tunnel& ends = open(one);
  ends.inner->close_write();
  ends.cloud->close_write();
  ASSERT_TRUE(step_until([&] { return ends.inner->saw_close() && ends.cloud->saw_close(); }));
  ends.cloud->cut();
  ASSERT_TRUE(step_until([&] { return one.stream(ends).ended; })) << "the cloud's end is carried over";
  one.http2.end(ends.id);
  expect_ended(1, "finished");
  EXPECT_EQ(one.stream(ends).closed, NGHTTP2_NO_ERROR);
  stays.inner->send("still here");
  EXPECT_TRUE(step_until([&] { return stays.cloud->received() == "still here"; }));
}

TEST_F(TunnelStreamsTest, a_refusal_says_what_it_says_in_http_1_1_and_leaves_the_others) {  // WLS-01, NET-10
  Line& one = line();
  Tunnel& stays = open(one);
  Tunnel& elsewhere = ask(one, "labs.cloud.example:443");
  ASSERT_TRUE(step_until([&] { return one.stream(elsewhere).closed.has_value(); }));
  EXPECT_EQ(one.stream(elsewhere).status, "403");
  EXPECT_EQ(one.stream(elsewhere).fields["proxy-status"], "sekisho; error=http_request_denied");
  EXPECT_THAT(one.stream(elsewhere).received, StartsWith("connect_elsewhere: "));
  one.tunnels.push_back({.id = one.http2.connect(target(), "GET")});
  ASSERT_TRUE(step_until([&] { return one.stream(one.tunnels.back()).closed.has_value(); }));
  EXPECT_EQ(one.stream(one.tunnels.back()).status, "405");
  EXPECT_EQ(one.stream(one.tunnels.back()).fields["allow"], "CONNECT");
  box.dial_refusal = model::CloseReason::upstream_unresolved;
  Tunnel& unresolved = ask(one, target());
  ASSERT_TRUE(step_until([&] { return one.stream(unresolved).closed.has_value(); }));
  EXPECT_EQ(one.stream(unresolved).status, "502");
  EXPECT_EQ(one.stream(unresolved).fields["proxy-status"], "sekisho; error=dns_error");
  EXPECT_THAT(box.reasons(), ElementsAre("connect_elsewhere", "connect_malformed", "upstream_unresolved"));
  stays.inner->send("still here");
  EXPECT_TRUE(step_until([&] { return stays.cloud->received() == "still here"; }));
}

TEST_F(TunnelStreamsTest, a_name_inside_that_is_not_the_services_never_reaches_the_cloud) {  // NET-10
  Line& one = line();
  Tunnel& tunnel = ask(one, target());
  ASSERT_TRUE(step_until([&] { return one.stream(tunnel).status == "200"; }));
  PeerOptions other = inner_client();
  other.server_name = "labs.cloud.example";
  tunnel.inner.emplace(TlsPeer::client(other, tunnel.tube.take_end()));
  ASSERT_TRUE(step_until([&] { return tunnel.inner->broken(); }));
  EXPECT_EQ(tunnel.inner->alert(), SSL_AD_UNRECOGNIZED_NAME);
  expect_ended(1, "inner_name");
  const UniqueFd far = box.accept_cloud_raw();
  char octet;
  EXPECT_LE(::recv(far.get(), &octet, 1, MSG_DONTWAIT), 0) << "the cloud has heard of it";
}

TEST_F(TunnelStreamsTest, a_stream_that_is_reset_breaks_its_own_tunnel_alone) {
  Line& one = line();
  Tunnel& stays = open(one);
  Tunnel& breaks = open(one);
  one.http2.reset(breaks.id);
  expect_ended(1, "reset_downstream");
  EXPECT_TRUE(step_until([&] { return breaks.cloud->broken(); })) << "no clean end";
  EXPECT_EQ(one.stream(stays).closed, std::nullopt);
}

TEST_F(TunnelStreamsTest, a_cloud_that_breaks_off_is_told_from_one_that_ends) {  // RFC 9113 8.5
  Line& one = line();
  Tunnel& broken = open(one);
  broken.cloud->reset();
  expect_ended(1, "reset_upstream");
  ASSERT_TRUE(step_until([&] { return one.stream(broken).closed.has_value(); }));
  EXPECT_EQ(one.stream(broken).closed, NGHTTP2_CONNECT_ERROR);
}

TEST_F(TunnelStreamsTest, what_ends_a_connection_ends_all_it_carries_for_the_same_reason) {  // W6, ISO-10
  const std::pair<std::function<void()>, const char*> kRows[] = {
      {[&] {
         model::CutOff cut_off;
         cut_off.terminals = {{"t1"}};
         box.worker().cut(cut_off);
         box.worker().cut({});
       },
       "cut_off"},
      {[&] {
         EXPECT_EQ(box.publish([](model::Tenant& t) { t.rules[0].terminals = {model::TerminalId(1)}; })
                       .sessions_closed,
                   2u);
       },
       "rule_removed"},
      {[&] { box.worker().drain(); }, "draining"}};
  for (const auto& [happens, reason] : kRows) {
    Line& one = line();
    Tunnel& first = open(one);
    Tunnel& second = open(one);
    const std::size_t before = box.reasons().size();
    happens();
    expect_sent_away(one);
    ASSERT_TRUE(step_until([&] { return box.reasons().size() == before + 2; })) << reason;
    EXPECT_EQ(box.reasons().back(), reason);
    EXPECT_EQ(one.stream(second).closed, NGHTTP2_CONNECT_ERROR) << reason;
    EXPECT_TRUE(step_until([&] { return first.cloud->broken(); })) << "no clean end";
    if (std::string_view(reason) == "rule_removed")
      box.publish([](model::Tenant& t) { t.rules[0].terminals = {model::TerminalId(0)}; });
  }
}

TEST_F(TunnelStreamsTest, a_generation_that_keeps_the_rule_keeps_them_all) {
  Line& one = line();
  Tunnel& tunnel = open(one);
  for (int i = 0; i < 3; ++i) EXPECT_EQ(box.publish([](model::Tenant&) {}).sessions_kept, 1u);
  tunnel.inner->send("before");
  open(one).inner->send("after");
  EXPECT_TRUE(step_until([&] { return one.tunnels.back().cloud->received() == "after"; }));
  EXPECT_EQ(Compartment::number(*box.records(EventId::session_opened)[1], Field::generation), 5u);
}

TEST_F(TunnelStreamsTest, a_rule_that_ended_begins_no_further_session) {  // WLS-04: asked for each stream
  const auto now = std::chrono::floor<std::chrono::seconds>(box.clock.civil_now()).time_since_epoch();
  box.publish([&](model::Tenant& t) { t.rules[0].until = now + std::chrono::minutes(1); });
  Line& one = line();
  open(one);
  box.advance(std::chrono::minutes(2));
  expect_ended(1, "policy_rule_ended");
  expect_sent_away(one);
}

TEST_F(TunnelStreamsTest, a_terminals_own_end_ends_all_it_carries) {
  Line& one = line();
  Tunnel& first = open(one);
  Tunnel& second = open(one);
  one.tls.reset();
  expect_ended(2, "reset_downstream");
  EXPECT_TRUE(step_until([&] { return first.cloud->broken() && second.cloud->broken(); }));
}

TEST_F(TunnelStreamsTest, two_terminals_streams_have_nothing_in_common) {  // ISO-07
  Line& t1 = line("t1");
  Line& t2 = line("t2");
  Tunnel& first = open(t1);
  Tunnel& second = open(t2);
  EXPECT_EQ(first.id, second.id) << "numbers of streams are the connection's own";
  first.inner->send("of t1");
  second.inner->send("of t2");
  ASSERT_TRUE(
      step_until([&] { return first.cloud->received() == "of t1" && second.cloud->received() == "of t2"; }));
  model::CutOff cut_off;
  cut_off.terminals = {{"t1"}};
  box.worker().cut(cut_off);
  expect_sent_away(t1);
  second.cloud->send("for t2");
  EXPECT_TRUE(step_until([&] { return second.inner->received() == "for t2"; }));
  EXPECT_EQ(t2.http2.went_away(), std::nullopt);
}

// ---------------------------------------------------------------- limits

TEST_F(TunnelStreamsTest, a_terminal_has_no_more_sessions_as_streams_than_as_connections) {  // CAP-02
  box.publish([](model::Tenant& t) { t.limits.sessions_per_terminal = 3; });  // the connection is one
  Line& one = line();
  open(one);
  open(one);
  Tunnel& third = ask(one, target());
  ASSERT_TRUE(step_until([&] { return one.stream(third).closed.has_value(); }));
  EXPECT_EQ(one.stream(third).closed, NGHTTP2_REFUSED_STREAM);
  expect_ended(1, "admission_limit");
  one.http2.reset(one.tunnels[0].id);
  ASSERT_TRUE(step_until([&] { return box.reasons().size() == 2; }));
  open(one);
}

TEST_F(TunnelStreamsTest, a_cloud_that_does_not_read_holds_back_its_own_stream_alone) {
  Line& one = line();
  Tunnel& stuck = open(one);
  Tunnel& flows = open(one);
  stuck.cloud->set_reading(false);
  stuck.inner->send(std::string(30'000'000, 'x'));
  std::size_t before = 0;
  for (int i = 0; i < 3'000; ++i) {
    step_until([] { return true; });
    box.round();
    before = one.stream(stuck).to_send.size();
  }
  EXPECT_GT(before, 0u) << "the window is closed";
  EXPECT_EQ(one.http2.room(stuck.id), 0);
  flows.inner->send(std::string(1'000'000, 'y'));
  ASSERT_TRUE(step_until([&] { return flows.cloud->received().size() == 1'000'000; }));
  EXPECT_EQ(one.http2.room(stuck.id), 0);
}

TEST_F(TunnelStreamsTest, whoever_opens_and_resets_without_end_is_sent_away) {  // CVE-2023-44487
  Line& other = line("t2");
  Tunnel& stays = open(other);
  TlsPeer flood = connect(kOffersBoth);
  std::string octets = http2_preface();
  for (std::int32_t id = 1; id < 2'000; id += 2)
    octets += http2_connect_frame(id, target()) +
              http2_frame(NGHTTP2_RST_STREAM, 0, id, std::string("\0\0\0\x08", 4));
  flood.send(octets);
  ASSERT_TRUE(step_until([&] {
    flood.step();
    return flood.saw_close() || flood.broken();
  }));
  EXPECT_THAT(flood.received(), HasSubstr(std::string("\0\0\x08\x07", 4))) << "GOAWAY";
  EXPECT_EQ(box.reasons().back(), "http2_violation");
  const auto refused = box.records(EventId::session_refused);
  EXPECT_EQ(Compartment::text(*refused.back(), Field::terminal), "t1");
  EXPECT_NE(Compartment::text(*refused.back(), Field::detail), "");
  EXPECT_LE(box.dials, 120);
  stays.inner->send("still here");
  EXPECT_TRUE(step_until([&] { return stays.cloud->received() == "still here"; }));
}

TEST_F(TunnelStreamsTest, a_connection_that_asks_for_nothing_is_ended) {
  Line& one = line();
  box.advance(std::chrono::seconds(11));
  expect_ended(1, "handshake_timeout");
  expect_sent_away(one);
}

TEST_F(TunnelStreamsTest, a_connection_that_carries_nothing_any_more_ends_and_pings_do_not_keep_it) {
  Line& one = line();
  Tunnel& tunnel = open(one);
  one.http2.reset(tunnel.id);
  expect_ended(1, "reset_downstream");
  const auto idle = box.tenant().services[0].limits.idle;
  for (int i = 0; i < 4; ++i) {
    one.http2.ping();
    step_until([] { return true; });
    box.advance(idle / 3);
  }
  expect_sent_away(one);
  EXPECT_THAT(box.reasons(), SizeIs(1)) << "what it carried has its records";
}

TEST_F(TunnelStreamsTest, whoever_hears_nothing_keeps_neither_streams_nor_connection) {
  TlsPeer deaf = connect(kOffersBoth);
  ASSERT_TRUE(step_until([&] {
    deaf.step();
    return deaf.established();
  }));
  deaf.set_reading(false);
  std::string octets = http2_preface();
  for (std::int32_t id = 1; id < 60; id += 2) octets += http2_connect_frame(id, target());
  deaf.send(octets);
  const auto idle = box.tenant().services[0].limits.idle;
  ASSERT_TRUE(step_until([&] {
    deaf.step();
    return box.dials == 30;
  }));
  for (int i = 0; i < 20; ++i) box.round();  // their answers arrive
  for (int i = 0; i < 30 && deaf.established() && !deaf.broken(); ++i) {
    deaf.step();
    box.advance(idle / 10);
  }
  EXPECT_THAT(box.reasons(), SizeIs(30)) << "no stream asked for TLS in time";
  EXPECT_THAT(box.reasons(), Each("handshake_timeout"));
  deaf.set_reading(true);
  ASSERT_TRUE(step_until([&] {
    deaf.step();
    return deaf.saw_close() || deaf.broken();
  }));
}

TEST_F(TunnelStreamsTest, a_request_that_does_not_end_ends_its_connection) {
  TlsPeer slow = connect(kOffersBoth);
  slow.send(http2_preface() + http2_connect_frame(1, target(), false));
  const auto step = [&](const std::function<bool()>& holds) {
    return step_until([&] {
      slow.step();
      return holds();
    });
  };
  ASSERT_TRUE(step([&] { return slow.established() && !slow.received().empty(); }));
  for (int i = 0; i < 20; ++i) step([] { return true; });
  box.advance(std::chrono::seconds(11));
  ASSERT_TRUE(step([&] { return slow.saw_close(); }));
  EXPECT_THAT(box.reasons(), ElementsAre("connect_malformed"));
}

TEST_F(TunnelStreamsTest, whoever_offers_http_2_nowhere_goes_on_as_before) {
  TlsPeer old = connect(kOffersOld);
  old.send("CONNECT " + target() + " HTTP/1.1\r\nHost: a\r\n\r\n");
  ASSERT_TRUE(step_until([&] {
    old.step();
    return old.received().ends_with("\r\n\r\n");
  }));
  EXPECT_THAT(old.received(), StartsWith("HTTP/1.1 200 "));
  EXPECT_EQ(chosen(old), "");
}

TEST_F(TunnelStreamsTest, where_the_box_speaks_for_the_service_it_chooses_nothing) {
  TlsPeer direct = connect(kOffersBoth, "t2", 1);
  ASSERT_TRUE(step_until([&] {
    direct.step();
    return direct.established();
  }));
  EXPECT_EQ(chosen(direct), "");
}

}  // namespace
}  // namespace gw
