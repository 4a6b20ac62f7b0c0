// A remote maintenance from its request to its report (RMT-01 to RMT-07).

#include "maintenance/maintenance.h"

#include <gmock/gmock.h>

#include "unit/maintenance/clinic.h"

namespace gw::maintenance {
namespace {

using testing::HasSubstr;

class MaintenanceTest : public Clinic {};

TEST_F(MaintenanceTest, nothing_stands_open) {
  EXPECT_FALSE(may());
  const RequestId id = request(draft());
  EXPECT_FALSE(may());
  ASSERT_TRUE(room_->approve(approver(), id, "どうぞ", told_));
  clock_.advance(hours(1));
  EXPECT_FALSE(may()) << "an approval alone lets nobody in";
  ASSERT_TRUE(room_->enter(engineer(), id, told_));
  EXPECT_TRUE(may());
  EXPECT_EQ(told_of(EventId::maintenance_opened), 1u);
}

TEST_F(MaintenanceTest, whoever_asks_does_not_approve) {
  const Actor both = actor(10, Role::clinic_admin);
  const RequestId id = request(draft());
  EXPECT_EQ(room_->approve(both, id, "", told_).error().code, ErrorCode::account_not_by_itself);
  EXPECT_EQ(last(EventId::account_forbidden, Field::reason), "not_by_itself");
  EXPECT_EQ(room_->approve(engineer(1), id, "", told_).error().code, ErrorCode::account_forbidden);
  EXPECT_EQ(state(id), State::requested);
}

TEST_F(MaintenanceTest, nobody_comes_in_before_the_window_or_in_anothers_place) {
  const RequestId id = request(draft());
  EXPECT_EQ(room_->enter(engineer(), id, told_).error().code, ErrorCode::maintenance_state);
  ASSERT_TRUE(room_->approve(chief(), id, "", told_));
  EXPECT_EQ(room_->enter(engineer(), id, told_).error().code, ErrorCode::maintenance_not_open);
  clock_.advance(hours(1));
  EXPECT_EQ(room_->enter(engineer(1), id, told_).error().code, ErrorCode::maintenance_unknown);
  EXPECT_TRUE(room_->enter(engineer(), id, told_));
}

TEST_F(MaintenanceTest, only_what_was_allowed_is_done_and_only_there) {
  enter(draft());
  EXPECT_TRUE(may(Work::config_apply));
  EXPECT_FALSE(may(Work::update_install));
  EXPECT_FALSE(may(Work::config_read, engineer(1)));
  EXPECT_FALSE(may(Work::config_read, engineer(), {Target::Place::device, "ct"}));
  EXPECT_FALSE(may(Work::config_apply, actor(10, Role::viewer))) << "his role was changed meanwhile";
  EXPECT_EQ(room_->begin(engineer(), Work::update_install, {}, "1.2", told_).error().code,
            ErrorCode::maintenance_not_allowed);
  EXPECT_EQ(last(EventId::maintenance_denied, Field::object), "update.install");
}

TEST_F(MaintenanceTest, a_window_ends_by_itself_even_if_nobody_looks) {
  const RequestId id = enter(draft());
  clock_.advance(hours(2) - minutes(1));
  EXPECT_TRUE(may());
  clock_.advance(minutes(1));
  EXPECT_FALSE(may());
  ASSERT_TRUE(room_->tick(told_));
  EXPECT_EQ(state(id), State::ended);
  EXPECT_EQ(last(EventId::maintenance_ended, Field::reason), "window_over");
}

TEST_F(MaintenanceTest, a_clock_that_is_set_back_makes_no_window_longer) {
  enter(draft());
  clock_.advance(hours(1));
  clock_.set_civil(now() - hours(10));
  EXPECT_TRUE(may());
  ASSERT_TRUE(room_->tick(told_));
  open();
  EXPECT_TRUE(may());
  clock_.advance(hours(1));
  EXPECT_FALSE(may());
  ASSERT_TRUE(room_->tick(told_));
  open();
  EXPECT_FALSE(may());
}

TEST_F(MaintenanceTest, each_of_them_can_end_it) {
  RequestId id = enter(draft());
  EXPECT_FALSE(room_->end(engineer(1), id, told_)) << "another maintainer cannot";
  ASSERT_TRUE(room_->end(engineer(), id, told_));
  EXPECT_EQ(find(id).end, End::maintainer);
  EXPECT_FALSE(may());
  id = enter(draft());
  ASSERT_TRUE(room_->end(chief(), id, told_));
  EXPECT_EQ(find(id).end, End::clinic);
  EXPECT_EQ(find(id).end_by, "clinic_admin1");
  EXPECT_FALSE(may());
  EXPECT_EQ(room_->end(chief(), id, told_).error().code, ErrorCode::maintenance_state);
}

TEST_F(MaintenanceTest, what_is_taken_back_lets_nobody_in) {
  const RequestId id = request(draft());
  ASSERT_TRUE(room_->approve(chief(), id, "", told_));
  ASSERT_TRUE(room_->end(chief(), id, told_));
  clock_.advance(hours(1));
  EXPECT_EQ(room_->enter(engineer(), id, told_).error().code, ErrorCode::maintenance_state);
  EXPECT_EQ(state(id), State::withdrawn);
}

TEST_F(MaintenanceTest, a_stop_ends_all_and_keeps_everybody_out_until_it_is_switched_on) {
  const RequestId id = enter(draft());
  ASSERT_TRUE(room_->stop_all(actor(5, Role::break_glass), told_));
  EXPECT_EQ(find(id).end, End::emergency_stop);
  open();
  EXPECT_TRUE(room_->is_off());
  EXPECT_EQ(room_->request(engineer(), draft(), told_).error().code, ErrorCode::maintenance_off);
  EXPECT_EQ(room_->enter_in_emergency(engineer(), draft(), told_).error().code, ErrorCode::maintenance_off);
  EXPECT_FALSE(room_->switch_on(engineer(), told_));
  ASSERT_TRUE(room_->switch_on(chief(), told_));
  EXPECT_TRUE(room_->request(engineer(), draft(), told_));
}

TEST_F(MaintenanceTest, what_nobody_approves_lapses) {
  const RequestId asked = request(draft()), approved = request(draft(hours(4)), engineer());
  ASSERT_TRUE(room_->approve(chief(), approved, "", told_));
  clock_.advance(hours(7));
  ASSERT_TRUE(room_->tick(told_));
  EXPECT_EQ(state(asked), State::expired);
  EXPECT_EQ(state(approved), State::expired);
  EXPECT_EQ(told_of(EventId::maintenance_expired), 2u);
  EXPECT_EQ(room_->approve(chief(), asked, "", told_).error().code, ErrorCode::maintenance_state);
}

TEST_F(MaintenanceTest, one_vendor_one_target_one_window) {
  const RequestId first = request(draft());
  ASSERT_TRUE(room_->approve(chief(), first, "", told_));
  const auto refusal = [&](const Draft& one, const Actor& who) {
    const auto id = room_->request(who, one, told_);
    return id ? std::string("none") : id.error().detail.substr(0, sizeof("maintenance 1") - 1);
  };
  Draft other = draft();
  other.vendor = "other";
  EXPECT_EQ(refusal(other, engineer(1)), "maintenance 1") << "the same target";
  EXPECT_EQ(refusal(on_device(draft(), "ct", "maker"), engineer(1)), "maintenance 1") << "the same vendor";
  EXPECT_EQ(refusal(on_device(draft(), "ct", "other"), engineer()), "maintenance 1") << "the same person";
  EXPECT_EQ(refusal(on_device(draft(), "ct", "other"), engineer(1)), "none");
  EXPECT_EQ(refusal(draft(hours(3)), engineer()), "none") << "afterwards";
}

TEST_F(MaintenanceTest, of_two_requests_for_one_window_one_is_approved) {
  const RequestId one = request(draft());
  Draft other = draft();
  other.vendor = "other";
  const RequestId two = request(other, engineer(1));
  ASSERT_TRUE(room_->approve(chief(), two, "", told_));
  EXPECT_EQ(room_->approve(chief(), one, "", told_).error().code, ErrorCode::maintenance_overlaps);
}

TEST_F(MaintenanceTest, an_emergency_opens_loudly_and_is_flagged_if_nobody_approves) {
  const auto id = room_->enter_in_emergency(engineer(), draft(), told_);
  ASSERT_TRUE(id);
  EXPECT_TRUE(may());
  EXPECT_EQ(level_of(EventId::maintenance_emergency), Level::error);
  EXPECT_EQ(told_of(EventId::maintenance_emergency), 1u);
  clock_.advance(hours(24) - minutes(1));
  ASSERT_TRUE(room_->tick(told_));
  EXPECT_EQ(state(*id), State::ended);
  EXPECT_EQ(told_of(EventId::maintenance_unapproved), 0u);
  open();
  clock_.advance(minutes(1));
  ASSERT_TRUE(room_->tick(told_));
  ASSERT_TRUE(room_->tick(told_));
  EXPECT_EQ(told_of(EventId::maintenance_unapproved), 1u) << "once";
  EXPECT_TRUE(find(*id).is_flagged);
  EXPECT_EQ(room_->enter_in_emergency(engineer(1), draft(), told_).error().code,
            ErrorCode::maintenance_unapproved);
  ASSERT_TRUE(room_->approve(approver(), *id, "遅れて確認", told_));
  EXPECT_EQ(last(EventId::maintenance_approved, Field::reason), "late");
  EXPECT_TRUE(find(*id).is_flagged) << "that it was late stays";
  EXPECT_TRUE(room_->enter_in_emergency(engineer(1), draft(), told_));
}

TEST_F(MaintenanceTest, an_emergency_that_was_approved_is_not_flagged) {
  const auto id = room_->enter_in_emergency(engineer(), draft(), told_);
  ASSERT_TRUE(room_->approve(chief(), *id, "", told_));
  EXPECT_TRUE(may());
  clock_.advance(hours(30));
  ASSERT_TRUE(room_->tick(told_));
  EXPECT_EQ(told_of(EventId::maintenance_unapproved), 0u);
}

TEST_F(MaintenanceTest, an_emergency_that_the_clinic_disowns_ends_at_once) {
  const auto id = room_->enter_in_emergency(engineer(), draft(), told_);
  ASSERT_TRUE(room_->refuse(chief(), *id, "誰も頼んでいない", told_));
  EXPECT_FALSE(may());
  EXPECT_EQ(state(*id), State::ended);
  EXPECT_EQ(told_of(EventId::maintenance_unapproved), 1u);
}

TEST_F(MaintenanceTest, an_act_is_kept_before_it_begins_and_its_end_once) {
  const RequestId id = enter(draft());
  const auto act = room_->begin(engineer(), Work::config_apply, {}, "change 43", told_);
  ASSERT_TRUE(act);
  open();
  auto report = room_->report(chief(), id, told_);
  ASSERT_EQ(report->not_done.size(), 2u);
  EXPECT_EQ(report->not_done[1].acts[0].is_done, std::nullopt) << "nobody knows how it went";
  EXPECT_FALSE(room_->finish(engineer(1), id, act->number, true, "", told_));
  ASSERT_TRUE(room_->finish(engineer(), id, act->number, true, "in force", told_));
  EXPECT_FALSE(room_->finish(engineer(), id, act->number, false, "", told_));
  report = room_->report(chief(), id, told_);
  EXPECT_EQ(report->done.size(), 1u);
  EXPECT_FALSE(database_->run("DELETE FROM maintenance_acts"));
  EXPECT_FALSE(database_->run("UPDATE maintenance_acts SET detail = 'nothing'"));
}

TEST_F(MaintenanceTest, whatever_is_said_can_be_kept_and_shown) {
  const std::string odd = std::string("a\0b\nc\xff", 6) + std::string(1000, 'x');
  const RequestId id = request(draft());
  ASSERT_TRUE(room_->approve(chief(), id, odd, told_));
  EXPECT_EQ(find(id).decision.words, "a?b?c?" + std::string(506, 'x'));
  clock_.advance(hours(1));
  ASSERT_TRUE(room_->enter(engineer(), id, told_));
  const auto act = room_->begin(engineer(), Work::config_read, {}, odd, told_);
  ASSERT_TRUE(act);
  ASSERT_TRUE(room_->finish(engineer(), id, act->number, true, odd, told_));
  const auto report = room_->report(chief(), id, told_);
  EXPECT_EQ(report->done[0].acts[0].result, find(id).decision.words);
  EXPECT_EQ(text_of(*report, Language::english).find('\0'), std::string::npos);
}

TEST_F(MaintenanceTest, acts_have_an_end_and_beyond_it_nothing_is_done_unrecorded) {
  enter(draft());
  for (std::size_t i = 0; i < kMostActs; ++i)
    ASSERT_TRUE(room_->begin(engineer(), Work::config_read, {}, "", told_));
  EXPECT_EQ(room_->begin(engineer(), Work::config_read, {}, "", told_).error().code,
            ErrorCode::maintenance_full);
}

TEST_F(MaintenanceTest, a_report_is_read_by_somebody_of_the_clinic_once) {
  const RequestId id = enter(draft());
  EXPECT_EQ(room_->acknowledge(chief(), id, told_).error().code, ErrorCode::maintenance_state);
  ASSERT_TRUE(room_->end(engineer(), id, told_));
  EXPECT_EQ(told_of(EventId::maintenance_off_plan), 1u) << "nothing of the plan was done";
  EXPECT_FALSE(room_->acknowledge(engineer(), id, told_));
  ASSERT_TRUE(room_->acknowledge(chief(), id, told_));
  EXPECT_EQ(state(id), State::reported);
  EXPECT_EQ(last(EventId::maintenance_reported, Field::digest).size(), 64u);
  EXPECT_FALSE(room_->acknowledge(chief(), id, told_));
}

TEST_F(MaintenanceTest, the_database_itself_refuses_what_must_never_be) {
  const RequestId id = enter(draft());
  EXPECT_FALSE(database_->run("UPDATE maintenances SET decider = requester"));
  EXPECT_FALSE(database_->run("DELETE FROM maintenances"));
  ASSERT_TRUE(room_->end(engineer(), id, told_));
  EXPECT_FALSE(database_->run("UPDATE maintenances SET state = 'open'"));
}

}  // namespace
}  // namespace gw::maintenance
