// What an order does not outlive: its key, its withdrawal, its time; and what it does: a store that fails for
// a moment.

#include "order_clinic.h"

namespace gw::control {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

const std::string kOffer = "update: {version: 2026.12, sha256: " + std::string(64, 'd') + "}\n";
constexpr const char* kKeyGone = "the key that signed it counts no more";

class OrderEndings : public OrderOfficeTest {
 protected:
  void without_key() { plan(seconds(60), ""); }
  Draft withdrawal(const std::string& order, const std::string& id = "w-1") {
    return {.id = id, .wanted = "withdraw: {order: " + order + "}\n"};
  }
  changes::State change_state(const std::string& order) {
    return changes_->find(ChangeNumber(entry(order).change))->state;
  }
  Secret put_in_force(const std::string& order) {
    auto token = changes_->put(ChangeNumber(entry(order).change), minutes(3), {"sato", "10.0.0.1"});
    EXPECT_TRUE(token);
    carry_out();
    return *std::move(token);
  }
};

// ---------------------------------------------------------------- a store that fails for a moment

TEST_F(OrderEndings, a_store_that_fails_for_a_moment_makes_no_order_fail) {
  is_store_failing_ = true;
  round(change());
  EXPECT_EQ(entry().state, State::under_way);
  EXPECT_EQ(entry().change, 0u);
  reopen();
  round(change());
  EXPECT_EQ(entry().state, State::under_way);
  is_store_failing_ = false;
  round(change());
  EXPECT_EQ(entry().state, State::waits);
  EXPECT_EQ(decode<config::Sources>(*changes_->sources(ChangeNumber(entry().change)))->text, "new\n");
  EXPECT_THAT(told(), ElementsAre("accepted", "waits"));
  EXPECT_THAT(*changes_->newest(10), SizeIs(2)) << "and it is made once";
}

TEST_F(OrderEndings, a_change_that_comes_again_when_another_was_confirmed_fails) {
  const Draft wanted = change();
  is_store_failing_ = true;
  round(wanted);
  is_store_failing_ = false;
  const auto other =
      changes_->stage({{"sato", ""}, "mine", {}}, encode(config::Sources{.text = "other", .files = {}}));
  ASSERT_TRUE(changes_->check(*other));
  carry_out();
  const auto token = changes_->put(*other, minutes(3), {"sato", ""});
  carry_out();
  ASSERT_TRUE(changes_->confirm(token->view(), {"sato", ""}));
  carry_out();
  round(wanted);
  EXPECT_EQ(entry().state, State::failed);
  EXPECT_THAT(entry().outcome, HasSubstr("order.unsuitable"));
}

TEST_F(OrderEndings, a_change_that_never_came_about_expires) {
  is_store_failing_ = true;
  round(change());
  is_store_failing_ = false;
  clock_.advance(hours(24 * 8));
  pass();
  EXPECT_EQ(entry().state, State::expired);
}

// ---------------------------------------------------------------- the key

TEST_F(OrderEndings, what_waits_ends_with_its_key_and_that_is_said) {
  round(Draft{.id = "offer", .wanted = kOffer});
  round(change());
  without_key();
  for (int i = 0; i < 2; ++i) pass();
  for (const char* id : {"offer", "change-1"}) {
    EXPECT_EQ(entry(id).state, State::failed) << id;
    EXPECT_EQ(entry(id).outcome, kKeyGone) << id;
  }
  EXPECT_EQ(change_state("change-1"), changes::State::withdrawn) << "nobody can apply it either";
  EXPECT_THAT(told(), ElementsAre("accepted", "waits", "accepted", "waits", "failed", "failed"));
}

TEST_F(OrderEndings, a_revocation_is_not_asked_for_once_its_key_was_replaced) {
  round(Draft());
  ASSERT_TRUE(cut_asked_for());
  cut_is_rejected(ErrorCode::publication_busy);
  plan(seconds(60), orders::Vendor().pem());
  pass(minutes(1));
  EXPECT_FALSE(cut_asked_for());
  EXPECT_EQ(entry().state, State::failed);
  EXPECT_EQ(entry().outcome, kKeyGone);
  plan(seconds(60));
  round(Draft());
  EXPECT_FALSE(cut_asked_for()) << "nor when it is back";
}

TEST_F(OrderEndings, a_change_that_narrows_is_not_kept_once_its_key_is_gone) {
  widens_ = false;
  round(change());
  ASSERT_EQ(change_state("change-1"), changes::State::applied);
  without_key();
  office_->begin_round();
  clock_.advance(seconds(1));
  office_->end_round();
  pass();
  EXPECT_EQ(change_state("change-1"), changes::State::applied);
  pass(2 * seconds(60) + seconds(91));
  pass();
  EXPECT_EQ(change_state("change-1"), changes::State::rolled_back);
  EXPECT_EQ(entry().state, State::failed);
}

/// It may be the very change that takes the key away.
TEST_F(OrderEndings, what_the_clinic_has_put_in_force_goes_on_without_the_key) {
  round(change());
  const Secret token = put_in_force("change-1");
  without_key();
  pass();
  EXPECT_EQ(change_state("change-1"), changes::State::applied);
  ASSERT_TRUE(changes_->confirm(token.view(), {"sato", "10.0.0.1"}));
  carry_out();
  pass();
  EXPECT_EQ(entry().state, State::done);
  EXPECT_EQ(entry().by, "sato");
}

TEST_F(OrderEndings, nothing_is_done_before_it_is_known_whose_orders_count) {
  round(Draft());
  ASSERT_TRUE(cut_asked_for());
  office_.emplace(*store_, *chronicle_, *changes_, *bundles_, clock_);
  pass(minutes(1));
  EXPECT_FALSE(cut_asked_for());
  EXPECT_FALSE(office_->due());
  plan(seconds(60));
  pass();
  EXPECT_TRUE(cut_asked_for());
}

TEST_F(OrderEndings, nothing_is_done_while_the_clock_is_behind) {
  round(Draft());
  ASSERT_TRUE(cut_asked_for());
  reopen();
  clock_.advance(minutes(1));
  ASSERT_TRUE(office_->tick(errands_, false));
  EXPECT_FALSE(cut_asked_for());
  pass();
  EXPECT_TRUE(cut_asked_for());
}

// ---------------------------------------------------------------- withdrawals

TEST_F(OrderEndings, what_waits_can_be_taken_back) {
  round(Draft{.id = "offer", .wanted = kOffer});
  round(change());
  round(withdrawal("offer"));
  round(withdrawal("change-1", "w-2"));
  for (const char* id : {"offer", "change-1"}) {
    EXPECT_EQ(entry(id).state, State::withdrawn) << id;
    EXPECT_EQ(entry(id).by, kCentre) << id;
  }
  EXPECT_EQ(entry("w-1").state, State::done);
  EXPECT_EQ(entry("w-2").state, State::done);
  EXPECT_EQ(change_state("change-1"), changes::State::withdrawn);
  EXPECT_THAT(told(), ElementsAre("accepted", "waits", "accepted", "waits", "accepted", "withdrawn", "done",
                                  "accepted", "withdrawn", "done"));
}

TEST_F(OrderEndings, a_withdrawal_counts_once) {
  round(Draft{.id = "offer", .wanted = kOffer});
  for (int i = 0; i < 3; ++i) round(withdrawal("offer"));
  reopen();
  round(withdrawal("offer"));
  EXPECT_THAT(told(), ElementsAre("accepted", "waits", "accepted", "withdrawn", "done"));
}

TEST_F(OrderEndings, what_is_done_stays_and_that_is_said) {
  round(Draft());
  cut_asked_for();
  cut_is_made();
  round(withdrawal("2026-0001"));
  EXPECT_EQ(entry("2026-0001").state, State::done);
  EXPECT_EQ(entry("w-1").state, State::failed);
  EXPECT_THAT(last_line(), HasSubstr("it is carried out already, which stays"));
}

/// Whoever carries orders may bring the withdrawal first, or keep the order back until it is forgotten.
TEST_F(OrderEndings, an_order_that_comes_after_its_withdrawal_is_not_taken) {
  round(withdrawal("2026-0001"));
  EXPECT_EQ(entry("w-1").state, State::done);
  for (int i = 0; i < 2; ++i) {
    round(Draft());
    EXPECT_THAT(last_line(), HasSubstr("order.withdrawn"));
    EXPECT_FALSE(cut_asked_for());
    reopen();
  }
  clock_.set_civil(orders::noon() + hours(24) * 130);
  round(Draft{.id = "later", .issued = "2027-03-30T00:00:00Z", .expires = "2027-04-05T00:00:00Z"});
  cut_asked_for();
  cut_is_made();
  ASSERT_THAT(*office_->newest(), SizeIs(1)) << "the withdrawal is forgotten";
  clock_.set_civil(orders::noon() + hours(24) * 20);
  reopen();
  round(Draft{.expires = "2026-12-20T00:00:00Z"});
  EXPECT_THAT(last_line(), HasSubstr("order.used"));
  EXPECT_FALSE(cut_asked_for());
}

TEST_F(OrderEndings, a_revocation_that_the_box_could_not_make_is_taken_back) {
  round(Draft());
  ASSERT_TRUE(cut_asked_for());
  cut_is_rejected(ErrorCode::publication_busy);
  round(withdrawal("2026-0001"));
  pass(minutes(1));
  EXPECT_FALSE(cut_asked_for());
  EXPECT_EQ(entry("2026-0001").state, State::withdrawn);
  EXPECT_EQ(entry("w-1").state, State::done);
}

TEST_F(OrderEndings, a_withdrawal_waits_for_what_the_box_was_asked_already) {
  round(Draft());
  ASSERT_TRUE(cut_asked_for());
  office_->take(as_bytes(vendor_.handed(withdrawal("2026-0001").text())), true);
  ASSERT_TRUE(office_->tick(errands_, true));
  EXPECT_EQ(entry("w-1").state, State::under_way);
  cut_is_made();
  pass();
  EXPECT_EQ(entry("2026-0001").state, State::done);
  EXPECT_EQ(entry("w-1").state, State::failed);
}

TEST_F(OrderEndings, what_may_have_been_done_is_not_called_withdrawn_without_saying_so) {
  round(Draft());
  ASSERT_TRUE(cut_asked_for());
  reopen();
  office_->take(as_bytes(vendor_.handed(withdrawal("2026-0001").text())), true);
  ASSERT_TRUE(office_->tick(errands_, true));
  pass();
  EXPECT_FALSE(cut_asked_for()) << "it is not asked for once more";
  EXPECT_EQ(entry("2026-0001").state, State::withdrawn);
  EXPECT_THAT(entry("2026-0001").outcome, HasSubstr("may have done it"));
  EXPECT_EQ(entry("w-1").state, State::failed);
  EXPECT_THAT(entry("w-1").outcome, HasSubstr("may have done it"));
}

TEST_F(OrderEndings, what_may_have_been_done_is_said_when_its_time_is_over_as_well) {
  round(Draft());
  ASSERT_TRUE(cut_asked_for());
  reopen();
  clock_.advance(hours(24 * 8));
  pass();
  EXPECT_FALSE(cut_asked_for());
  EXPECT_EQ(entry("2026-0001").state, State::failed);
  EXPECT_EQ(entry("2026-0001").outcome, "its time was over; the box was asked already and may have done it");
}

TEST_F(OrderEndings, what_is_in_force_already_goes_its_way) {
  widens_ = false;
  round(change());
  ASSERT_EQ(change_state("change-1"), changes::State::applied);
  office_->take(as_bytes(vendor_.handed(withdrawal("change-1").text())), true);
  pass();
  EXPECT_EQ(entry("w-1").state, State::failed);
  round(change());
  EXPECT_EQ(entry("change-1").state, State::done);
}

TEST_F(OrderEndings, a_withdrawal_is_not_taken_back_nor_one_of_a_strangers_taken) {
  round(Draft{.id = "offer", .wanted = kOffer});
  round(orders::Vendor().handed(withdrawal("offer").text()));
  EXPECT_THAT(last_line(), HasSubstr("order.unsigned"));
  EXPECT_EQ(entry("offer").state, State::waits);
  round(withdrawal("offer"));
  round(withdrawal("w-1", "w-2"));
  EXPECT_THAT(last_line(), HasSubstr("order.unsuitable"));
  round(withdrawal("w-3", "w-3"));
  EXPECT_THAT(last_line(), HasSubstr("order.malformed"));
}

// ---------------------------------------------------------------- who stands on the way

/// A captured edge has what the vendor has signed for all other boxes.
TEST_F(OrderEndings, however_many_orders_of_others_are_handed_over_few_records_tell_of_it) {
  for (int i = 0; i < 120; ++i) {
    office_->take(as_bytes(vendor_.handed(Draft{.id = "n" + std::to_string(i), .box = "south"}.text())),
                  true);
    clock_.advance(seconds(10));
  }
  EXPECT_THAT(told(), SizeIs(65));
  clock_.advance(hours(1));
  office_->take(as_bytes(vendor_.handed(Draft{.id = "m", .box = "south"}.text())), true);
  EXPECT_THAT(last_line(), HasSubstr("\"count\":55"));
}

TEST_F(OrderEndings, what_is_wrong_with_one_order_ends_that_one_alone) {
  round(change());
  round(Draft{.id = "offer", .wanted = kOffer});
  ASSERT_TRUE(store_->database().run("UPDATE orders SET change = 999 WHERE change <> 0"));
  reopen();
  pass();
  EXPECT_EQ(entry("change-1").state, State::failed);
  EXPECT_THAT(entry("change-1").outcome, HasSubstr("change.unknown"));
  EXPECT_EQ(entry("offer").state, State::waits);
}

}  // namespace
}  // namespace gw::control
