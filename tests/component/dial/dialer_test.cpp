#include "dial/dialer.h"

#include <gtest/gtest.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <deque>

#include "component/dial/name_server.h"
#include "component/dial/stage.h"

namespace gw::dial {
namespace {

using model::CloseReason;
using std::chrono::milliseconds;
using std::chrono::seconds;

struct Dialled {
  std::optional<Outcome> outcome;
};

sys::Detached start_dial(Dialer& dialer, TablePtr table, Instant deadline, Dialled& dialled) {
  dialled.outcome = co_await dialer.dial(std::move(table), model::ServiceId(0), deadline);
}

class DialerTest : public testing::Test {
 protected:
  Stage stage;
  RecordedEvents events;
  Dialer dialer{*stage.reactor, events.sink()};

  void TearDown() override {
    EXPECT_TRUE(stage.let_time_pass_until([this] { return dialer.idle(); }));
  }

  void start(const model::DialTable& table, Dialled& dialled, seconds patience = seconds(5)) {
    start_dial(dialer, std::make_shared<const model::DialTable>(table), stage.clock.now() + patience,
               dialled);
  }
  /// "connected 127.0.0.1" or the reason.
  std::string finish(Dialled& dialled) {
    if (!stage.run_until([&] { return dialled.outcome.has_value(); })) return "never";
    if (const auto* reason = std::get_if<CloseReason>(&*dialled.outcome))
      return std::string(to_string(*reason));
    return "connected " + std::get<Connection>(*dialled.outcome).remote.address.to_text();
  }
  std::string dial(const model::DialTable& table) {
    Dialled dialled;
    start(table, dialled);
    return finish(dialled);
  }
  using Lines = std::vector<std::string>;
};

TEST_F(DialerTest, a_loopback_cloud_is_reached_without_waiting) {
  Cloud cloud("127.0.0.1");
  Dialled dialled;
  start(one_service(cloud.endpoint().port, {address("127.0.0.1")}), dialled);
  EXPECT_TRUE(dialled.outcome) << "before the reactor has run once";
  EXPECT_EQ(finish(dialled), "connected 127.0.0.1");
  EXPECT_TRUE(cloud.accept());
  EXPECT_EQ(events.take(), Lines{});
}

TEST_F(DialerTest, the_socket_has_the_options_of_a_long_session) {
  Cloud cloud("127.0.0.1");
  Dialled dialled;
  start(one_service(cloud.endpoint().port, {address("127.0.0.1")}), dialled);
  ASSERT_EQ(finish(dialled), "connected 127.0.0.1");
  const int fd = std::get<Connection>(*dialled.outcome).socket.get();
  const auto option = [&](int level, int name) {
    int value = 0;
    socklen_t size = sizeof value;
    ::getsockopt(fd, level, name, &value, &size);
    return value;
  };
  EXPECT_EQ(option(IPPROTO_TCP, TCP_NODELAY), 1);
  EXPECT_EQ(option(SOL_SOCKET, SO_KEEPALIVE), 1);
  EXPECT_EQ(option(IPPROTO_TCP, TCP_KEEPIDLE), 60);
  EXPECT_EQ(option(IPPROTO_TCP, TCP_KEEPINTVL), 15);
  EXPECT_EQ(option(IPPROTO_TCP, TCP_KEEPCNT), 4);
  EXPECT_EQ(option(IPPROTO_TCP, TCP_USER_TIMEOUT), 120'000);
}

TEST_F(DialerTest, a_closed_port_is_refused) {
  const auto closed = closed_endpoint("127.0.0.1");
  EXPECT_EQ(dial(one_service(closed.port, {closed.address})), "upstream_refused");
  EXPECT_EQ(events.take(), Lines{"endpoint.failed 127.0.0.1"});
}

TEST_F(DialerTest, a_silent_cloud_times_out_at_the_deadline_and_not_before) {
  Cloud cloud("127.0.0.1", 0, 0);
  cloud.fall_silent();
  Dialled dialled;
  start(one_service(cloud.endpoint().port, {address("127.0.0.1")}), dialled, seconds(2));
  stage.clock.advance(milliseconds(1'999));
  stage.run_a_while();
  EXPECT_FALSE(dialled.outcome);
  stage.clock.advance(milliseconds(1));
  EXPECT_EQ(finish(dialled), "upstream_timeout");
  EXPECT_EQ(events.take(), Lines{"endpoint.failed 127.0.0.1"});
}

TEST_F(DialerTest, a_refusing_endpoint_is_followed_by_the_next_at_once) {
  Cloud cloud("127.0.0.3");
  const auto table = one_service(cloud.endpoint().port, {address("127.0.0.2"), address("127.0.0.3")});
  EXPECT_EQ(dial(table), "connected 127.0.0.3");
  EXPECT_EQ(events.take(), Lines{"endpoint.failed 127.0.0.2"});
}

TEST_F(DialerTest, a_silent_endpoint_is_overtaken_after_300_milliseconds_and_then_avoided) {
  Cloud silent("127.0.0.2", 0, 0);
  Cloud cloud("127.0.0.3", silent.endpoint().port);
  silent.fall_silent();
  const auto table = one_service(cloud.endpoint().port, {address("127.0.0.2"), address("127.0.0.3")});
  Dialled first, second;
  start(table, first);
  stage.clock.advance(milliseconds(299));
  stage.run_a_while();
  EXPECT_FALSE(first.outcome);
  stage.clock.advance(milliseconds(1));
  EXPECT_EQ(finish(first), "connected 127.0.0.3");
  start(table, second);
  EXPECT_TRUE(second.outcome) << "no second dial pays for the silent endpoint";
  EXPECT_EQ(finish(second), "connected 127.0.0.3");
  EXPECT_EQ(events.take(), Lines{"endpoint.failed 127.0.0.2"});
}

TEST_F(DialerTest, the_preferred_endpoint_comes_back_when_it_answers_again) {
  Cloud spare("127.0.0.3");
  const auto table = one_service(spare.endpoint().port, {address("127.0.0.2"), address("127.0.0.3")});
  EXPECT_EQ(dial(table), "connected 127.0.0.3");
  Cloud preferred("127.0.0.2", spare.endpoint().port);
  EXPECT_EQ(dial(table), "connected 127.0.0.3") << "paused";
  stage.clock.advance(EndpointHealth::kFirstPause);
  stage.run_a_while();
  EXPECT_EQ(dial(table), "connected 127.0.0.2");
  EXPECT_EQ(dial(table), "connected 127.0.0.2");
  EXPECT_EQ(events.take(), (Lines{"endpoint.failed 127.0.0.2", "endpoint.recovered 127.0.0.2"}));
}

TEST_F(DialerTest, refused_is_said_only_if_nobody_was_silent) {
  Cloud silent("127.0.0.2", 0, 0);
  silent.fall_silent();
  const auto table = one_service(silent.endpoint().port, {address("127.0.0.2"), address("127.0.0.3")});
  Dialled dialled;
  start(table, dialled);
  stage.clock.advance(milliseconds(300));
  stage.run_a_while();
  stage.clock.advance(seconds(5));
  EXPECT_EQ(finish(dialled), "upstream_timeout");
}

TEST_F(DialerTest, a_deadline_too_short_to_judge_leaves_the_endpoint_its_good_name) {
  Cloud silent("127.0.0.1", 0, 0);
  silent.fall_silent();
  Dialled dialled;
  start(one_service(silent.endpoint().port, {address("127.0.0.1")}), dialled, seconds(0));
  EXPECT_EQ(finish(dialled), "upstream_timeout");
  EXPECT_EQ(events.take(), Lines{});
}

TEST_F(DialerTest, many_dials_at_once_do_not_wait_for_each_other) {
  Cloud silent("127.0.0.1", 0, 0), lively("127.0.0.1", 0, 256);
  silent.fall_silent();
  Dialled slow;
  start(one_service(silent.endpoint().port, {address("127.0.0.1")}), slow);
  std::deque<Dialled> dials(100);
  for (Dialled& dialled : dials) start(one_service(lively.endpoint().port, {address("127.0.0.1")}), dialled);
  for (Dialled& dialled : dials) EXPECT_EQ(finish(dialled), "connected 127.0.0.1");
  EXPECT_FALSE(slow.outcome);
  stage.clock.advance(seconds(5));
  EXPECT_EQ(finish(slow), "upstream_timeout");
}

TEST_F(DialerTest, an_address_in_the_clinic_is_never_dialled_even_if_configured) {
  auto table = one_service(443, {address("10.1.0.5")});
  table.forbidden = {*model::Prefix::parse("10.1.0.0/16")};
  EXPECT_EQ(dial(table), "upstream_forbidden");
  EXPECT_EQ(events.take(), Lines{"address.refused 10.1.0.5"});
}

class ResolvedDialTest : public DialerTest {
 protected:
  NameServer server{"127.0.0.1", says({})};
  model::DialTable table = one_service(443, {});

  ResolvedDialTest() {
    stage.actors = {[this] { server.act(); }};
    table.resolvers = {server.endpoint()};
    table.forbidden = {*model::Prefix::parse("10.1.0.0/16")};
    dialer.adopt(table);
  }
};

TEST_F(ResolvedDialTest, a_name_that_leads_into_the_clinic_is_refused_and_told_once) {
  server.follow(says({"10.1.0.5", "127.0.0.1", "64:ff9b::a01:5"}));
  EXPECT_EQ(dial(table), "upstream_forbidden");
  EXPECT_EQ(dial(table), "upstream_forbidden");
  EXPECT_EQ(events.take(), (Lines{"address.refused 64:ff9b::a01:5", "address.refused 10.1.0.5",
                                  "address.refused 127.0.0.1"}));
  dialer.adopt(table);
  EXPECT_EQ(dial(table), "upstream_forbidden");
  EXPECT_EQ(events.take().size(), 3u) << "each configuration is told anew";
}

TEST_F(ResolvedDialTest, a_name_without_addresses_is_unresolved) {
  EXPECT_EQ(dial(table), "upstream_unresolved");
  EXPECT_EQ(events.take(), Lines{});
}

TEST_F(ResolvedDialTest, a_name_nobody_answers_for_is_unresolved_at_the_deadline) {
  server.follow(stays_silent());
  Dialled dialled;
  start(table, dialled);
  stage.run_until([&] { return server.heard().size() == 2; });
  stage.clock.advance(seconds(5));
  EXPECT_EQ(finish(dialled), "upstream_unresolved");
}

}  // namespace
}  // namespace gw::dial
