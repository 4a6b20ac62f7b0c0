// What is unlike what a terminal has done before (IDS-01), and what an ordinary clinic does in a year.

#include "detect/habits.h"

#include <stdlib.h>

#include <filesystem>

#include "base/codec.h"
#include "detect/detector.h"
#include "detect/habit_shelf.h"
#include "detect/holidays.h"
#include "detect/schema.h"
#include "unit/detect/said.h"

namespace gw::detect {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr std::uint64_t kMiB = 1u << 20;

CivilTime japan(int day, int hour) { return at(days(day) + hours(hour) - kJst); }
std::string print(int n) {
  std::string out = std::to_string(n);
  return std::string(36 - out.size(), 'x') + out;
}

bool is_closed(int day) { return is_day_off(day_of(japan(day, 12))); }

model::Record opened(const std::string& terminal, CivilTime time, const std::string& client) {
  return record(EventId::session_opened, time,
                {{Field::terminal, terminal}, {Field::service, "emr"}, {Field::down_hello, client}});
}
model::Record closed(const std::string& terminal, CivilTime time, std::uint64_t up, std::uint64_t down = 0,
                     minutes lasted = minutes(10)) {
  model::Record out =
      record(EventId::session_closed, time, {{Field::terminal, terminal}, {Field::service, "emr"}});
  const auto milliseconds = std::chrono::milliseconds(lasted).count();
  out.event.add(Field::bytes_up, up).add(Field::bytes_down, down);
  out.event.add(Field::duration_ms, static_cast<std::uint64_t>(milliseconds));
  return out;
}
model::Record seen(std::string_view kind, std::string_view terminal, CivilTime time) {
  return by("controld",
            record(EventId::detection_seen, time,
                   {{Field::finding, kind}, {Field::tenant, "karte"}, {Field::terminal, terminal}}, ""));
}

class HabitsTest : public testing::Test {
 protected:
  /// Twenty days from Monday on, without Sundays and holidays: at ten with five MiB.
  void learn(const std::string& terminal = "desk-1") {
    for (int day = 0; day < 20; ++day) work(terminal, day);
  }
  void work(const std::string& terminal, int day) {
    if (is_closed(day)) return;
    take(opened(terminal, japan(day, 10), print(1)));
    take(closed(terminal, japan(day, 11), 5 * kMiB, 20 * kMiB, minutes(50)));
  }
  void take(const model::Record& record) {
    for (Clue& one : habits_.take(record)) clues_.push_back(std::move(one));
  }
  /// "unusual_hour desk-1", since the last time.
  std::vector<std::string> told() {
    std::vector<std::string> out;
    for (const Clue& one : std::exchange(clues_, {}))
      out.push_back(std::string(rule(one.kind).id) + " " + one.subject);
    return out;
  }
  Habits habits_;
  std::vector<Clue> clues_;
};

TEST_F(HabitsTest, nothing_is_told_while_it_is_learnt) {
  for (int day = 0; day < 14; ++day) {
    take(opened("desk-1", japan(day, day), print(day)));
    take(closed("desk-1", japan(day, day), 1'000 * kMiB << day));
  }
  EXPECT_THAT(told(), IsEmpty());
  for (const int day : {0, 40}) take(closed("seldom", japan(day, 10), 1'000 * kMiB << day / 10));
  EXPECT_THAT(told(), IsEmpty()) << "two days are nothing learnt";
}

TEST_F(HabitsTest, a_day_with_far_more_than_ever_is_told_with_its_figures) {
  learn();
  take(closed("desk-1", japan(21, 10), 500 * kMiB));
  ASSERT_EQ(clues_.size(), 1u);
  EXPECT_EQ(clues_[0].detail, "emr: 500 MiB up today, usually up to 6 MiB");
  EXPECT_LE(clues_[0].detail.size(), kForeignTextLimit);
  EXPECT_THAT(told(), ElementsAre("unusual_volume desk-1"));
  take(closed("desk-1", japan(22, 10), 0, 2'000 * kMiB));
  EXPECT_THAT(told(), ElementsAre("unusual_volume desk-1"));
}

TEST_F(HabitsTest, many_small_sessions_are_one_large_day) {
  learn();
  for (int n = 0; n < 60; ++n) take(closed("desk-1", japan(21, 10) + minutes(n), kMiB));
  EXPECT_THAT(told(), testing::Contains("unusual_volume desk-1"));
}

TEST_F(HabitsTest, an_hour_of_the_night_is_told_if_something_was_moved) {
  learn();
  take(closed("desk-1", japan(21, 3), 1'000, 1'000));
  EXPECT_THAT(told(), IsEmpty()) << "what merely stays connected moves less";
  take(closed("desk-1", japan(22, 5), kMiB));
  EXPECT_THAT(told(), ElementsAre("unusual_hour desk-1"));
}

TEST_F(HabitsTest, a_client_that_was_not_seen_before_is_told_once) {
  learn();
  take(opened("desk-1", japan(21, 10), print(2)));
  ASSERT_EQ(clues_.size(), 1u);
  EXPECT_EQ(clues_[0].detail, "emr: " + print(2));
  EXPECT_THAT(told(), ElementsAre("new_tls_client desk-1"));
  take(opened("desk-1", japan(22, 10), print(2)));
  take(opened("desk-1", japan(22, 10), print(1)));
  take(opened("desk-1", japan(22, 10), "no fingerprint"));
  EXPECT_THAT(told(), IsEmpty());
}

TEST_F(HabitsTest, a_client_that_changes_by_itself_is_not_told_for_ever) {
  learn();
  for (int n = 0; n < 1'000; ++n) take(opened("desk-1", japan(21, 10), print(100 + n)));
  EXPECT_EQ(told().size(), kClientsKept - 1);
}

TEST_F(HabitsTest, a_night_backup_that_begins_is_told_on_two_nights_and_two_sundays) {
  learn();
  int nights = 0;
  for (int day = 21; day < 90; ++day) {
    work("desk-1", day);
    take(closed("desk-1", japan(day, 3), 3'000 * kMiB));
    nights += told().empty() ? 0 : 1;
  }
  EXPECT_EQ(nights, 4);
}

TEST_F(HabitsTest, what_somebody_has_seen_to_is_usual) {
  learn();
  take(closed("desk-1", japan(21, 3), 500 * kMiB));
  EXPECT_THAT(told(), ElementsAre("unusual_volume desk-1", "unusual_hour desk-1"));
  take(seen("unusual_volume", "desk-1", japan(21, 12)));
  take(seen("unusual_hour", "desk-2", japan(21, 12)));
  take(closed("desk-1", japan(22, 3), 500 * kMiB));
  EXPECT_THAT(told(), ElementsAre("unusual_hour desk-1"));
}

TEST_F(HabitsTest, a_clinic_that_does_something_else_is_one_cause_beside_the_first_few) {
  const auto name = [](int n) { return "desk-" + std::to_string(n); };
  for (int n = 1; n <= 20; ++n) learn(name(n));
  for (int n = 1; n <= 20; ++n) take(closed(name(n), japan(21, 22), 2 * kMiB));
  ASSERT_EQ(clues_.size(), 20u);
  EXPECT_THAT(clues_[19].detail, HasSubstr("desk-20 at emr"));
  std::vector<std::string> all = told();
  EXPECT_EQ(std::ranges::count(all, "unusual_hour "), 17);
  EXPECT_EQ(all[2], "unusual_hour desk-3");
  take(seen("unusual_hour", "", japan(21, 23)));
  for (int n = 1; n <= 20; ++n) take(closed(name(n), japan(22, 22), 2 * kMiB));
  EXPECT_THAT(told(), IsEmpty());
}

TEST_F(HabitsTest, a_year_of_an_ordinary_clinic_tells_of_little) {
  std::uint64_t state = 1;
  const auto draw = [&](std::uint64_t most) {
    state = state * 6'364'136'223'846'793'005u + 1'442'695'040'888'963'407u;
    return (state >> 33) % most;
  };
  int days_told = 0;
  for (int day = 0; day < 365; ++day) {
    for (int n = 0; n < 30; ++n) {
      const std::string terminal = "desk-" + std::to_string(n);
      const bool is_off = is_closed(day) || draw(20) == 0;
      for (int hour = 8; hour < (day % 7 == 5 ? 13 : 19) && !is_off; ++hour)
        take(closed(terminal, japan(day, hour) + minutes(59), draw(8) * kMiB, draw(60) * kMiB, minutes(50)));
    }
    if (day % 7 == 2) take(closed("desk-0", japan(day, 22), 4'000 * kMiB));  // a weekly backup
    const int client = day < 200 ? 1 : 2;                                    // an update of all of them
    if (!is_closed(day))
      for (int n = 0; n < 30; ++n) take(opened("desk-" + std::to_string(n), japan(day, 8), print(client)));
    days_told += told().empty() ? 0 : 1;
  }
  EXPECT_LE(days_told, 3);
  EXPECT_GE(days_told, 1) << "the update is told of";
}

TEST_F(HabitsTest, a_clinic_that_is_closed_on_holidays_is_told_of_nothing_and_an_intruder_then_is) {
  constexpr int kMarineDay = 63;  // a Monday
  for (int day = 42; day < kMarineDay; ++day) {
    work("desk-1", day);
    take(closed("desk-1", japan(day, 2), 1 * kMiB));  // each night
  }
  EXPECT_THAT(told(), IsEmpty());
  take(closed("desk-1", japan(kMarineDay, 2), 1 * kMiB));
  EXPECT_THAT(told(), IsEmpty());
  take(closed("desk-1", japan(kMarineDay, 11), 5 * kMiB));
  EXPECT_THAT(told(), ElementsAre("unusual_hour desk-1"));
  work("desk-1", kMarineDay + 1);
  EXPECT_THAT(told(), IsEmpty()) << "and its Tuesday is as ever";
}

TEST_F(HabitsTest, a_clock_that_cannot_be_right_teaches_nothing_and_tells_nothing) {
  learn();
  model::Record wrong = closed("desk-1", japan(21, 3), 5'000 * kMiB);
  wrong.clock = model::ClockState::behind;
  take(wrong);
  EXPECT_THAT(told(), IsEmpty());
  take(closed("desk-1", japan(60, 10), kMiB));
  take(closed("desk-1", japan(21, 10), 2 * kMiB));
  EXPECT_THAT(told(), IsEmpty()) << "it was set forward and back";
}

TEST_F(HabitsTest, nobody_takes_the_room_of_another_tenant) {
  for (int n = 0; n < 10'000; ++n)
    for (const char* tenant : {"loud-1", "loud-2", "loud-3"}) {
      model::Record one = closed("t" + std::to_string(n), japan(0, 10), 1);
      one.tenant = tenant;
      take(one);
    }
  EXPECT_EQ(habits_.all().size(), 3 * Habits::kMostOfTenant);
  learn();
  take(closed("desk-1", japan(21, 10), 500 * kMiB));
  EXPECT_THAT(told(), ElementsAre("unusual_volume desk-1"));
  model::Record later = closed("t-new", japan(71, 10), 1);
  later.tenant = "loud-1";
  take(later);
  EXPECT_LT(habits_.all().size(), 100u) << "those that were not seen any more have made room";
}

TEST_F(HabitsTest, hostile_figures_do_no_harm) {
  learn();
  model::Record hostile = closed("desk-1", japan(21, 10), UINT64_MAX, UINT64_MAX);
  hostile.event = Event(EventId::session_closed);
  hostile.event.add(Field::terminal, std::string(1'000, 't')).add(Field::service, std::string(1'000, 's'));
  hostile.event.add(Field::bytes_up, UINT64_MAX).add(Field::duration_ms, UINT64_MAX);
  for (int day = 0; day < 400; day += 3) {
    hostile.time = japan(day, 3);
    take(hostile);
  }
  hostile.time = CivilTime{};
  take(hostile);
  hostile.time = CivilTime::max();
  take(hostile);
  take(closed("desk-1", japan(21, 10), kMiB));
}

TEST_F(HabitsTest, only_their_own_writer_teaches_and_tells) {
  Detector detector;
  for (int day = 0; day < 20; ++day) detector.take(closed("desk-1", japan(day, 10), 5 * kMiB));
  detector.take(by("dialerd", closed("desk-1", japan(21, 10), 500 * kMiB)));
  EXPECT_THAT(said(detector.tellings()), IsEmpty());
  detector.take(closed("desk-1", japan(21, 10), 500 * kMiB));
  EXPECT_THAT(said(detector.tellings()), ElementsAre("begun unusual_volume karte/desk-1 x1"));
  detector.take(by("proxyd", seen("unusual_volume", "desk-1", japan(21, 11))));
  detector.take(closed("desk-1", japan(22, 23), 500 * kMiB));
  EXPECT_THAT(said(detector.tellings()), testing::Contains("begun unusual_hour karte/desk-1 x1"));
}

TEST_F(HabitsTest, what_was_learnt_comes_back_from_the_disk_as_it_was) {
  std::string folder = "/tmp/gw-habits-XXXXXX";
  ASSERT_NE(::mkdtemp(folder.data()), nullptr);
  {
    auto database = *store::Database::open(folder + "/box.db", kMigrations);
    HabitShelf shelf(database);
    learn();
    take(closed("desk-1", japan(21, 10), 4 * kMiB));
    ASSERT_TRUE(shelf.put(habits_));
    habits_.was_kept();
    EXPECT_THAT(habits_.changed(), IsEmpty());
    habits_ = *shelf.all();
    ASSERT_EQ(habits_.all().size(), 1u);
    EXPECT_LT(encode(habits_.all().begin()->second).size(), 850u);
    take(closed("desk-1", japan(21, 10), 14 * kMiB));
    take(opened("desk-1", japan(21, 10), print(1)));
    EXPECT_THAT(told(), IsEmpty());
    take(closed("desk-1", japan(21, 10), 8 * kMiB));
    EXPECT_THAT(told(), ElementsAre("unusual_volume desk-1")) << "the day goes on where it was";
    ASSERT_TRUE(database.run("UPDATE habits SET habit = x'00'"));
    EXPECT_THAT(shelf.all()->all(), IsEmpty()) << "what cannot be read is learnt anew";
  }
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace gw::detect
