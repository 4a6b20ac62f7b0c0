// Clocks that follow from what an incident is about (INC-01): the promises of services' vendors, and the
// law's by its kind.

#include "unit/incidents/book.h"

namespace gw::incidents {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using Concern = Incidents::Concern;

class ConcernTest : public Book {
 protected:
  static Concern::Service promise(std::string service, ClockId clock, std::string words = "paper §13: 72 h") {
    return {std::move(service), clock, std::move(words)};
  }
  Result<> concern(IncidentId id, Concern what) { return incidents_->concern(somebody(), id, what, told_); }
  std::vector<std::string> running(IncidentId id) {
    std::vector<std::string> out;
    for (const Reckoned& one : reckon(now_of(id), clock_.civil_now())) out.push_back(to_string(one.clock));
    return out;
  }
};

TEST_F(ConcernTest, a_service_has_its_vendors_clock_run_with_the_place_in_the_paper) {
  const IncidentId id = opened({});
  ASSERT_TRUE(concern(id, {{promise("karte", ClockId::vendor_72h_occurred)}, {}}));
  EXPECT_THAT(running(id), ElementsAre("service.72h.occurred@karte"));
  const Entry last = now_of(id).entries.back();
  EXPECT_EQ(last.kind, Kind::runs);
  EXPECT_EQ(last.words, "paper §13: 72 h");
  EXPECT_THAT(recorded_, Contains("incident.concerns"));
}

TEST_F(ConcernTest, two_vendors_with_the_same_promise_are_two_clocks) {
  const IncidentId id = opened({});
  ASSERT_TRUE(concern(
      id, {{promise("a", ClockId::vendor_24h_occurred), promise("b", ClockId::vendor_24h_occurred)}, {}}));
  ASSERT_TRUE(state(id, Moment::occurred, clock_.civil_now()));
  ASSERT_TRUE(incidents_->report(somebody(), id, {ClockId::vendor_24h_occurred, "a"}, {}, "by mail", told_));
  EXPECT_EQ(clock_of(id, {ClockId::vendor_24h_occurred, "a"}).standing, Standing::met);
  EXPECT_EQ(clock_of(id, {ClockId::vendor_24h_occurred, "b"}).standing, Standing::running);
  const auto refused = incidents_->close(somebody(), id, "over", told_);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().detail, "service.24h.occurred@b");
}

TEST_F(ConcernTest, each_kind_has_the_clocks_of_its_law) {
  const IncidentId id = opened({});
  ASSERT_TRUE(concern(id, {{}, {Nature::leak_intent, Nature::attack}}));
  EXPECT_THAT(running(id), ElementsAre("ministry", "police", "ppc.first", "ppc.final.intent", "patients"));
  for (std::size_t i = 0; i < kNatures; ++i) {
    const auto nature = static_cast<Nature>(i);
    EXPECT_EQ(parse_nature(to_string(nature)), nature);
    EXPECT_FALSE(clocks_of(nature).empty()) << to_string(nature);
  }
}

TEST_F(ConcernTest, said_twice_it_is_written_once) {
  const IncidentId id = opened({});
  const Concern both{{promise("karte", ClockId::vendor_unknown)}, {Nature::outage}};
  ASSERT_TRUE(concern(id, both));
  const std::size_t entries = now_of(id).entries.size();
  ASSERT_TRUE(concern(id, both));
  EXPECT_EQ(now_of(id).entries.size(), entries);
}

TEST_F(ConcernTest, what_a_person_set_aside_stays_aside_until_the_paper_says_something_else) {
  const IncidentId id = opened({});
  ASSERT_TRUE(concern(id, {{promise("karte", ClockId::vendor_unknown, "nobody knows")}, {}}));
  const ClockKey unknown{ClockId::vendor_unknown, "karte"}, promised{ClockId::vendor_24h_occurred, "karte"};
  ASSERT_TRUE(incidents_->run(somebody(), id, unknown, false, "the vendor told us first", told_));
  ASSERT_TRUE(concern(id, {{promise("karte", ClockId::vendor_unknown, "nobody knows")}, {}}));
  EXPECT_THAT(running(id), IsEmpty());
  ASSERT_TRUE(incidents_->run(somebody(), id, unknown, true, "after all", told_));
  ASSERT_TRUE(concern(id, {{promise("karte", ClockId::vendor_24h_occurred, "the vendor's letter")}, {}}));
  EXPECT_THAT(running(id), ElementsAre(to_string(promised)));
}

TEST_F(ConcernTest, it_can_be_said_at_once_and_no_longer_once_it_is_closed) {
  const auto id = incidents_->open(
      somebody(),
      {"ransom note", {}, {}, {}, {{promise("karte", ClockId::vendor_promptly)}, {Nature::attack}}}, told_);
  ASSERT_TRUE(id) << id.error().to_text();
  EXPECT_THAT(running(*id), ElementsAre("service.promptly@karte", "ministry", "police"));
  for (const Reckoned& one : reckon(now_of(*id), clock_.civil_now()))
    ASSERT_TRUE(incidents_->report(somebody(), *id, one.clock, {}, "told", told_));
  ASSERT_TRUE(incidents_->close(somebody(), *id, "over", told_));
  EXPECT_EQ(concern(*id, {{}, {Nature::leak}}).error().code, ErrorCode::incident_closed);
}

TEST_F(ConcernTest, what_is_said_at_once_is_written_at_once_or_not_at_all) {
  const IncidentId id = opened({});
  const std::size_t entries = now_of(id).entries.size();
  recorded();
  const auto refused = concern(id, {{promise("karte", ClockId::vendor_unknown), promise("", {})}, {}});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::incident_unsuitable);
  EXPECT_EQ(now_of(id).entries.size(), entries);
  const CivilTime ahead = clock_.civil_now() + std::chrono::hours(1);
  EXPECT_FALSE(incidents_->open(somebody(), {"a", {}, {}, {}, {{promise("", {})}, {}}}, told_));
  EXPECT_FALSE(incidents_->open(somebody(), {"a", ahead, {}, {}, {}}, told_));
  EXPECT_EQ(incidents_->list(10)->size(), 1u);
  EXPECT_THAT(recorded(), IsEmpty());
}

TEST_F(ConcernTest, each_entry_names_its_own_record) {
  const IncidentId id = opened({});
  ASSERT_TRUE(concern(id, {{promise("karte", ClockId::vendor_unknown)}, {Nature::attack}}));
  std::uint64_t record = 100;
  for (const Entry& one : now_of(id).entries) EXPECT_EQ(one.record, ++record);
  EXPECT_EQ(record, record_);
}

TEST_F(ConcernTest, nothing_is_nothing_that_it_is_about) {
  const IncidentId id = opened({});
  const auto refused = concern(id, {});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::incident_unsuitable);
  EXPECT_THAT(refused.error().detail, testing::HasSubstr("name at least one"));
}

TEST_F(ConcernTest, a_clock_is_read_back_as_it_is_written) {
  for (const ClockKey& one : {ClockKey(ClockId::police), ClockKey(ClockId::vendor_told, "medical-note")})
    EXPECT_EQ(parse_key(to_string(one)), one);
  EXPECT_FALSE(parse_key("police@"));
  EXPECT_FALSE(parse_key("nobody"));
}

}  // namespace
}  // namespace gw::incidents
