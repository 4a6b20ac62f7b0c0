// What the kernel lets through of the box's own services toward terminals: names and time.

#include <gtest/gtest.h>
#include <sys/socket.h>

#include <string>

#include "component/net/stage.h"
#include "component/net/traffic.h"

namespace gw::net {
namespace {

using tests::at;
using tests::Kind;
using tests::listener;
using tests::net_apply;
using tests::run;
using tests::send_datagram;
using tests::socket_of;
using tests::Stage;
using tests::take_datagram;

struct Pair {
  const char* box;
  const char* device;
};
constexpr Pair kBothFamilies[] = {{"10.1.0.1", "10.1.0.9"}, {"fd00:1::1", "fd00:1::9"}};

model::Configuration served() {
  model::Configuration out = tests::two_tenants();
  out.network.lan[0].serve = {true, true};
  return out;
}

class ServedRules : public testing::Test {
 protected:
  void SetUp() override { apply_all(stage, plan(served())); }
  UniqueFd device(const Pair& pair, std::uint16_t port) const {
    return listener(stage.clinic, at(pair.device, port), Kind::datagram);
  }
  UniqueFd service(const Pair& pair, std::uint16_t port) const {
    return listener(stage.lan, at(pair.box, port), Kind::datagram);
  }
  /// Without net-apply, which would end the exchange by itself: the rules alone are on trial.
  void close_doors(const Pair& pair) const {
    const char* set = pair.box[0] == 'f' ? "openings6" : "openings4";
    run(stage.lan, std::string("nft flush set inet sekisho ") + set);
  }
  Stage stage;
};

TEST_F(ServedRules, a_question_is_heard_and_its_answer_leaves_again_and_again) {
  for (const Pair& pair : kBothFamilies)
    for (const std::uint16_t port : {model::kNamePort, model::kTimePort}) {
      const UniqueFd within = service(pair, port), terminal = device(pair, 40'000);
      for (int i = 0; i < 3; ++i) {
        ASSERT_TRUE(send_datagram(terminal, at(pair.box, port)));
        const model::Endpoint asker = take_datagram(within);
        EXPECT_EQ(asker.to_text(), at(pair.device, 40'000).to_text());
        ASSERT_TRUE(send_datagram(within, asker));
        EXPECT_EQ(take_datagram(terminal).to_text(), at(pair.box, port).to_text());
      }
    }
}

TEST_F(ServedRules, a_name_is_asked_for_over_tcp_as_well) {
  for (const Pair& pair : kBothFamilies) {
    const UniqueFd door = listener(stage.lan, at(pair.box, model::kNamePort));
    EXPECT_TRUE(tests::reaches(stage.clinic, 0, at(pair.box, model::kNamePort)));
    const UniqueFd stray = listener(stage.lan, at(pair.box, model::kTimePort));
    EXPECT_TRUE(tests::is_silent(stage.clinic, 0, at(pair.box, model::kTimePort))) << "time is UDP alone";
  }
}

TEST_F(ServedRules, no_other_port_hears_a_datagram) {
  for (const Pair& pair : kBothFamilies)
    for (const std::uint16_t port : {std::uint16_t{443}, std::uint16_t{5353}, std::uint16_t{1}}) {
      const UniqueFd stray = service(pair, port), terminal = device(pair, 40'001);
      send_datagram(terminal, at(pair.box, port));
      EXPECT_FALSE(tests::arrives_soon(stray)) << pair.box << " " << port;
    }
}

TEST_F(ServedRules, a_segment_that_does_not_ask_is_not_served) {
  ASSERT_TRUE(net_apply(stage, "lan", stage.lan, plan(tests::two_tenants())));
  for (const Pair& pair : kBothFamilies) {
    const UniqueFd within = service(pair, model::kNamePort), terminal = device(pair, 40'002);
    send_datagram(terminal, at(pair.box, model::kNamePort));
    EXPECT_FALSE(tests::arrives_soon(within)) << pair.box;
  }
}

/// Its socket can be aimed anywhere; what it sends is an answer or it does not leave.
TEST_F(ServedRules, a_taken_over_name_service_reaches_nobody_who_did_not_ask_it) {
  for (const Pair& pair : kBothFamilies) {
    const UniqueFd within = service(pair, model::kNamePort), asker = device(pair, 40'003),
                   bystander = device(pair, 104), another_port = device(pair, 53);
    ASSERT_TRUE(send_datagram(asker, at(pair.box, model::kNamePort)));
    const model::Endpoint who = take_datagram(within);
    EXPECT_FALSE(send_datagram(within, at(pair.device, 104)));
    EXPECT_FALSE(send_datagram(within, at(pair.device, 53)));
    EXPECT_FALSE(tests::arrives_soon(bystander));
    EXPECT_FALSE(tests::arrives_soon(another_port));
    EXPECT_TRUE(send_datagram(within, who)) << "the answer it owes still leaves";
  }
}

/// Another socket of the box does not speak in the name of the one that was asked.
TEST_F(ServedRules, an_answer_comes_from_where_the_question_went) {
  for (const Pair& pair : kBothFamilies) {
    const UniqueFd names = service(pair, model::kNamePort), time = service(pair, model::kTimePort),
                   asker = device(pair, 40'004);
    ASSERT_TRUE(send_datagram(asker, at(pair.box, model::kNamePort)));
    EXPECT_FALSE(send_datagram(time, take_datagram(names)));
    EXPECT_FALSE(tests::arrives_soon(asker));
  }
}

TEST_F(ServedRules, a_standing_exchange_ends_with_its_opening) {
  for (const Pair& pair : kBothFamilies) {
    ASSERT_TRUE(net_apply(stage, "lan", stage.lan, plan(served())));
    const UniqueFd within = service(pair, model::kNamePort), asker = device(pair, 40'005);
    ASSERT_TRUE(send_datagram(asker, at(pair.box, model::kNamePort)));
    const model::Endpoint who = take_datagram(within);
    ASSERT_TRUE(send_datagram(within, who));
    take_datagram(asker);
    close_doors(pair);
    send_datagram(asker, at(pair.box, model::kNamePort));
    EXPECT_FALSE(tests::arrives_soon(within)) << "in";
    EXPECT_FALSE(send_datagram(within, who)) << "out";
  }
}

/// Whoever floods in a neighbour's name makes little noise at the neighbour's door, and takes no session's
/// place.
TEST_F(ServedRules, one_source_is_heard_so_often_and_no_more) {
  for (const Pair& pair : kBothFamilies) {
    const UniqueFd within = service(pair, model::kNamePort), asker = device(pair, 40'006);
    const int room = 4 << 20;  // or the socket would be full before the rule is met
    ASSERT_EQ(::setsockopt(within.get(), SOL_SOCKET, SO_RCVBUFFORCE, &room, sizeof room), 0);
    for (int i = 0; i < 1'000; ++i) send_datagram(asker, at(pair.box, model::kNamePort));
    int heard = 0;
    while (tests::arrives_soon(within)) take_datagram(within), ++heard;
    EXPECT_GE(heard, 100);
    EXPECT_LT(heard, 300);
    const UniqueFd door = listener(stage.lan, at(pair.box, 443));
    EXPECT_TRUE(tests::reaches(stage.clinic, 0, at(pair.box, 443)));
  }
}

}  // namespace
}  // namespace gw::net
