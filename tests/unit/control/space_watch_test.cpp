// What is said of the room for records, and to whom (LOG-03, LOG-05).

#include "control/space_watch.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>

#include "ipc/messages/log.h"
#include "support/manual_clock.h"

namespace gw::control {
namespace {

using ipc::control_records::Room;
using testing::ElementsAre;
using testing::IsEmpty;

const Result<> kWritten = Done{};
const Result<> kFull = Error{ErrorCode::store_full};

class SpaceWatchTest : public testing::Test {
 protected:
  SpaceWatchTest() {
    std::string pattern = "/tmp/gw-space-XXXXXX";
    EXPECT_NE(::mkdtemp(pattern.data()), nullptr);
    folder = pattern;
    store.emplace(*RecordStore::open(folder, 1u << 20));
    auto ends = ipc::Channel::pair();
    ear.emplace(std::move(ends->first));
    sink.emplace(ends->second.release().release());
    chronicle.emplace(*store, *sink, clock);
    watch.emplace(*store, *chronicle, clock);
  }
  ~SpaceWatchTest() override { std::filesystem::remove_all(folder); }

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
  std::optional<RecordStore> store;
  std::optional<ipc::Channel> ear;
  std::optional<ipc::RecordSink> sink;
  std::optional<Chronicle> chronicle;
  std::optional<SpaceWatch> watch;
};

TEST_F(SpaceWatchTest, who_sends_records_learns_of_the_room_once_and_of_every_change) {
  EXPECT_EQ(watch->told_by(kWritten), Room::enough);
  EXPECT_EQ(watch->told_by(kWritten), std::nullopt);
  EXPECT_EQ(watch->told_by(kFull), Room::none);
  EXPECT_EQ(watch->told_by(kFull), std::nullopt);
  EXPECT_EQ(watch->told_by(kWritten), Room::enough);
}

TEST_F(SpaceWatchTest, a_fault_of_another_kind_says_nothing_about_room) {
  EXPECT_EQ(watch->told_by(Result<>(Error{ErrorCode::store_failed})), std::nullopt);
}

TEST_F(SpaceWatchTest, the_reserve_s_use_and_its_return_are_events) {
  EXPECT_EQ(watch->told_by(kWritten), Room::enough);
  EXPECT_THAT(events(), IsEmpty());
  ASSERT_TRUE(store->reserve().release());
  EXPECT_EQ(watch->told_by(kWritten), Room::reserve);
  EXPECT_THAT(events(), ElementsAre("records.reserve_in_use"));
  clock.advance(SpaceWatch::kSetAsideEvery);
  watch->tick();
  EXPECT_EQ(watch->told_by(kWritten), Room::enough);
  EXPECT_THAT(events(), ElementsAre("records.reserve_back"));
}

TEST_F(SpaceWatchTest, a_keeper_that_begins_without_its_reserve_says_so) {
  ASSERT_TRUE(store->reserve().release());
  EXPECT_EQ(watch->told_by(kWritten), Room::reserve);
  EXPECT_THAT(events(), ElementsAre("records.reserve_in_use"));
}

TEST_F(SpaceWatchTest, the_forecast_goes_by_the_last_week) {
  std::vector<model::Record> records;
  for (int i = 0; i < 100; ++i)
    records.push_back({clock.civil_now() - std::chrono::hours(24 * 30), model::ClockState::right, "proxyd",
                       "karte", Event(EventId::session_closed)});
  ASSERT_TRUE(store->append("run", 1, records));
  EXPECT_FALSE(store->forecast(clock.civil_now())->days_left) << "a month ago";
  for (model::Record& record : records) record.time = clock.civil_now() - std::chrono::hours(24);
  ASSERT_TRUE(store->append("run", 101, records));
  const auto found = store->forecast(clock.civil_now());
  ASSERT_TRUE(found);
  EXPECT_GT(found->a_day, 100u * 200u);
  EXPECT_LT(found->a_day, 100u * 2'000u);
  EXPECT_TRUE(found->days_left);
  watch->tick();
  EXPECT_THAT(events(), IsEmpty()) << "there is room for years";
}

}  // namespace
}  // namespace gw::control
