// Orders of the operations centre: each once, what lets less through at once, everything else when the clinic
// has consented; and the centre is told what became of it.

#include "order_clinic.h"

namespace gw::control {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

// ---------------------------------------------------------------- certificates

TEST_F(OrderOfficeTest, a_certificate_is_distrusted_at_once_and_once) {
  round(Draft());
  const auto asked = cut_asked_for();
  ASSERT_TRUE(asked);
  EXPECT_EQ(asked->cut.to_text(), "certificate " + std::string(64, 'a') + " of karte/desk-1");
  EXPECT_EQ(asked->reason, "operations centre 2026-0001: the device was lost");
  EXPECT_EQ(entry().state, State::under_way);
  cut_is_made();
  EXPECT_EQ(entry().state, State::done);
  EXPECT_THAT(told(), ElementsAre("accepted", "done"));
  round(Draft());
  reopen();
  round(Draft());
  EXPECT_FALSE(cut_asked_for()) << "it is handed over as long as it counts, and done once";
  EXPECT_THAT(told(), ElementsAre("accepted", "done"));
}

TEST_F(OrderOfficeTest, what_was_taken_is_done_although_somebody_dies_meanwhile) {
  round(Draft());
  ASSERT_TRUE(cut_asked_for());
  reopen();
  pass();
  ASSERT_TRUE(cut_asked_for());
  cut_is_made();
  EXPECT_EQ(entry().state, State::done);
}

TEST_F(OrderOfficeTest, a_box_that_is_starting_is_asked_again) {
  round(Draft());
  ASSERT_TRUE(cut_asked_for());
  pass(ErrandLine::kPatience);
  ASSERT_TRUE(cut_asked_for());
  for (const ErrorCode why :
       {ErrorCode::publication_busy, ErrorCode::cut_book_full, ErrorCode::store_failed}) {
    cut_is_rejected(why);
    EXPECT_EQ(entry().state, State::under_way) << to_string(why);
    pass();
    EXPECT_FALSE(cut_asked_for()) << "not at once";
    pass(ErrandLine::kPatience);
    ASSERT_TRUE(cut_asked_for());
  }
  cut_is_made();
  EXPECT_EQ(entry().state, State::done);
  EXPECT_THAT(told(), ElementsAre("accepted", "done"));
}

TEST_F(OrderOfficeTest, a_box_that_never_does_it_is_asked_until_its_time_is_over) {
  round(Draft());
  ASSERT_TRUE(cut_asked_for());
  cut_is_rejected(ErrorCode::publication_busy);
  clock_.advance(hours(24 * 8));
  pass();
  EXPECT_FALSE(cut_asked_for());
  EXPECT_EQ(entry().state, State::failed);
  EXPECT_EQ(entry().outcome, "its time was over");
}

TEST_F(OrderOfficeTest, a_terminal_that_the_box_does_not_have_fails_for_good) {
  round(Draft());
  ASSERT_TRUE(cut_asked_for());
  cut_is_rejected(ErrorCode::cut_unknown_name);
  EXPECT_EQ(entry().state, State::failed);
  EXPECT_THAT(entry().outcome, HasSubstr("cut.unknown_name"));
  pass(minutes(1));
  EXPECT_FALSE(cut_asked_for());
}

// ---------------------------------------------------------------- what is not taken

TEST_F(OrderOfficeTest, nothing_is_done_for_a_stranger_nor_for_another_box_nor_too_late) {
  const std::string document = Draft().text();
  round(orders::Vendor().handed(document));
  EXPECT_THAT(last_line(), HasSubstr("order.unsigned"));
  round(Draft{.id = "other", .box = "south"});
  EXPECT_THAT(last_line(), HasSubstr("order.of_another_box"));
  round(Draft{.id = "late", .expires = "2026-11-22T11:00:00Z"});
  EXPECT_THAT(last_line(), HasSubstr("order.expired"));
  round(std::string("what is no order"));
  EXPECT_THAT(last_line(), HasSubstr("order.malformed"));
  EXPECT_THAT(told(), ElementsAre("refused", "refused", "refused", "refused"));
  EXPECT_THAT(*office_->newest(), IsEmpty());
  EXPECT_FALSE(cut_asked_for());
}

TEST_F(OrderOfficeTest, a_refusal_is_told_once_however_often_it_is_handed_over) {
  for (int i = 0; i < 5; ++i) round(Draft{.id = "other", .box = "south"});
  EXPECT_THAT(told(), ElementsAre("refused"));
}

TEST_F(OrderOfficeTest, what_anybody_can_bring_about_is_told_once_an_hour_and_counted) {
  const orders::Vendor stranger;
  for (int i = 0; i < 20; ++i) round(stranger.handed(Draft{.id = "n" + std::to_string(i)}.text()));
  EXPECT_THAT(told(), ElementsAre("refused"));
  clock_.advance(hours(1));
  round(stranger.handed(Draft{.id = "another"}.text()));
  EXPECT_THAT(told(), ElementsAre("refused", "refused"));
  EXPECT_THAT(last_line(), HasSubstr("\"count\":19"));
  round(std::string("what is no order"));
  EXPECT_THAT(last_line(), HasSubstr("order.malformed")) << "each reason by itself";
}

TEST_F(OrderOfficeTest, one_that_was_done_is_nothing_new_although_its_time_is_over) {
  round(Draft());
  cut_asked_for();
  cut_is_made();
  clock_.advance(hours(24 * 8));
  round(Draft());
  EXPECT_THAT(told(), ElementsAre("accepted", "done"));
}

/// No backup has the book: a spare in the place of another box cannot know what that one has done.
TEST_F(OrderOfficeTest, what_was_issued_before_there_was_a_book_is_not_taken) {
  round(Draft{.id = "older", .issued = "2026-11-21T11:59:59Z"});
  EXPECT_THAT(last_line(), HasSubstr("order.used"));
  EXPECT_THAT(last_line(), HasSubstr("issued before"));
  EXPECT_FALSE(cut_asked_for());
  clock_.set_civil(orders::noon() - hours(48));
  reopen();
  ASSERT_TRUE(office_->begin_book());
  clock_.set_civil(orders::noon());
  round(Draft{.id = "still", .issued = "2026-11-21T11:59:59Z"});
  EXPECT_THAT(last_line(), HasSubstr("order.used")) << "its beginning stays what it was";
  round(Draft{.id = "newer", .issued = "2026-11-21T12:00:00Z"});
  EXPECT_TRUE(cut_asked_for());
}

TEST_F(OrderOfficeTest, an_id_counts_once_whatever_stands_behind_it) {
  round(Draft());
  cut_asked_for();
  cut_is_made();
  Draft other;
  other.wanted = "revoke: {tenant: karte, terminal: desk-2}\n";
  round(other);
  EXPECT_THAT(last_line(), HasSubstr("order.used"));
  EXPECT_FALSE(cut_asked_for());
}

TEST_F(OrderOfficeTest, while_the_clock_is_behind_nothing_is_taken) {
  round(vendor_.handed(Draft().text()), false);
  EXPECT_THAT(last_line(), HasSubstr("clock.behind"));
  EXPECT_FALSE(cut_asked_for());
  round(Draft());
  EXPECT_TRUE(cut_asked_for()) << "it counts once the clock is right";
}

/// A clock that is set back over everything that was forgotten makes nothing new of it.
TEST_F(OrderOfficeTest, a_clock_that_went_back_brings_nothing_back) {
  round(Draft());
  cut_asked_for();
  cut_is_made();
  clock_.set_civil(orders::noon() + hours(24) * 120);
  round(Draft{.id = "later", .issued = "2027-03-20T00:00:00Z", .expires = "2027-03-25T00:00:00Z"});
  cut_asked_for();
  cut_is_made();
  ASSERT_EQ(office_->newest()->size(), 1u) << "the first one is forgotten";
  clock_.set_civil(orders::noon());
  reopen();
  round(Draft());
  EXPECT_THAT(last_line(), HasSubstr("order.used"));
  EXPECT_FALSE(cut_asked_for());
}

TEST_F(OrderOfficeTest, without_a_key_none_is_taken) {
  ipc::Frame frame;
  frame.body = encode(ipc::control_records::NocPlan{"north", seconds(60), ""});
  ASSERT_TRUE(office_->hear(frame));
  round(Draft());
  EXPECT_FALSE(office_->takes_orders());
  EXPECT_THAT(told(), IsEmpty());
}

// ---------------------------------------------------------------- changes

TEST_F(OrderOfficeTest, a_change_that_lets_more_through_waits_for_somebody_of_the_clinic) {
  round(change());
  EXPECT_EQ(entry().state, State::waits);
  const ChangeNumber number(entry().change);
  EXPECT_EQ(changes_->find(number)->by.name, kCentre);
  EXPECT_EQ(decode<config::Sources>(*changes_->sources(number))->text, "new\n");
  for (int i = 0; i < 5; ++i) round(change());
  EXPECT_EQ(changes_->find(number)->state, changes::State::checked) << "nothing happens by itself";
  const auto token = changes_->put(number, minutes(3), {"sato", "10.0.0.1"});
  carry_out();
  ASSERT_TRUE(changes_->confirm(token->view(), {"sato", "10.0.0.1"}));
  carry_out();
  pass();
  EXPECT_EQ(entry().state, State::done);
  EXPECT_EQ(entry().by, "sato");
  EXPECT_THAT(told(), ElementsAre("accepted", "waits", "done"));
}

TEST_F(OrderOfficeTest, the_clinic_declines_a_change_and_the_centre_is_told) {
  round(change());
  const accounts::Actor sato{.name = "sato", .role = accounts::Role::clinic_admin};
  ASSERT_TRUE(office_->decline(sato, "change-1", "not before the new year"));
  EXPECT_EQ(changes_->find(ChangeNumber(entry().change))->state, changes::State::withdrawn);
  EXPECT_THAT(last_line(), HasSubstr("order.declined"));
  EXPECT_THAT(last_line(), HasSubstr("not before the new year"));
  EXPECT_EQ(office_->decline(sato, "change-1", "once more").error().code, ErrorCode::order_unknown);
}

TEST_F(OrderOfficeTest, withdrawn_where_changes_are_it_is_declined_as_well) {
  round(change());
  ASSERT_TRUE(changes_->withdraw(ChangeNumber(entry().change), "no", {"sato", "10.0.0.1"}));
  pass();
  EXPECT_EQ(entry().state, State::declined);
  EXPECT_EQ(entry().by, "sato");
}

TEST_F(OrderOfficeTest, a_change_that_only_narrows_is_kept_once_a_round_has_come_about_on_it) {
  widens_ = false;
  round(change());
  const ChangeNumber number(entry().change);
  EXPECT_EQ(changes_->find(number)->state, changes::State::applied);
  pass();
  EXPECT_EQ(changes_->find(number)->state, changes::State::applied) << "nobody has reached the centre since";
  round(change());
  EXPECT_EQ(changes_->find(number)->state, changes::State::confirmed);
  EXPECT_EQ(entry().state, State::done);
  EXPECT_EQ(entry().by, kCentre);
}

TEST_F(OrderOfficeTest, a_round_that_had_begun_before_proves_nothing) {
  widens_ = false;
  office_->begin_round();
  const std::string offer = vendor_.handed(change().text());
  office_->take(as_bytes(offer), true);
  for (int i = 0; i < 3; ++i) pass();
  office_->end_round();
  pass();
  EXPECT_EQ(changes_->find(ChangeNumber(entry().change))->state, changes::State::applied);
}

TEST_F(OrderOfficeTest, a_round_with_trouble_proves_nothing) {
  widens_ = false;
  round(change());
  office_->begin_round();
  clock_.advance(seconds(1));
  office_->take(as_bytes(vendor_.handed(change().text())), true);
  for (int i = 0; i < 3; ++i) pass();
  EXPECT_EQ(changes_->find(ChangeNumber(entry().change))->state, changes::State::applied);
}

/// The round after the first has come about before anybody looks at the order again.
TEST_F(OrderOfficeTest, a_round_counts_from_when_the_change_is_in_force) {
  widens_ = false;
  round(change());
  ASSERT_EQ(entry().state, State::under_way);
  ASSERT_TRUE(office_->tick(errands_, true));
  clock_.advance(std::chrono::milliseconds(1));
  office_->begin_round();
  office_->end_round();
  pass();
  pass();
  EXPECT_EQ(entry().state, State::done);
}

TEST_F(OrderOfficeTest, rarer_rounds_have_a_longer_window) {
  plan(minutes(5));
  widens_ = false;
  round(change());
  const auto change = changes_->find(ChangeNumber(entry().change));
  ASSERT_EQ(change->state, changes::State::applied);
  EXPECT_GT(change->deadline - clock_.civil_now(), minutes(11));
  EXPECT_LT(change->deadline - clock_.civil_now(), minutes(12));
}

TEST_F(OrderOfficeTest, who_has_applied_it_is_said_by_controld_alone) {
  round(change());
  const ChangeNumber number(entry().change);
  const auto token = changes_->put(number, minutes(3), {"sato", "10.0.0.1"});
  carry_out();
  const Event claimed = Event(EventId::change_applying)
                            .add(Field::change, number.number())
                            .add(Field::administrator, "mallory");
  ASSERT_TRUE(store_->append("run", 1,
                             std::vector<model::Record>{{clock_.civil_now(), model::ClockState::right,
                                                         "proxyd", "karte", claimed}}));
  ASSERT_TRUE(changes_->confirm(token->view(), {"sato", "10.0.0.1"}));
  carry_out();
  pass();
  EXPECT_EQ(entry().by, "sato");
}

TEST_F(OrderOfficeTest, a_change_that_cuts_the_centre_off_is_undone) {
  widens_ = false;
  round(change());
  pass(2 * seconds(60) + seconds(91));
  pass();
  EXPECT_EQ(changes_->find(ChangeNumber(entry().change))->state, changes::State::rolled_back);
  EXPECT_EQ(entry().state, State::failed);
  EXPECT_THAT(told(), ElementsAre("accepted", "failed"));
}

TEST_F(OrderOfficeTest, what_nobody_consented_to_in_time_is_withdrawn) {
  round(change());
  clock_.advance(hours(24 * 8));
  pass();
  pass();
  EXPECT_EQ(changes_->find(ChangeNumber(entry().change))->state, changes::State::withdrawn);
  EXPECT_EQ(entry().state, State::expired);
  EXPECT_THAT(told(), ElementsAre("accepted", "waits", "expired"));
}

TEST_F(OrderOfficeTest, a_change_that_was_written_for_another_configuration_is_not_taken) {
  round(Draft{.wanted = "change: {base: " + std::string(64, 'c') + "}\n---\nnew\n"});
  EXPECT_THAT(last_line(), HasSubstr("order.unsuitable"));
  EXPECT_EQ(changes_->newest(10)->size(), 1u);
}

TEST_F(OrderOfficeTest, one_that_another_change_has_overtaken_fails) {
  round(change());
  const auto sources = encode(config::Sources{.text = "other", .files = {}});
  const auto other = changes_->stage({{"sato", ""}, "mine", {}}, sources);
  ASSERT_TRUE(changes_->check(*other));
  carry_out();
  const auto token = changes_->put(*other, minutes(3), {"sato", ""});
  carry_out();
  ASSERT_TRUE(changes_->confirm(token->view(), {"sato", ""}));
  carry_out();
  pass();
  pass();
  EXPECT_EQ(entry().state, State::failed);
  EXPECT_THAT(entry().outcome, HasSubstr("another change was confirmed"));
}

// ---------------------------------------------------------------- support files and images

TEST_F(OrderOfficeTest, a_support_file_is_made_by_the_clinic_or_not_at_all) {
  round(Draft{.wanted = "bundle: {scopes: [everything]}\n"});
  EXPECT_THAT(last_line(), HasSubstr("order.unsuitable"));
  const std::string scope = bundle_scopes().front();
  round(Draft{.id = "bundle-1", .wanted = "bundle: {scopes: [" + scope + "]}\n"});
  EXPECT_EQ(entry().state, State::waits);
  accounts::Told told_;
  const accounts::Actor sato{.name = "sato", .role = accounts::Role::clinic_admin};
  const accounts::Actor vendor{.name = "mori", .role = accounts::Role::maintainer};
  EXPECT_EQ(office_->may_consent(vendor, "bundle-1", told_).error().code, ErrorCode::account_forbidden);
  ASSERT_TRUE(office_->may_consent(sato, "bundle-1", told_));
  ASSERT_TRUE(office_->consent(sato, "bundle-1", 7));
  EXPECT_EQ(office_->may_consent(sato, "bundle-1", told_).error().code, ErrorCode::order_unknown);
  pass();
  EXPECT_EQ(entry().state, State::failed) << "there is no such file any more";
  EXPECT_EQ(entry().by, "sato");
}

// ---------------------------------------------------------------- images

using Last = model::UpdateState::Last;
using model::UpdateStage;
const std::string kOffered(64, 'd'), kAnother(64, 'e');
const std::string offer = "update: {version: 2026.12, sha256: " + kOffered + "}\n";

TEST_F(OrderOfficeTest, an_offer_is_done_when_the_box_runs_that_image_for_good) {
  round(Draft{.wanted = offer});
  box_runs({"2026.11", "a", false, {}});
  reopen();
  box_runs({"2026.11", "a", false, Last{UpdateStage::installing, "b", "", kOffered}});
  box_runs({"2026.11", "a", false, Last{UpdateStage::waiting, "b", "", kOffered}});
  box_runs({"2026.12", "b", true, Last{UpdateStage::waiting, "b", "", kOffered}});
  EXPECT_EQ(entry().state, State::waits);
  box_runs({"2026.12", "b", false, Last{UpdateStage::kept, "b", "", kOffered}});
  EXPECT_EQ(entry().state, State::done);
  EXPECT_EQ(entry().outcome, "it runs from slot b");
  EXPECT_THAT(told(), ElementsAre("accepted", "waits", "done"));
  pass(minutes(1));
  EXPECT_FALSE(*supervisor_->receive()) << "there is nothing on offer to ask for";
}

TEST_F(OrderOfficeTest, an_offer_fails_when_its_image_falls_back_or_is_refused) {
  int number = 0;
  for (const UpdateStage stage : {UpdateStage::refused, UpdateStage::given_up, UpdateStage::lost}) {
    round(Draft{.id = "offer-" + std::to_string(++number), .wanted = offer});
    box_runs({"2026.11", "a", false, Last{stage, "b", "isolation is broken", kOffered}});
    EXPECT_EQ(entry().state, State::failed);
    EXPECT_EQ(entry().outcome, std::string(model::word_of(stage)) + ": isolation is broken");
    EXPECT_THAT(last_line(), HasSubstr("order.failed"));
  }
}

TEST_F(OrderOfficeTest, what_became_of_another_image_says_nothing_of_the_one_on_offer) {
  round(Draft{.wanted = offer});
  box_runs({"2026.11", "a", false, Last{UpdateStage::given_up, "b", "isolation is broken", kAnother}});
  box_runs({"2026.11", "a", false, Last{UpdateStage::given_up, "b", "isolation is broken", ""}});
  box_runs({"2026.12", "b", false, Last{UpdateStage::kept, "b", "", kAnother}});
  EXPECT_EQ(entry().state, State::waits) << "it calls itself the same and is another";
  box_runs({"2026.11", "a", false, Last{UpdateStage::interrupted, "b", "the box stopped", kOffered}});
  EXPECT_EQ(entry().state, State::waits) << "it may be installed once more";
}

TEST_F(OrderOfficeTest, what_was_begun_in_time_comes_to_its_end) {
  round(Draft{.wanted = offer});
  box_runs({"2026.11", "a", false, Last{UpdateStage::waiting, "b", "", kOffered}});
  clock_.advance(hours(24 * 8));
  box_runs({"2026.11", "a", false, Last{UpdateStage::waiting, "b", "", kOffered}});
  EXPECT_EQ(entry().state, State::waits);
  box_runs({"2026.12", "b", false, Last{UpdateStage::kept, "b", "", kOffered}});
  EXPECT_EQ(entry().state, State::done);
}

TEST_F(OrderOfficeTest, an_image_is_offered_until_its_time_is_over_or_the_clinic_declines) {
  round(Draft{.wanted = offer});
  EXPECT_EQ(entry().state, State::waits);
  EXPECT_EQ(std::get<orders::UpdateOffer>(entry().order.wanted).version, "2026.12");
  round(Draft{.id = "second", .wanted = offer});
  ASSERT_TRUE(office_->decline({.name = "sato", .role = accounts::Role::clinic_admin}, "second", "later"));
  EXPECT_EQ(entry().state, State::declined);
  clock_.advance(hours(24 * 8));
  pass();
  EXPECT_EQ((*office_->newest())[1].state, State::expired);
}

}  // namespace
}  // namespace gw::control
