// Incidents as people write them down: each step an entry with its record, nothing changed or taken back.

#include "incidents/incidents.h"

#include "unit/incidents/book.h"

namespace gw::incidents {
namespace {

using accounts::Role;
using std::chrono::hours;
using std::chrono::minutes;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class IncidentsTest : public Book {
 protected:
  ErrorCode code(const Result<>& outcome) { return outcome ? ErrorCode{} : outcome.error().code; }
  IncidentId frozen(std::uint64_t evidence = 3, std::uint64_t first = 40) {
    const IncidentId id = opened();
    EXPECT_TRUE(incidents_->freeze(somebody(), id, {evidence, first, 90, "abcd", {}, {}}, told_));
    return id;
  }
};

TEST_F(IncidentsTest, a_clock_whose_anchor_nobody_knows_waits_and_runs_once_somebody_says) {
  const IncidentId id = opened({ClockId::vendor_24h_occurred, ClockId::ppc_first});
  EXPECT_EQ(clock_of(id, ClockId::vendor_24h_occurred).standing, Standing::waits);
  ASSERT_TRUE(state(id, Moment::detected, clock_.civil_now()));
  EXPECT_EQ(clock_of(id, ClockId::ppc_first).standing, Standing::running);
  EXPECT_EQ(clock_of(id, ClockId::vendor_24h_occurred).standing, Standing::waits) << "not the other one";
}

TEST_F(IncidentsTest, a_corrected_time_moves_its_clocks_and_the_one_before_stays_to_be_read) {
  const IncidentId id = opened({ClockId::vendor_72h_detected});
  const CivilTime at = clock_.civil_now();
  ASSERT_TRUE(state(id, Moment::detected, at));
  ASSERT_TRUE(state(id, Moment::detected, at - hours(10)));
  EXPECT_EQ(clock_of(id, ClockId::vendor_72h_detected).span->ends, at + hours(62));
  std::vector<CivilTime> said;
  for (const Entry& entry : now_of(id).entries)
    if (entry.kind == Kind::stated) said.push_back(entry.at);
  EXPECT_THAT(said, ElementsAre(at, at - hours(10)));
}

TEST_F(IncidentsTest, a_time_has_who_said_so_and_since_when_that_is_known) {
  const IncidentId id = opened();
  const CivilTime at = clock_.civil_now() - hours(9), learnt = clock_.civil_now() - hours(2);
  ASSERT_TRUE(incidents_->state(somebody(), id, {Moment::occurred, at, learnt, "the camera"}, told_));
  const Entry said = now_of(id).times.at(Moment::occurred);
  EXPECT_EQ(said.at, at);
  EXPECT_EQ(said.learnt, learnt);
  EXPECT_EQ(said.words, "the camera");
  EXPECT_EQ(said.by, "sato");
}

TEST_F(IncidentsTest, nothing_lies_ahead_or_is_found_before_it_occurs) {
  const IncidentId id = opened();
  const CivilTime now = clock_.civil_now();
  EXPECT_EQ(code(state(id, Moment::detected, now + minutes(1))), ErrorCode::incident_unsuitable);
  ASSERT_TRUE(state(id, Moment::detected, now - hours(1)));
  const auto refused = state(id, Moment::occurred, now);
  ASSERT_FALSE(refused);
  EXPECT_THAT(refused.error().detail, HasSubstr("occurred"));
  EXPECT_FALSE(now_of(id).at(Moment::occurred));
}

/// Whoever notes without end silences no clock and holds no record for ever.
TEST_F(IncidentsTest, one_that_is_full_is_warned_of_and_comes_to_its_end) {
  const auto fill = [&](IncidentId id, std::uint64_t most) {
    const std::string at = std::to_string(id.number()), has = std::to_string(now_of(id).entries.size());
    const std::string rows = "WITH RECURSIVE n(i) AS (SELECT " + has +
                             " + 1 UNION ALL SELECT i + 1 FROM n WHERE i < " + std::to_string(most) +
                             ") INSERT INTO incident_entries SELECT " + at +
                             ", i, 'noted', 0, 7, 'sato', '', 0, 0, 'again', 0, 0, 0, 1 FROM n";
    ASSERT_TRUE(database_->run(rows.c_str()));
  };
  const IncidentId id = opened(), crammed = opened(), later = opened();
  ASSERT_TRUE(incidents_->freeze(somebody(), id, {3, 40, 90, "abcd", {}, {}}, told_));
  for (const IncidentId one : {id, crammed, later})
    ASSERT_TRUE(state(one, Moment::detected, clock_.civil_now()));
  fill(id, kMostEntries - kForTheEnd);
  fill(crammed, kMostEntries);
  EXPECT_EQ(code(incidents_->note(somebody(), id, "once more", told_)), ErrorCode::incident_full);
  EXPECT_EQ(code(state(id, Moment::detected, clock_.civil_now())), ErrorCode::incident_full);
  recorded();
  clock_.advance(hours(24) * 6);
  ASSERT_TRUE(incidents_->tick());
  EXPECT_THAT(recorded(), ElementsAre("incident.clock_missed", "incident.clock_missed"))
      << "also of the later one";
  ASSERT_TRUE(incidents_->report(somebody(), id, ClockId::ppc_first, {}, "by their form", told_));
  ASSERT_TRUE(incidents_->lift(somebody(accounts::Role::approver, 8), id, 3, "handed over", told_));
  ASSERT_TRUE(incidents_->close(somebody(), id, "over", told_));
}

TEST_F(IncidentsTest, each_entry_has_the_number_of_its_record) {
  const IncidentId id = opened({});
  ASSERT_TRUE(incidents_->note(somebody(), id, "the line was cut", told_));
  EXPECT_THAT(recorded(), ElementsAre("incident.opened", "incident.noted"));
  EXPECT_EQ(now_of(id).entries[0].record, 101u);
  EXPECT_EQ(now_of(id).entries[1].record, 102u);
  is_full_ = true;
  EXPECT_FALSE(incidents_->note(somebody(), id, "lost", told_));
  EXPECT_EQ(now_of(id).entries.size(), 2u) << "without its record there is none";
}

TEST_F(IncidentsTest, the_database_refuses_to_change_or_remove_what_was_written) {
  const IncidentId id = frozen();
  EXPECT_FALSE(database_->run("UPDATE incident_entries SET words = 'x'"));
  EXPECT_FALSE(database_->run("DELETE FROM incident_entries"));
  EXPECT_FALSE(database_->run(
      "INSERT INTO incident_entries SELECT incident, 99, 'lifted', written, account, by, what, "
      "at, learnt, words, evidence, first, last, record FROM incident_entries WHERE "
      "kind = 'frozen'"))
      << "whoever froze it lifts it";
  open();
  EXPECT_EQ(now_of(id).entries.size(), 3u);
}

TEST_F(IncidentsTest, a_clock_warns_once_for_each_standing_and_again_when_its_end_moved) {
  const IncidentId id = opened({ClockId::vendor_24h_occurred});
  ASSERT_TRUE(state(id, Moment::occurred, clock_.civil_now()));
  recorded();
  ASSERT_TRUE(incidents_->tick());
  EXPECT_THAT(recorded(), IsEmpty());
  clock_.advance(hours(12));
  for (int i = 0; i < 3; ++i) ASSERT_TRUE(incidents_->tick());
  EXPECT_THAT(recorded(), ElementsAre("incident.clock_half"));
  clock_.advance(hours(7));
  open();
  ASSERT_TRUE(incidents_->tick());
  ASSERT_TRUE(incidents_->tick());
  EXPECT_THAT(recorded(), ElementsAre("incident.clock_soon"));
  clock_.advance(hours(6));
  ASSERT_TRUE(incidents_->tick());
  EXPECT_THAT(recorded(), ElementsAre("incident.clock_missed"));
  ASSERT_TRUE(state(id, Moment::occurred, clock_.civil_now() - hours(13)));
  ASSERT_TRUE(incidents_->tick());
  EXPECT_THAT(recorded(), ElementsAre("incident.time_stated", "incident.clock_half"));
}

TEST_F(IncidentsTest, nobody_is_warned_of_what_was_reported_or_does_not_apply) {
  const IncidentId id = opened({ClockId::vendor_24h_occurred, ClockId::vendor_72h_occurred});
  ASSERT_TRUE(state(id, Moment::occurred, clock_.civil_now()));
  ASSERT_TRUE(incidents_->report(somebody(), id, ClockId::vendor_24h_occurred, {}, "by mail", told_));
  ASSERT_TRUE(
      incidents_->run(somebody(), id, ClockId::vendor_72h_occurred, false, "not their service", told_));
  recorded();
  clock_.advance(hours(100));
  ASSERT_TRUE(incidents_->tick());
  EXPECT_THAT(recorded(), IsEmpty());
  EXPECT_EQ(clock_of(id, ClockId::vendor_24h_occurred).standing, Standing::met);
}

TEST_F(IncidentsTest, it_is_closed_once_each_clock_that_runs_was_met_or_set_aside) {
  const IncidentId id = opened({ClockId::ppc_first, ClockId::patients});
  const auto refused = incidents_->close(somebody(), id, "over", told_);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::incident_open_clocks);
  EXPECT_EQ(refused.error().detail, "ppc.first, patients");
  ASSERT_TRUE(incidents_->report(somebody(), id, ClockId::ppc_first, {}, "R-1", told_));
  ASSERT_TRUE(incidents_->run(somebody(), id, ClockId::patients, false, "nobody is concerned", told_));
  ASSERT_TRUE(incidents_->close(somebody(), id, "over", told_));
  EXPECT_EQ(code(incidents_->note(somebody(), id, "late", told_)), ErrorCode::incident_closed);
  EXPECT_THAT(*incidents_->open(), IsEmpty());
}

TEST_F(IncidentsTest, a_clock_that_does_not_run_is_not_reported) {
  const IncidentId id = opened({});
  EXPECT_EQ(code(incidents_->report(somebody(), id, ClockId::ppc_first, {}, "R-1", told_)),
            ErrorCode::incident_unsuitable);
}

TEST_F(IncidentsTest, evidence_is_held_until_somebody_else_lifts_it) {
  const IncidentId id = frozen(3, 40);
  EXPECT_EQ(*incidents_->held_from(), 40u);
  EXPECT_EQ(code(incidents_->lift(somebody(Role::clinic_admin), id, 3, "over", told_)),
            ErrorCode::account_forbidden);
  EXPECT_EQ(code(incidents_->lift(somebody(Role::approver, 7), id, 3, "over", told_)),
            ErrorCode::account_not_by_itself);
  EXPECT_EQ(*incidents_->held_from(), 40u);
  ASSERT_TRUE(incidents_->lift(somebody(Role::approver, 8), id, 3, "over", told_));
  EXPECT_FALSE(*incidents_->held_from());
  EXPECT_EQ(code(incidents_->lift(somebody(Role::approver, 8), id, 3, "again", told_)),
            ErrorCode::incident_not_held);
}

TEST_F(IncidentsTest, the_oldest_of_several_holds_counts) {
  const IncidentId id = frozen(3, 40);
  ASSERT_TRUE(incidents_->freeze(somebody(), id, {4, 20, 90, "abcd", {}, {}}, told_));
  EXPECT_EQ(*incidents_->held_from(), 20u);
  ASSERT_TRUE(incidents_->lift(somebody(Role::approver, 8), id, 4, "over", told_));
  EXPECT_EQ(*incidents_->held_from(), 40u);
}

TEST_F(IncidentsTest, what_fails_with_the_freezing_freezes_nothing) {
  const IncidentId id = opened();
  const auto fails = [] { return Result<>(Error{ErrorCode::store_full}); };
  EXPECT_FALSE(incidents_->freeze(somebody(), id, {3, 40, 90, "abcd", {}, fails}, told_));
  EXPECT_FALSE(*incidents_->held_from());
}

TEST_F(IncidentsTest, whoever_takes_it_along_is_written_down_with_whom_it_is_for) {
  const IncidentId id = frozen();
  EXPECT_EQ(code(incidents_->take(somebody(Role::clinic_admin), id, 3, "police", "abcd", told_)),
            ErrorCode::account_forbidden);
  ASSERT_TRUE(incidents_->take(somebody(Role::auditor), id, 3, "police", "abcd", told_));
  EXPECT_EQ(now_of(id).entries.back().words, "police");
  EXPECT_EQ(code(incidents_->take(somebody(Role::auditor), id, 9, "police", "abcd", told_)),
            ErrorCode::incident_unknown);
}

TEST_F(IncidentsTest, long_words_have_their_digest_in_the_record) {
  const IncidentId id = opened({});
  EXPECT_FALSE(incidents_->note(somebody(), id, std::string(kMostWords + 1, 'x'), told_));
  EXPECT_FALSE(incidents_->note(somebody(), id, "two\nlines", told_));
  ASSERT_TRUE(incidents_->note(somebody(), id, std::string(kMostWords, 'x'), told_));
  EXPECT_EQ(now_of(id).entries.back().words.size(), kMostWords);
}

TEST_F(IncidentsTest, whoever_may_not_is_refused) {
  const IncidentId id = opened();
  for (const Role role : {Role::viewer, Role::approver, Role::maintainer, Role::noc, Role::break_glass}) {
    EXPECT_EQ(code(incidents_->note(somebody(role), id, "x", told_)), ErrorCode::account_forbidden);
    EXPECT_FALSE(incidents_->open(somebody(role), {"x", {}, {}, {}}, told_));
  }
  EXPECT_FALSE(incidents_->show(somebody(Role::viewer), id, told_));
  EXPECT_TRUE(incidents_->show(somebody(Role::approver), id, told_));
}

}  // namespace
}  // namespace gw::incidents
