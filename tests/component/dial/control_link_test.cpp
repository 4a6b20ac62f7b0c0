#include "dial/control_link.h"

#include <gtest/gtest.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/codec.h"
#include "component/dial/stage.h"
#include "ipc/messages/control_compartment.h"
#include "sys/sealed.h"

namespace gw::dial {
namespace {

namespace wire = ipc::compartment;
using ipc::type_number;
using model::Generation;
using wire::Msg;

/// The test is supervisor and proxyd of one dialer.
class ControlLinkTest : public testing::Test {
 protected:
  Stage stage;
  RecordedEvents events;
  Dialer dialer{*stage.reactor, events.sink()};
  std::pair<ipc::Channel, ipc::Channel> control = *ipc::Channel::pair();
  ipc::Channel& supervisor = control.first;
  ControlLink link{*stage.reactor, std::move(control.second), dialer};
  Cloud cloud{"127.0.0.1", 0, 256};

  void SetUp() override {
    link.start();
    EXPECT_EQ(next(supervisor).type, type_number(Msg::ready));
  }
  void TearDown() override {
    supervisor.release();
    EXPECT_TRUE(stage.run_until([&] { return link.ended(); }));
  }

  /// The next frame; type zero if the channel has ended.
  ipc::Frame next(const ipc::Channel& channel) {
    std::optional<ipc::Frame> frame;
    EXPECT_TRUE(stage.run_until([&] {
      auto received = channel.receive();
      if (!received)
        frame.emplace();
      else if (*received)
        frame = std::move(*received);
      return frame.has_value();
    }));
    return frame ? std::move(*frame) : ipc::Frame{};
  }
  template <class Body>
  Body next_body(const ipc::Channel& channel, std::uint16_t type) {
    const ipc::Frame frame = next(channel);
    EXPECT_EQ(frame.type, type);
    const auto body = decode<Body>(frame.body);
    return body ? *body : Body{};
  }

  void say(Msg type, std::uint64_t generation) {
    const wire::Staged staged{Generation(generation)};
    ASSERT_TRUE(supervisor.send(type_number(type), 0, encode(staged)));
  }
  void hand_over(const std::vector<std::uint8_t>& sealed_bytes, std::uint64_t generation) {
    const auto sealed = sys::seal(sealed_bytes, "table");
    ASSERT_TRUE(sealed);
    const wire::Staged staged{Generation(generation)};
    ASSERT_TRUE(supervisor.send(type_number(Msg::dial_table), 0, encode(staged), {sealed->get()}));
  }
  void hand_over_good(std::uint64_t generation) {
    auto table = one_service(cloud.endpoint().port, {address("127.0.0.1")});
    table.generation = Generation(generation);
    hand_over(encode(table), generation);
  }
  void publish(std::uint64_t generation) {
    hand_over_good(generation);
    say(Msg::prepare, generation);
    EXPECT_EQ(next_body<wire::Staged>(supervisor, type_number(Msg::prepared)).generation,
              Generation(generation));
    say(Msg::commit, generation);
    EXPECT_EQ(next_body<wire::Adopted>(supervisor, type_number(Msg::adopted)).generation,
              Generation(generation));
  }
  /// As generation 1.
  void publish_table(const model::DialTable& table) {
    hand_over(encode(table), 1);
    say(Msg::prepare, 1);
    EXPECT_EQ(next(supervisor).type, type_number(Msg::prepared));
    say(Msg::commit, 1);
    EXPECT_EQ(next(supervisor).type, type_number(Msg::adopted));
  }
  wire::Refused refusal(std::uint64_t generation) {
    say(Msg::prepare, generation);
    return next_body<wire::Refused>(supervisor, type_number(Msg::refused));
  }

  /// proxyd's end of a new channel.
  ipc::Channel give_peer() {
    auto ends = *ipc::Channel::pair();
    EXPECT_TRUE(supervisor.send(type_number(Msg::peer), 0, {}, {ends.second.fd()}));
    return std::move(ends.first);
  }
  static Result<> ask(const ipc::Channel& proxy, std::uint64_t generation, std::uint16_t service = 0,
                      std::uint64_t request = 1) {
    const ipc::dial::Dial dial{Generation(generation), model::ServiceId(service), std::chrono::seconds(5)};
    return proxy.send(type_number(ipc::dial::Msg::dial), request, encode(dial));
  }
  /// "connected", a reason, or "ended".
  std::string answer(const ipc::Channel& proxy) {
    const ipc::Frame frame = next(proxy);
    if (frame.type == type_number(ipc::dial::Msg::connected))
      return frame.fds.size() == 1 ? "connected" : "no socket";
    if (frame.type != type_number(ipc::dial::Msg::failed)) return "ended";
    const auto failed = decode<ipc::dial::Failed>(frame.body);
    return failed ? std::string(to_string(failed->reason)) : "malformed";
  }
  std::string dial(const ipc::Channel& proxy, std::uint64_t generation, std::uint16_t service = 0) {
    EXPECT_TRUE(ask(proxy, generation, service));
    return answer(proxy);
  }
};

TEST_F(ControlLinkTest, a_published_service_can_be_dialled) {
  publish(1);
  const auto proxy = give_peer();
  EXPECT_EQ(dial(proxy, 1), "connected");
  EXPECT_TRUE(cloud.accept());
}

TEST_F(ControlLinkTest, the_answer_says_where_it_went_and_carries_the_asking_number) {
  publish(1);
  const auto proxy = give_peer();
  ASSERT_TRUE(ask(proxy, 1, 0, 4711));
  const ipc::Frame frame = next(proxy);
  EXPECT_EQ(frame.request, 4711u);
  const auto connected = decode<ipc::dial::Connected>(frame.body);
  ASSERT_TRUE(connected);
  EXPECT_EQ(connected->remote, cloud.endpoint());
  const UniqueFd accepted = cloud.accept();
  ASSERT_EQ(::write(frame.fds.at(0).get(), "x", 1), 1);
  char octet = 0;
  EXPECT_EQ(::read(accepted.get(), &octet, 1), 1);
}

TEST_F(ControlLinkTest, nothing_can_be_dialled_before_the_first_publication) {
  EXPECT_EQ(dial(give_peer(), 1), "upstream_unavailable");
}

TEST_F(ControlLinkTest, sessions_of_the_generation_before_are_still_dialled_for) {
  const auto proxy = give_peer();
  for (const std::uint64_t generation : {1, 2, 3}) publish(generation);
  EXPECT_EQ(dial(proxy, 3), "connected");
  EXPECT_EQ(dial(proxy, 2), "connected");
  EXPECT_EQ(dial(proxy, 1), "upstream_unavailable");
}

TEST_F(ControlLinkTest, a_table_that_cannot_be_read_is_refused_and_the_one_before_serves_on) {
  publish(1);
  hand_over({1, 2, 3}, 2);
  EXPECT_EQ(refusal(2).code, ErrorCode::message_malformed);
  EXPECT_EQ(dial(give_peer(), 1), "connected");
  publish(3);
}

TEST_F(ControlLinkTest, a_table_of_another_generation_is_refused) {
  auto table = one_service(443, {address("203.0.113.7")});
  table.generation = Generation(9);
  hand_over(encode(table), 2);
  EXPECT_EQ(refusal(2).generation, Generation(2));
}

TEST_F(ControlLinkTest, a_table_that_its_sender_can_still_change_is_refused) {
  auto table = one_service(443, {address("203.0.113.7")});
  table.generation = Generation(2);
  const auto octets = encode(table);
  const UniqueFd open(::memfd_create("open", MFD_CLOEXEC));
  ASSERT_EQ(::write(open.get(), octets.data(), octets.size()), static_cast<ssize_t>(octets.size()));
  const wire::Staged staged{Generation(2)};
  ASSERT_TRUE(supervisor.send(type_number(Msg::dial_table), 0, encode(staged), {open.get()}));
  EXPECT_EQ(refusal(2).code, ErrorCode::message_malformed);
}

TEST_F(ControlLinkTest, a_prepare_without_a_table_is_refused) {
  EXPECT_EQ(refusal(1).generation, Generation(1));
}

TEST_F(ControlLinkTest, an_abandoned_generation_leaves_no_trace) {
  publish(1);
  hand_over_good(2);
  say(Msg::prepare, 2);
  next(supervisor);
  say(Msg::abandon, 2);
  const auto proxy = give_peer();
  EXPECT_EQ(dial(proxy, 2), "upstream_unavailable");
  EXPECT_EQ(dial(proxy, 1), "connected");
}

TEST_F(ControlLinkTest, a_commit_of_what_was_not_staged_ends_the_dialer) {
  say(Msg::commit, 5);
  EXPECT_TRUE(stage.run_until([&] { return link.ended(); }));
}

TEST_F(ControlLinkTest, a_message_of_the_wrong_direction_ends_the_dialer) {
  say(Msg::adopted, 1);
  EXPECT_TRUE(stage.run_until([&] { return link.ended(); }));
}

TEST_F(ControlLinkTest, draining_ends_the_dialer) {
  ASSERT_TRUE(supervisor.send(type_number(Msg::drain), 0, {}));
  EXPECT_TRUE(stage.run_until([&] { return link.ended(); }));
}

TEST_F(ControlLinkTest, the_end_of_the_control_channel_ends_the_dialer) {
  EXPECT_FALSE(link.ended());
  supervisor.release();
  EXPECT_TRUE(stage.run_until([&] { return link.ended(); }));
}

TEST_F(ControlLinkTest, a_new_peer_takes_the_place_of_the_old_one) {
  publish(1);
  const auto old_proxy = give_peer();
  EXPECT_EQ(dial(old_proxy, 1), "connected");
  const auto new_proxy = give_peer();
  EXPECT_EQ(dial(new_proxy, 1), "connected");
  EXPECT_EQ(answer(old_proxy), "ended");
}

TEST_F(ControlLinkTest, a_proxyd_that_names_an_unknown_service_loses_its_channel) {
  publish(1);
  const auto proxy = give_peer();
  EXPECT_EQ(dial(proxy, 1, 1), "ended");
  EXPECT_FALSE(link.ended()) << "the dialer itself goes on";
  EXPECT_EQ(dial(give_peer(), 1), "connected");
}

TEST_F(ControlLinkTest, a_proxyd_that_breaks_the_conversation_loses_its_channel) {
  publish(1);
  const auto proxy = give_peer();
  ASSERT_TRUE(proxy.send(type_number(ipc::dial::Msg::connected), 1, {}));
  EXPECT_EQ(answer(proxy), "ended");
}

TEST_F(ControlLinkTest, a_proxyd_that_reads_late_is_read_no_more_and_still_gets_every_answer) {
  publish(1);
  const auto proxy = give_peer();
  std::size_t asked = 0, answered = 0;
  // An unknown generation is answered at once and without a socket.
  for (int stalled = 0; stalled < 5;) {
    if (ask(proxy, 9)) {
      ++asked;
      stalled = 0;
    } else {
      stage.run_a_while();
      ++stalled;
    }
    ASSERT_LT(asked, 100'000u) << "the dialer's memory is not bounded";
  }
  EXPECT_TRUE(stage.run_until([&] {
    for (auto got = proxy.receive(); got && *got; got = proxy.receive()) ++answered;
    return answered == asked;
  })) << answered
      << " of " << asked;
}

TEST_F(ControlLinkTest, requests_beyond_the_limit_wait_for_a_dial_to_end) {
  Cloud silent("127.0.0.1", 0, 0);
  silent.fall_silent();
  publish_table(one_service(silent.endpoint().port, {address("127.0.0.1")}));
  const auto proxy = give_peer();
  const std::size_t asked = ProxyLink::kMaxDials + 20;
  std::size_t sent = 0, answered = 0;
  EXPECT_TRUE(stage.run_until([&] { return sent == asked || (ask(proxy, 1) && ++sent == asked); }));
  EXPECT_TRUE(stage.let_time_pass_until([&] {
    for (auto got = proxy.receive(); got && *got; got = proxy.receive()) ++answered;
    return answered == asked;
  })) << answered
      << " of " << asked;
}

TEST_F(ControlLinkTest, a_proxyd_that_goes_while_dials_are_under_way_harms_nobody) {
  Cloud silent("127.0.0.1", 0, 0);
  silent.fall_silent();
  publish_table(one_service(silent.endpoint().port, {address("127.0.0.1")}));
  auto proxy = give_peer();
  ASSERT_TRUE(ask(proxy, 1));
  stage.run_a_while();
  proxy.release();
  stage.run_a_while();
  stage.clock.advance(std::chrono::seconds(6));
  stage.run_a_while();
  EXPECT_EQ(dial(give_peer(), 7), "upstream_unavailable");
}

/// Where a tenant's certificates come from is nothing that its sessions may reach, and the other way round.
TEST_F(ControlLinkTest, a_proxyd_and_a_renewer_have_targets_of_their_own) {
  auto table = one_service(cloud.endpoint().port, {address("127.0.0.1")});
  table.targets.push_back(table.targets[0]);
  table.targets[1].service = model::ServiceId(1);
  table.targets[1].caller = model::Caller::guest;
  publish_table(table);
  const auto give_guest = [this] {
    auto ends = *ipc::Channel::pair();
    EXPECT_TRUE(supervisor.send(type_number(Msg::guest), 0, {}, {ends.second.fd()}));
    return std::move(ends.first);
  };
  const ipc::Channel proxy = give_peer(), guest = give_guest();
  EXPECT_EQ(dial(guest, 1, 1), "connected");
  EXPECT_EQ(dial(proxy, 1, 0), "connected") << "a guest takes nobody's place";
  EXPECT_EQ(dial(proxy, 1, 1), "ended");
  EXPECT_EQ(dial(guest, 1, 0), "ended");
  const ipc::Channel next_guest = give_guest();
  EXPECT_EQ(dial(next_guest, 1, 1), "connected");
}

}  // namespace
}  // namespace gw::dial
