// Which record a connection's end is, and how many of them strangers can have written.

#include "proxy/records.h"

#include <gmock/gmock.h>

#include "ipc/channel.h"
#include "pki/certificate.h"
#include "support/manual_clock.h"
#include "support/test_pki.h"

namespace gw::proxy {
namespace {

using model::CloseReason;
using testing::ElementsAre;

class RecordsTest : public testing::Test {
 protected:
  RecordsTest() {
    auto log = *ipc::Channel::pair();
    reader_.emplace(std::move(log.first));
    sink_.emplace(log.second.release().release());
    records.emplace(*sink_, clock);
  }
  /// What has been written since the last look.
  std::vector<Event> written() {
    std::vector<Event> events;
    for (;;) {
      auto frame = reader_->receive();
      if (!frame || !*frame) return events;
      events.push_back(*decode<Event>((*frame)->body));
    }
  }
  std::vector<EventId> kinds() {
    std::vector<EventId> found;
    for (const Event& event : written()) found.push_back(event.id());
    return found;
  }
  static const Event::Entry* entry(const Event& event, Field field) {
    for (const Event::Entry& candidate : event.entries())
      if (candidate.field == field) return &candidate;
    return nullptr;
  }
  static std::string text(const Event& event, Field field) {
    const Event::Entry* found = entry(event, field);
    return found != nullptr ? found->text : "absent";
  }
  static std::uint64_t number(const Event& event, Field field) {
    const Event::Entry* found = entry(event, field);
    return found != nullptr ? found->number : 999'999;
  }
  SessionFacts facts() const {
    SessionFacts f;
    f.id = model::SessionId(7);
    f.generation = model::Generation(3);
    f.source = {*model::IpAddress::parse("192.0.2.7"), 51'000};
    f.local = {*model::IpAddress::parse("10.1.0.1"), 443};
    f.began = clock.now();
    return f;
  }

  support::ManualClock clock;
  std::optional<ipc::Channel> reader_;
  std::optional<ipc::RecordSink> sink_;
  std::optional<Records> records;
};

TEST_F(RecordsTest, a_session_that_was_opened_is_closed_and_one_that_was_not_is_refused) {
  SessionFacts opened = facts();
  records->opened(opened);
  records->ended(opened, CloseReason::finished);
  records->ended(facts(), CloseReason::tls_version);
  EXPECT_THAT(kinds(),
              ElementsAre(EventId::session_opened, EventId::session_closed, EventId::session_refused));
}

TEST_F(RecordsTest, tell_times_bytes_and_the_reason) {
  SessionFacts f = facts();
  f.dialled = std::chrono::milliseconds(40);
  f.resolved = std::chrono::milliseconds(15);
  clock.advance(std::chrono::milliseconds(250));
  records->opened(f);
  f.first_octet = f.opened_at + std::chrono::milliseconds(75);
  f.bytes_up = 1000;
  f.bytes_down = 2000;
  clock.advance(std::chrono::seconds(5));
  records->ended(f, CloseReason::idle);
  const std::vector<Event> events = written();
  ASSERT_EQ(events.size(), 2u);
  EXPECT_EQ(number(events[0], Field::handshake_ms), 250u);
  EXPECT_EQ(number(events[0], Field::dial_ms), 40u);
  EXPECT_EQ(number(events[0], Field::resolve_ms), 15u);
  EXPECT_EQ(entry(events[0], Field::down_until), nullptr) << "it showed no certificate";
  EXPECT_EQ(number(events[1], Field::first_octet_ms), 75u);
  EXPECT_EQ(number(events[1], Field::duration_ms), 5250u);
  EXPECT_EQ(number(events[1], Field::bytes_up), 1000u);
  EXPECT_EQ(number(events[1], Field::bytes_down), 2000u);
  EXPECT_EQ(text(events[1], Field::reason), "idle");
  EXPECT_EQ(number(events[1], Field::session), 7u);
}

TEST_F(RecordsTest, say_until_when_a_terminals_certificate_counts_that_people_carry) {
  const auto until = [&](std::chrono::days life) {
    const support::TestCa ca = support::TestCa::root();
    const support::Issued made = ca.issue({.alternative_names = "URI:urn:a", .ends = life});
    const auto issued = *pki::read_certificates(made.chain_pem);
    SessionFacts f = facts();
    f.terminal_identity = std::get<pki::IdentityPtr>(pki::IdentityReader::read(issued.front().get()));
    records->opened(f);
    const std::string ends = to_timestamp(CivilTime(f.terminal_identity->not_after()));
    const std::string said = text(written().front(), Field::down_until);
    return said == ends ? "its end" : said;
  };
  EXPECT_EQ(until(std::chrono::days(365)), "its end");
  EXPECT_EQ(until(std::chrono::days(60)), "its end");
  EXPECT_EQ(until(std::chrono::days(30)), "absent") << "it renews itself";
}

TEST_F(RecordsTest, leave_out_what_never_came_to_be) {
  records->ended(facts(), CloseReason::client_hello_malformed);
  const Event event = written().front();
  for (const Field field :
       {Field::terminal, Field::remote, Field::remote_port, Field::up_tls, Field::down_cert, Field::bytes_up,
        Field::detail, Field::dial_ms, Field::first_octet_ms})
    EXPECT_EQ(entry(event, field), nullptr) << key_of(field);
}

TEST_F(RecordsTest, cut_foreign_text_and_keep_it_readable) {
  SessionFacts f = facts();
  f.server_name = std::string(253, 'n');
  f.detail = std::string(5000, 'd');
  records->ended(f, CloseReason::policy_unknown_name);
  const Event event = written().front();
  EXPECT_LE(text(event, Field::server_name).size(), kForeignTextLimit);
  EXPECT_LE(text(event, Field::detail).size(), kForeignTextLimit);
}

TEST_F(RecordsTest, of_refusals_are_bounded_by_the_second_and_counted_beyond) {
  for (int i = 0; i < 130; ++i) records->ended(facts(), CloseReason::tls_version);
  EXPECT_EQ(written().size(), 100u);
  records->tick();
  const std::vector<Event> told = written();
  ASSERT_EQ(told.size(), 1u);
  EXPECT_EQ(told.front().id(), EventId::refusals_folded);
  EXPECT_EQ(number(told.front(), Field::count), 30u);
  records->ended(facts(), CloseReason::tls_version);
  EXPECT_THAT(kinds(), ElementsAre(EventId::session_refused));
}

TEST_F(RecordsTest, of_real_sessions_are_never_folded) {
  for (int i = 0; i < 130; ++i) records->ended(facts(), CloseReason::tls_version);
  written();
  SessionFacts f = facts();
  records->opened(f);
  records->ended(f, CloseReason::finished);
  EXPECT_THAT(kinds(), ElementsAre(EventId::session_opened, EventId::session_closed));
}

TEST_F(RecordsTest, tell_once_a_second_how_many_were_turned_away) {
  for (int i = 0; i < 3; ++i) records->limited(*model::IpAddress::parse("192.0.2.7"));
  EXPECT_THAT(kinds(), ElementsAre());
  records->tick();
  const std::vector<Event> told = written();
  ASSERT_EQ(told.size(), 1u);
  EXPECT_EQ(told.front().id(), EventId::admission_limited);
  EXPECT_EQ(number(told.front(), Field::count), 3u);
  records->tick();
  EXPECT_THAT(kinds(), ElementsAre());
}

}  // namespace
}  // namespace gw::proxy
