// One certificate at two places (CRT-07): what is a copy, and what a notebook and a power cut look like.

#include "detect/places.h"

#include "unit/detect/said.h"

namespace gw::detect {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;
using testing::IsEmpty;
using testing::SizeIs;

class PlacesTest : public testing::Test {
 protected:
  std::optional<Clue> open(const std::string& from, const std::string& terminal = "desk-1") {
    return places_.take(session(EventId::session_opened, terminal, from, at(now_)));
  }
  void close(const std::string& from, const std::string& terminal = "desk-1") {
    EXPECT_FALSE(places_.take(session(EventId::session_closed, terminal, from, at(now_))));
  }
  void take(EventId id, const Texts& texts, std::string tenant = "karte") {
    EXPECT_FALSE(places_.take(by("supervisor", record(id, at(now_), texts, std::move(tenant)))));
  }
  std::vector<Clue> after(seconds time) {
    now_ += time;
    return places_.sweep(at(now_));
  }
  seconds now_{0};
  Places places_;
};

TEST_F(PlacesTest, two_places_that_open_turn_by_turn_are_a_copy) {
  EXPECT_FALSE(open("10.1.1.5"));
  EXPECT_FALSE(open("10.1.1.6"));
  EXPECT_FALSE(open("10.1.1.5"));
  const auto clue = open("10.1.1.6");
  ASSERT_TRUE(clue);
  EXPECT_EQ(clue->subject, "desk-1");
  EXPECT_EQ(clue->detail, "10.1.1.5 and 10.1.1.6");
}

TEST_F(PlacesTest, two_places_whose_sessions_stand_for_long_are_a_copy) {
  open("10.1.1.5");
  open("10.1.1.6");
  EXPECT_THAT(after(minutes(4)), IsEmpty());
  EXPECT_THAT(after(minutes(1)), SizeIs(1));
  EXPECT_THAT(after(minutes(1)), IsEmpty()) << "said now and then";
  EXPECT_THAT(after(minutes(4)), SizeIs(1));
}

TEST_F(PlacesTest, a_notebook_that_leaves_a_session_behind_is_none) {
  open("10.1.1.5");
  open("10.1.1.5");
  open("10.1.1.6");  // from the cable to the air
  open("10.1.1.6");
  now_ += minutes(2);
  close("10.1.1.5");  // keep-alive
  close("10.1.1.5");
  EXPECT_THAT(after(minutes(30)), IsEmpty());
  EXPECT_FALSE(open("10.1.1.5")) << "and back";
}

TEST_F(PlacesTest, two_hundred_terminals_with_new_addresses_after_a_power_cut_are_none) {
  for (int n = 0; n < 200; ++n) open("10.1.1." + std::to_string(n), "desk-" + std::to_string(n));
  for (int n = 0; n < 200; ++n)
    EXPECT_FALSE(open("10.1.2." + std::to_string(n), "desk-" + std::to_string(n)));
  now_ += minutes(2);
  for (int n = 0; n < 200; ++n) close("10.1.1." + std::to_string(n), "desk-" + std::to_string(n));
  EXPECT_THAT(after(minutes(10)), IsEmpty());
}

TEST_F(PlacesTest, one_device_may_have_an_address_of_each_family) {
  for (int n = 0; n < 4; ++n) {
    EXPECT_FALSE(open("10.1.1.5"));
    EXPECT_FALSE(open("fd00::5"));
  }
  EXPECT_THAT(after(minutes(10)), IsEmpty());
}

TEST_F(PlacesTest, what_a_proxyd_that_was_killed_left_behind_is_none) {
  open("10.1.1.5");
  take(EventId::process_ended, {{Field::name, "proxyd"}});
  take(EventId::process_started, {{Field::name, "proxyd"}});
  open("10.1.1.6");
  EXPECT_THAT(after(minutes(30)), IsEmpty());
  EXPECT_FALSE(open("10.1.1.5"));
  EXPECT_FALSE(open("10.1.1.6"));
}

TEST_F(PlacesTest, what_stood_when_the_boxs_power_was_cut_is_none) {
  open("10.1.1.5");
  now_ += minutes(10);
  take(EventId::box_started, {}, "");
  open("10.1.1.6");
  EXPECT_THAT(after(minutes(30)), IsEmpty());
}

TEST_F(PlacesTest, where_records_were_lost_nobody_knows_what_stands) {
  open("10.1.1.5");
  open("10.1.1.6");
  take(EventId::records_lost, {}, "");
  EXPECT_THAT(after(minutes(30)), IsEmpty());
}

TEST_F(PlacesTest, what_happens_to_others_hides_no_copy) {
  open("10.1.1.5");
  open("10.1.1.6");
  take(EventId::process_ended, {{Field::name, "proxyd"}}, "imaging");
  take(EventId::process_ended, {{Field::name, "dialerd"}});
  take(EventId::records_lost, {}, "imaging");
  EXPECT_THAT(after(minutes(5)), SizeIs(1));
}

TEST_F(PlacesTest, what_is_closed_is_forgotten_and_a_million_certificates_take_bounded_room) {
  open("10.1.1.5");
  close("10.1.1.5");
  EXPECT_EQ(places_.size(), 0u);
  close("10.1.1.5");  // of a session that was opened before anybody looked
  for (int n = 0; n < 1'000'000; ++n) open("10.1.1.5", std::to_string(n));
  for (int n = 0; n < 100; ++n) open("10.1.2." + std::to_string(n), "7");
  EXPECT_EQ(places_.size(), Places::kMostOfTenant);
}

}  // namespace
}  // namespace gw::detect
