// What was refused, by device and reason (IDS-01): which records count, how they are put together,
// and that a store of any size is looked through within bounds.

#include "control/refusals.h"

#include "unit/control/web_clinic.h"

namespace gw::control {
namespace {

using std::chrono::milliseconds;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

class RefusalsTest : public WebDeskTest {
 protected:
  static Event event(EventId id, std::initializer_list<std::pair<Field, std::string_view>> texts) {
    Event out(id);
    for (const auto& [field, text] : texts) out.add(field, text);
    return out;
  }
  static Event refused(std::string_view terminal, std::string_view reason) {
    return event(EventId::session_refused,
                 {{Field::source, "10.11.1.9"}, {Field::terminal, terminal}, {Field::reason, reason}});
  }
  /// A second after the one before.
  void happens(const std::vector<Event>& events, const std::string& tenant = "karte") {
    std::vector<audit::Record> all;
    for (const Event& one : events)
      all.push_back({CivilTime(std::chrono::seconds(1'000 + next_ + all.size())), model::ClockState::right,
                     "proxyd", tenant, one});
    ASSERT_TRUE(store->append("run", next_, all));
    next_ += all.size();
  }
  Refusals found(const RefusalQuery& query = {}) {
    const auto out = refusals_of(store->database(), query);
    EXPECT_TRUE(out) << out.error().to_text();
    return *out;
  }
  static std::string said(const RefusalGroup& group) {
    return group.tenant + "/" + group.terminal + group.source + " " + std::string(to_string(group.event)) +
           " " + group.reason + " " + std::to_string(group.count);
  }
  static std::vector<std::string> said(const Refusals& refusals) {
    std::vector<std::string> out;
    for (const RefusalGroup& group : refusals.groups) out.push_back(said(group));
    return out;
  }

  std::uint64_t next_ = 1;
};

TEST_F(RefusalsTest, one_device_and_one_reason_is_one_group_with_its_newest_record) {
  happens({refused("ct-1", "certificate_expired"), refused("ct-2", "certificate_expired"),
           Event(EventId::session_closed).add(Field::reason, "finished"),
           refused("ct-1", "certificate_expired"), refused("ct-1", "tls_version")});
  const Refusals all = found();
  EXPECT_THAT(said(all), ElementsAre("karte/ct-1 session.refused tls_version 1",
                                     "karte/ct-1 session.refused certificate_expired 2",
                                     "karte/ct-2 session.refused certificate_expired 1"));
  EXPECT_EQ(all.groups[1].record, 4u);
  EXPECT_EQ(all.groups[1].last - all.groups[1].first, std::chrono::seconds(3));
  EXPECT_FALSE(all.is_cut);
}

TEST_F(RefusalsTest, whom_nobody_knows_is_told_apart_by_where_it_comes_from) {
  happens(
      {event(EventId::packet_refused,
             {{Field::tenant, "imaging"}, {Field::reason, "not_listening"}, {Field::source, "10.12.1.7"}}),
       event(EventId::second_path_seen, {{Field::finding, "pppoe"}, {Field::mac, "02:00:00:00:00:07"}}),
       event(EventId::web_shunned, {{Field::source, "10.19.1.9"}, {Field::detail, "tls_version: TLS 1.0"}}),
       event(EventId::web_shunned, {{Field::source, "10.19.1.9"}, {Field::detail, "tls_version: TLS 1.1"}})},
      "");
  EXPECT_THAT(said(found()), ElementsAre("/10.19.1.9 web.no_session tls_version 2",
                                         "/02:00:00:00:00:07 second_path.seen pppoe 1",
                                         "imaging/10.12.1.7 packet.refused not_listening 1"));
}

TEST_F(RefusalsTest, what_was_folded_is_counted_with_what_it_sums_up) {
  const auto packet = [](EventId id) {
    return event(id, {{Field::tenant, "karte"}, {Field::reason, "spoofed"}, {Field::source, "10.11.1.7"}});
  };
  happens({packet(EventId::packet_refused), packet(EventId::packets_folded).add(Field::count, 41),
           Event(EventId::refusals_folded).add(Field::count, 7)});
  EXPECT_THAT(said(found()),
              ElementsAre("karte/ session.refused  7", "karte/10.11.1.7 packet.refused spoofed 42"));
}

TEST_F(RefusalsTest, is_asked_by_time_tenant_and_terminal) {
  happens(
      {refused("ct-1", "tls_version"), refused("ct-2", "tls_version"), refused("ct-1", "handshake_timeout")});
  happens({refused("ct-1", "tls_version")}, "imaging");
  EXPECT_THAT(said(found({.tenant = "imaging"})), ElementsAre("imaging/ct-1 session.refused tls_version 1"));
  EXPECT_THAT(said(found({.tenant = "karte", .terminal = "ct-1"})),
              ElementsAre("karte/ct-1 session.refused handshake_timeout 1",
                          "karte/ct-1 session.refused tls_version 1"));
  EXPECT_THAT(said(found({.from = milliseconds(1'002'000), .until = milliseconds(1'004'000)})),
              ElementsAre("karte/ct-1 session.refused handshake_timeout 1",
                          "karte/ct-2 session.refused tls_version 1"));
  EXPECT_THAT(said(found({.from = milliseconds(9'000'000)})), IsEmpty());
  EXPECT_THAT(said(found({.until = milliseconds(1'000)})), IsEmpty());
}

TEST_F(RefusalsTest, each_kind_of_refusal_that_there_is_counts) {
  const EventId kinds[] = {EventId::session_refused,   EventId::admission_limited, EventId::packet_refused,
                           EventId::scan_of_ports,     EventId::scan_of_addresses, EventId::second_path_seen,
                           EventId::enrolment_refused, EventId::enrolment_shunned, EventId::web_refused,
                           EventId::web_shunned};
  for (const EventId id : kinds) happens({Event(id).add(Field::source, "10.11.1.9")});
  EXPECT_THAT(said(found()), SizeIs(std::size(kinds)));
}

TEST_F(RefusalsTest, a_flood_is_looked_at_from_its_newest_end_and_told_to_be_cut) {
  happens({refused("old", "tls_version")});
  for (int part = 0; part < 10; ++part) {
    std::vector<Event> flood;
    for (int i = 0; i < 1'000; ++i) flood.push_back(refused("ct-" + std::to_string(i % 600), "tls_version"));
    happens(flood);
  }
  const Refusals all = found();
  EXPECT_TRUE(all.is_cut);
  EXPECT_GT(all.since, milliseconds(1'001'000));
  EXPECT_THAT(all.groups, SizeIs(RefusalGroups::kMost));
  EXPECT_THAT(said(found({.terminal = "old"})), ElementsAre("karte/old session.refused tls_version 1"))
      << "of one terminal no other's stand before it";
}

TEST_F(RefusalsTest, a_line_that_somebody_made_unreadable_hides_no_other) {
  happens({refused("ct-1", "tls_version")});
  ASSERT_TRUE(
      store->database().run("INSERT INTO records VALUES(2, 1005000, 'karte', '', '', 'session.refused', "
                            "'nonsense', x'00', '', '')"));
  EXPECT_THAT(said(found()), ElementsAre("karte/ct-1 session.refused tls_version 1"));
}

TEST_F(RefusalsTest, an_administrator_is_told_of_the_last_seven_days) {
  settle();
  const auto at = [&](std::chrono::hours ago, std::string_view terminal) {
    const std::vector<audit::Record> one{{clock.civil_now() - ago, model::ClockState::right, "proxyd",
                                          "karte", refused(terminal, "certificate_revoked")}};
    ASSERT_TRUE(store->append("run", next_++, one));
  };
  at(std::chrono::hours(24 * 8), "before");
  at(std::chrono::hours(1), "lately");
  const Said said = ask(OperationId::refusals_list, {{}, {}, {}, {}}, come("first"));
  EXPECT_EQ(said.error, "");
  EXPECT_THAT(said.json, HasSubstr("\"terminal\":\"lately\",\"event\":\"session.refused\",\"reason\":"
                                   "\"certificate_revoked\",\"count\":1,"));
  EXPECT_THAT(said.json, Not(HasSubstr("before")));
  EXPECT_THAT(said.json, HasSubstr("\"is_cut\":false"));
  EXPECT_THAT(ask(OperationId::refusals_list, {TypedValue::of(std::uint64_t{1}), {}, {}, text("before")},
                  come("first"))
                  .json,
              HasSubstr("before"));
}

}  // namespace
}  // namespace gw::control
