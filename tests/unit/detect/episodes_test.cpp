// One telling of many clues: begun, still, over.

#include "detect/episodes.h"

#include "unit/detect/said.h"

namespace gw::detect {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using testing::ElementsAre;
using testing::IsEmpty;

Clue scan(const std::string& source) {
  return {.kind = Kind::port_scan, .tenant = "karte", .subject = source, .detail = {}};
}

TEST(Episodes, one_cause_begins_once_is_still_there_once_an_hour_and_is_over_once) {
  Episodes episodes;
  EXPECT_EQ(said(*episodes.see(scan("a"), at(seconds(0)))), "begun port_scan karte/a x1");
  std::vector<std::string> told;
  for (int minute = 1; minute <= 240; ++minute) {
    if (minute < 100) {
      EXPECT_FALSE(episodes.see(scan("a"), at(minutes(minute))));
    }
    for (const Telling& one : episodes.sweep(at(minutes(minute)))) told.push_back(said(one));
  }
  EXPECT_THAT(told, ElementsAre("still port_scan karte/a x61", "still port_scan karte/a x100",
                                "over port_scan karte/a x100"));
  EXPECT_EQ(episodes.standing(), 0u);
  EXPECT_TRUE(episodes.see(scan("a"), at(minutes(300)))) << "and then anew";
}

TEST(Episodes, causes_of_their_own_are_told_apart) {
  Episodes episodes;
  EXPECT_TRUE(episodes.see(scan("a"), at(seconds(0))));
  EXPECT_TRUE(episodes.see(scan("b"), at(seconds(0))));
  Clue other = scan("a");
  other.kind = Kind::address_scan;
  EXPECT_TRUE(episodes.see(other, at(seconds(0))));
}

TEST(Episodes, a_million_sources_are_as_many_tellings_as_there_is_room_and_hide_no_other_kind) {
  Episodes episodes;
  std::size_t begun = 0;
  for (int n = 0; n < 1'000'000; ++n) begun += episodes.see(scan(std::to_string(n)), at(seconds(0))) ? 1 : 0;
  EXPECT_EQ(begun, Episodes::kMostOfTenant + 1);
  EXPECT_EQ(episodes.standing(), Episodes::kMostOfTenant + 1);
  EXPECT_TRUE(episodes.see({.kind = Kind::two_places, .tenant = "karte", .subject = "desk-1", .detail = {}},
                           at(seconds(1))));
  std::uint64_t sum = 0;
  for (const Telling& one : episodes.sweep(at(hours(2))))
    if (one.episode.kind == Kind::port_scan) sum += one.episode.count;
  EXPECT_EQ(sum, 1'000'000u) << "each is counted";
}

TEST(Episodes, each_tenant_is_told_of_however_many_others_stand) {
  Episodes episodes;
  Clue clue = scan("");
  for (int tenant = 0; tenant < 100; ++tenant) {
    clue.tenant = "loud-" + std::to_string(tenant);
    for (int n = 0; n < 100; ++n) {
      clue.subject = std::to_string(n);
      episodes.see(clue, at(seconds(0)));
    }
  }
  EXPECT_LE(episodes.standing(), Episodes::kMostOfKind + 100);
  const auto telling = episodes.see(scan("10.1.1.9"), at(seconds(1)));
  ASSERT_TRUE(telling);
  EXPECT_EQ(said(*telling), "begun port_scan karte/ x1")
      << "whose tenant is known, though there are too many to name";
}

TEST(Episodes, those_that_stood_go_on_after_a_restart) {
  Episodes before;
  const Episode stood = before.see(scan("a"), at(seconds(0)))->episode;
  Episodes after({stood}, stood.number + 1);
  EXPECT_FALSE(after.see(scan("a"), at(seconds(10))));
  EXPECT_EQ(after.see(scan("b"), at(seconds(10)))->episode.number, stood.number + 1);
  EXPECT_THAT(said(after.sweep(at(hours(3)))),
              ElementsAre("over port_scan karte/a x2", "over port_scan karte/b x1"));
}

TEST(Episodes, a_clock_that_was_set_back_leaves_none_standing_for_ever) {
  Episodes episodes;
  episodes.see(scan("a"), at(hours(1'000)));
  EXPECT_THAT(episodes.sweep(at(hours(0))), IsEmpty());
  EXPECT_THAT(said(episodes.sweep(at(hours(1)))), ElementsAre("over port_scan karte/a x1"));
}

}  // namespace
}  // namespace gw::detect
