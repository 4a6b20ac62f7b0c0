// Records that are older than they have to be kept, in the store itself (LOG-05).

#include "control/retention.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>

#include "audit/export_reader.h"
#include "ipc/messages/log.h"
#include "support/manual_clock.h"

namespace gw::control {
namespace {

using model::ClockState;
using model::RecordClass;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr std::chrono::hours kYear{24 * 365 + 6};

class RetentionTest : public testing::Test {
 protected:
  RetentionTest() {
    std::string pattern = "/tmp/gw-retention-XXXXXX";
    EXPECT_NE(::mkdtemp(pattern.data()), nullptr);
    folder = pattern;
    auto ends = ipc::Channel::pair();
    ear.emplace(std::move(ends->first));
    sink.emplace(ends->second.release().release());
    open();
  }
  ~RetentionTest() override { std::filesystem::remove_all(folder); }

  void open() {
    retention.reset();
    store.reset();
    store.emplace(*RecordStore::open(folder, 1u << 20));
    chronicle.emplace(*store, *sink, clock);
    retention.emplace(*store, *chronicle, clock);
  }
  /// So many records of that event, so long ago.
  void put(int count, std::chrono::hours ago, EventId event = EventId::session_closed) {
    std::vector<model::Record> records;
    for (int i = 0; i < count; ++i)
      records.push_back({clock.civil_now() - ago, ClockState::right, "proxyd", "karte", Event(event)});
    ASSERT_TRUE(store->append("run", serial, records));
    serial += records.size();
  }
  /// Enough for what is removed: who signed is another test's.
  void sign() {
    ASSERT_TRUE(store->keep({{store->last(), store->link(), std::chrono::seconds(5)}, {1, 2}, {3, 4}}));
  }
  void a_day_later() {
    clock.advance(Retention::kEvery);
    retention->tick(ClockState::right);
  }
  audit::Verdict verdict() {
    audit::Verification verification;
    audit::ExportReader reader(verification);
    reader.take(audit::write_head(store->first(), *store->link_before(store->first())));
    const auto piece = store->chain(store->first(), 1u << 24);
    std::string text = piece->text;
    while (const std::size_t at = text.find("{\"checkpoint\"") + 1)
      text.erase(at - 1, text.find('\n', at) - at + 2);
    reader.take(text);
    reader.finish();
    return verification.finish();
  }
  std::vector<std::string> events() {
    std::vector<std::string> out;
    for (;;) {
      const auto frame = ear->receive();
      if (!frame || !*frame) return out;
      out.emplace_back(to_string(decode<Event>((*frame)->body)->id()));
    }
  }

  support::ManualClock clock;
  std::filesystem::path folder;
  std::uint64_t serial = 1;
  std::optional<ipc::Channel> ear;
  std::optional<ipc::RecordSink> sink;
  std::optional<Chronicle> chronicle;
  std::optional<RecordStore> store;
  std::optional<Retention> retention;
};

TEST_F(RetentionTest, what_is_older_than_five_years_goes_and_its_receipt_stays_in_the_chain) {
  put(10, 6 * kYear);
  put(10, 4 * kYear);
  sign();
  a_day_later();
  EXPECT_EQ(store->first(), 11u);
  EXPECT_EQ(store->last(), 21u);
  const auto receipt = store->find({.event = "records.removed"}, UINT64_MAX, 10);
  ASSERT_EQ(receipt->size(), 1u);
  EXPECT_THAT(receipt->front().line, HasSubstr("\"first\":1,\"last\":10,"));
  EXPECT_THAT(receipt->front().line, HasSubstr("connection 5 years"));
  EXPECT_THAT(verdict().flaws, IsEmpty());
  open();
  EXPECT_EQ(store->first(), 11u) << "the next run knows where it begins";
  EXPECT_THAT(verdict().flaws, IsEmpty());
}

TEST_F(RetentionTest, who_removes_some_more_by_hand_is_told_on) {
  put(10, 6 * kYear);
  put(10, 4 * kYear);
  sign();
  a_day_later();
  audit::Verification verification;
  audit::ExportReader reader(verification);
  reader.take(audit::write_head(15, *store->link_before(15)));
  std::string text = store->chain(15, 1u << 24)->text;
  reader.take(text.substr(0, text.find("{\"checkpoint\"")));
  EXPECT_THAT(verification.finish().flaws, ElementsAre(audit::Flaw{audit::Flaw::Kind::without_receipt, 15}));
}

TEST_F(RetentionTest, nothing_goes_without_a_signature_over_it) {
  put(10, 6 * kYear);
  a_day_later();
  EXPECT_EQ(store->first(), 1u);
  sign();
  a_day_later();
  EXPECT_EQ(store->first(), 10u) << "the signed one stays with its checkpoint";
}

TEST_F(RetentionTest, nothing_goes_while_the_clock_is_wrong_or_unheard_of) {
  put(10, 6 * kYear);
  put(1, std::chrono::hours(0));
  sign();
  retention->tick(std::nullopt);
  retention->tick(ClockState::behind);
  EXPECT_EQ(store->first(), 1u);
  retention->tick(ClockState::right);
  EXPECT_EQ(store->first(), 11u);
}

TEST_F(RetentionTest, how_long_is_changed_with_a_reason_and_never_is_for_ever) {
  put(5, 6 * kYear);
  put(1, 6 * kYear, EventId::cut_made);
  put(5, 6 * kYear);
  sign();
  ASSERT_TRUE(retention->keep({RecordClass::administration, 0, "hanako", "an inquiry"}));
  EXPECT_THAT(events(), ElementsAre("records.kept_for"));
  open();
  a_day_later();
  EXPECT_EQ(store->first(), 6u);
  ASSERT_TRUE(retention->keep({RecordClass::administration, 5, "hanako", "it is over"}));
  a_day_later();
  EXPECT_EQ(store->first(), 11u);
}

TEST_F(RetentionTest, less_than_two_years_is_nobody_s_to_want) {
  EXPECT_FALSE(retention->keep({RecordClass::connection, 1, "hanako", "room"}));
  EXPECT_THAT(events(), IsEmpty());
  EXPECT_EQ(retention->report()->connection, 5u);
}

TEST_F(RetentionTest, a_mistake_of_ours_still_removes_nothing) {
  put(10, 6 * kYear);
  put(2, std::chrono::hours(0));
  sign();
  a_day_later();
  EXPECT_FALSE(store->remove(store->last_signed(), clock.civil_now(), "not signed"));
  store.reset();
  const char* const same[] = {"", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "", ""};
  auto database = store::Database::open(folder / "records.db", same);
  ASSERT_TRUE(database);
  EXPECT_FALSE(database->run("DELETE FROM records")) << "the trigger is there again";
}

TEST_F(RetentionTest, what_it_reports_is_the_oldest_and_the_room) {
  put(10, 4 * kYear);
  const auto report = retention->report();
  ASSERT_TRUE(report);
  EXPECT_EQ(report->first, 1u);
  EXPECT_EQ(report->last, 10u);
  EXPECT_EQ(report->oldest, std::chrono::floor<std::chrono::milliseconds>(
                                (clock.civil_now() - 4 * kYear).time_since_epoch()));
  EXPECT_GT(report->left, 0u);
}

}  // namespace
}  // namespace gw::control
