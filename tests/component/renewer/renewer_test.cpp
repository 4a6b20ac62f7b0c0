// The real sekisho-renewer and sekisho-keyd, and a real EST server of another make (CRT-03).

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "base/clock.h"
#include "component/renewer/stage.h"

namespace gw::renewer {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class RenewerTest : public testing::Test {
 protected:
  void SetUp() override {
    if (::geteuid() != 0) GTEST_SKIP() << "needs root";
    stage.emplace();
  }
  model::IdentitySlot& slot() { return stage->item().slot; }
  /// Two thirds of thirty days and more are over.
  void have_one_that_is_due() { slot().current = stage->identity_in_use(stage->item().identity, -25, 30); }
  void give_ticket() {
    slot().ticket = "k7mh-x2pq";
    stage->server.order("ticket k7mh-x2pq");
  }
  /// Nothing was gained, nothing was lost.
  void expect_failure(const Outcome& run, const std::string& why, const std::string& before) {
    EXPECT_EQ(run.ending, "exit 0");
    EXPECT_THAT(run.text(EventId::identity_not_renewed), HasSubstr(why));
    EXPECT_FALSE(run.has(EventId::identity_renewed));
    EXPECT_EQ(slot().current, before);
    ASSERT_TRUE(run.look_again);
    EXPECT_GT(*run.look_again,
              std::chrono::floor<std::chrono::milliseconds>(system_clock().civil_now().time_since_epoch()));
  }
  void expect_renewed(const Outcome& run) {
    EXPECT_EQ(run.ending, "exit 0");
    EXPECT_TRUE(run.has(EventId::identity_renewed)) << run.text(EventId::identity_not_renewed);
    EXPECT_TRUE(stage->works(slot().current));
    EXPECT_EQ(slot().next, "");
    EXPECT_EQ(slot().ticket, "");
    EXPECT_FALSE(stage->keyd.was_misused());
  }
  std::string key_of(const std::string& held) { return est::read_held(held)->key; }

  std::optional<Stage> stage;
};

TEST_F(RenewerTest, the_first_certificate_comes_for_a_ticket) {
  give_ticket();
  const Outcome run = stage->run();
  expect_renewed(run);
  EXPECT_THAT(run.kept, ElementsAre("records next", "records next", "records current", "records ticket empty",
                                    "records next empty"));
  EXPECT_EQ(run.dials, 3) << "authorities, enrolment, trial";
  const auto in_a_day = system_clock().civil_now().time_since_epoch() + std::chrono::hours(24);
  EXPECT_LE(*run.look_again, in_a_day) << "it looks every day, whatever the clock said";
  EXPECT_GE(*run.look_again, in_a_day - std::chrono::seconds(30));
}

TEST_F(RenewerTest, one_that_is_due_is_replaced_by_another_key_s) {
  have_one_that_is_due();
  const std::string before = slot().current;
  const Outcome run = stage->run();
  expect_renewed(run);
  EXPECT_NE(key_of(slot().current), key_of(before));
  EXPECT_EQ(stage->run().kept.size(), 0u) << "and then there is nothing to do";
}

TEST_F(RenewerTest, one_that_is_not_due_is_left_alone) {
  slot().current = stage->identity_in_use(stage->item().identity, -1, 30);
  const Outcome run = stage->run();
  EXPECT_EQ(run.ending, "exit 0");
  EXPECT_EQ(run.dials, 0);
  EXPECT_TRUE(run.records.empty());
}

TEST_F(RenewerTest, one_that_has_expired_is_renewed_late) {
  slot().current = stage->identity_in_use(stage->item().identity, -40, 30);
  expect_renewed(stage->run());
}

TEST_F(RenewerTest, a_ticket_helps_where_the_certificate_does_not) {
  slot().current = stage->identity_in_use(stage->item().identity, -40, 30);
  stage->server.order("mode refuse_next");
  const std::string before = slot().current;
  expect_failure(stage->run(), "est.refused", before);
  give_ticket();
  expect_renewed(stage->run());
}

TEST_F(RenewerTest, a_certificate_with_names_that_are_not_right_any_more_is_replaced) {
  slot().current = stage->identity_in_use(stage->item().identity, -1, 30);
  stage->order.tenant = "imaging-two";
  const Outcome run = stage->run();
  expect_renewed(run);
}

TEST_F(RenewerTest, both_sides_of_a_tenant_are_renewed_in_one_run) {
  have_one_that_is_due();
  model::RenewalOrder::Item& listener = stage->add_terminal_side();
  listener.slot.current = stage->identity_in_use(listener.identity, -25, 30);
  const std::string before = listener.slot.current;
  const Outcome run = stage->run();
  expect_renewed(run);
  EXPECT_TRUE(stage->works(listener.slot.current));
  EXPECT_NE(listener.slot.current, before);
  EXPECT_EQ(run.dials, 6);
}

TEST_F(RenewerTest, whoever_finds_no_keys_left_has_its_turn_in_the_next_run) {
  have_one_that_is_due();
  for (const char* name : {"second", "third"}) {
    stage->order.items.push_back(stage->item());
    stage->order.items.back().identity.name = name;
    stage->order.items.back().slot.current =
        stage->identity_in_use(stage->order.items.back().identity, -25, 30);
  }
  const Outcome run = stage->run();
  EXPECT_EQ(std::count_if(run.records.begin(), run.records.end(),
                          [](const Event& event) { return event.id() == EventId::identity_renewed; }),
            2);
  EXPECT_LE(*run.look_again,
            std::chrono::ceil<std::chrono::milliseconds>(system_clock().civil_now().time_since_epoch()));
  EXPECT_TRUE(stage->run().has(EventId::identity_renewed));
  for (const auto& item : stage->order.items) EXPECT_EQ(item.slot.next, "");
}

TEST_F(RenewerTest, without_certificate_and_ticket_it_says_so) {
  expect_failure(stage->run(), "identity.unknown", "");
  slot().current = "what is this";
  expect_failure(stage->run(), "identity.damaged", slot().current);
}

TEST_F(RenewerTest, a_request_may_be_carried_and_its_answer_brought) {
  stage->item().identity.port = 0;
  expect_failure(stage->run(), "sekisho cert request imaging/records FILE", "");
  slot().wish = model::kWishRequest;
  Outcome run = stage->run();
  EXPECT_THAT(run.kept, ElementsAre("records next", "records request", "records wish empty"));
  const std::string first = stage->carried_request;
  expect_failure(stage->run(), "sekisho cert adopt imaging/records CHAIN", "");
  slot().wish = model::kWishRequest;
  EXPECT_THAT(stage->run().kept, ElementsAre("records request", "records wish empty")) << "the same key";

  slot().answer = stage->answer_to(first);
  run = stage->run();
  expect_renewed(run);
  EXPECT_THAT(run.kept,
              ElementsAre("records next", "records current", "records answer empty", "records next empty"));
  EXPECT_EQ(run.dials, 0);
}

TEST_F(RenewerTest, an_answer_that_does_not_fit_is_put_away_and_what_is_in_use_stays) {
  slot().current = stage->identity_in_use(stage->item().identity, -1, 30);
  const std::string before = slot().current;
  slot().wish = model::kWishRequest;
  stage->run();
  const std::string leaf_alone = stage->answer_to(stage->carried_request).substr(0, 200);
  const std::string strange = est::read_held(before)->chain + stage->server.authority();
  for (const auto& [answer, why] : {std::pair(strange, "est.malformed"),
                                    {std::string("nonsense"), "whole chain"},
                                    {leaf_alone, "whole chain"}}) {
    slot().answer = answer;
    expect_failure(stage->run(), why, before);
    EXPECT_EQ(slot().answer, "");
  }
  slot().answer = stage->answer_to(stage->carried_request);
  expect_renewed(stage->run());
  EXPECT_NE(slot().current, before);
}

TEST_F(RenewerTest, one_that_is_not_due_is_renewed_when_somebody_wants_it) {
  slot().current = stage->identity_in_use(stage->item().identity, -1, 30);
  const std::string before = slot().current;
  slot().wish = model::kWishRenewal;
  const Outcome run = stage->run();
  expect_renewed(run);
  EXPECT_EQ(slot().wish, "");
  EXPECT_NE(key_of(slot().current), key_of(before));
}

TEST_F(RenewerTest, a_server_that_is_away_is_tried_again) {
  have_one_that_is_due();
  stage->lets_dial = [] { return false; };
  const std::string before = slot().current;
  expect_failure(stage->run(), "est.unreachable upstream_refused", before);
  const std::string begun = slot().next;
  EXPECT_NE(begun, "") << "the key is kept for the next time";
  stage->lets_dial = [] { return true; };
  expect_renewed(stage->run());
  EXPECT_EQ(key_of(slot().current), key_of(begun)) << "and no other is made";
}

TEST_F(RenewerTest, one_that_ends_soon_is_told_when_it_cannot_be_renewed) {
  slot().current = stage->identity_in_use(stage->item().identity, -29.8, 30);
  stage->server.order("mode refuse");
  const Outcome run = stage->run();
  expect_failure(run, "est.refused the server answers 403: the authority is closed", slot().current);
  EXPECT_THAT(run.text(EventId::certificate_due), HasSubstr("days left: 0; of its life: 0 per cent"));
}

TEST_F(RenewerTest, a_server_that_says_later_is_asked_later) {
  have_one_that_is_due();
  stage->server.order("mode later");
  const std::string before = slot().current;
  const auto begun = system_clock().civil_now().time_since_epoch();
  const Outcome run = stage->run();
  EXPECT_FALSE(run.has(EventId::identity_not_renewed)) << "that is no failure";
  EXPECT_TRUE(run.has(EventId::certificate_due)) << "but the time runs";
  EXPECT_EQ(slot().current, before);
  EXPECT_GE(*run.look_again, std::chrono::floor<std::chrono::seconds>(begun) + std::chrono::seconds(4321));
  EXPECT_LE(*run.look_again, begun + std::chrono::seconds(4321 + 30));
  const std::string key = key_of(slot().next);
  stage->server.order("mode well");
  expect_renewed(stage->run());
  EXPECT_EQ(key_of(slot().current), key) << "the same request is made again";
}

TEST_F(RenewerTest, a_server_that_is_not_the_one_is_told_nothing) {
  give_ticket();
  stage->item().identity.server_name = "est.other.example";
  expect_failure(stage->run(), "est.untrusted upstream_certificate_name", "");
  stage->item().identity.server_name = "est.cloud.example";
  stage->item().identity.anchors_pem = stage->server.authority();
  expect_failure(stage->run(), "est.untrusted upstream_certificate_untrusted", "");
  EXPECT_EQ(stage->server.order("issued"), "0");
  EXPECT_NE(slot().ticket, "") << "the ticket is as good as before";
}

TEST_F(RenewerTest, a_certificate_that_the_server_itself_does_not_take_is_not_put_in_use) {
  have_one_that_is_due();
  stage->server.order("mode refuse_new");
  const std::string before = slot().current;
  expect_failure(stage->run(), "identity.not_tried est.refused", before);
  EXPECT_FALSE(est::read_held(slot().next)->has_chain());
  stage->server.order("mode well");
  expect_renewed(stage->run());
}

TEST_F(RenewerTest, a_damaged_next_one_is_made_anew) {
  have_one_that_is_due();
  slot().next =
      "-----BEGIN ENCRYPTED PRIVATE K"
      "EY-----\nAAAA\n-----END ENCRYPTED PRIVATE K"
      "EY-----\n";
  expect_renewed(stage->run());
}

TEST_F(RenewerTest, what_was_switched_over_already_is_only_tidied_up) {
  slot().current = stage->identity_in_use(stage->item().identity, -1, 30);
  slot().next = slot().current;
  slot().ticket = "used";
  slot().answer = "to the request before";
  slot().wish = model::kWishRenewal;
  const Outcome run = stage->run();
  EXPECT_THAT(run.kept, ElementsAre("records ticket empty", "records answer empty", "records wish empty",
                                    "records next empty"));
  EXPECT_EQ(run.dials, 0);
  EXPECT_TRUE(run.records.empty()) << "and nothing went wrong";
}

struct WrongAnswer {
  const char* mode;
  const char* why;
};
class WrongAnswerTest : public RenewerTest, public testing::WithParamInterface<WrongAnswer> {};

TEST_P(WrongAnswerTest, leaves_everything_as_it_was) {
  have_one_that_is_due();
  stage->server.order(std::string("mode ") + GetParam().mode);
  const std::string before = slot().current;
  expect_failure(stage->run(), GetParam().why, before);
  EXPECT_FALSE(est::read_held(slot().next)->has_chain());
  stage->server.order("mode well");
  expect_renewed(stage->run());
}

INSTANTIATE_TEST_SUITE_P(
    Modes, WrongAnswerTest,
    testing::Values(WrongAnswer{"garbage", "est.malformed"}, WrongAnswer{"not_http", "http.malformed"},
                    WrongAnswer{"silent", "http.malformed"}, WrongAnswer{"slow_head", "http.malformed"},
                    WrongAnswer{"other_key", "est.malformed"}, WrongAnswer{"other_names", "est.malformed"},
                    WrongAnswer{"refuse", "est.refused"}),
    [](const auto& row) { return std::string(row.param.mode); });

}  // namespace
}  // namespace gw::renewer
