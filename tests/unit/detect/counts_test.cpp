// Counting within windows, bounded whoever comes.

#include "detect/counts.h"

#include "unit/detect/said.h"

namespace gw::detect {
namespace {

using std::chrono::seconds;

Clue guess(const std::string& source) {
  return {.kind = Kind::handshake_guess, .tenant = "karte", .subject = source, .detail = {}};
}

TEST(Counts, a_window_begins_with_its_first_clue_and_the_next_one_at_nothing) {
  Counts counts;
  EXPECT_EQ(counts.add(guess("a"), at(seconds(0))), 1u);
  EXPECT_EQ(counts.add(guess("a"), at(seconds(59))), 2u);
  EXPECT_EQ(counts.add(guess("a"), at(seconds(60))), 1u);
}

TEST(Counts, subjects_and_kinds_are_counted_apart) {
  Counts counts;
  counts.add(guess("a"), at(seconds(0)));
  EXPECT_EQ(counts.add(guess("b"), at(seconds(0))), 1u);
  Clue other = guess("a");
  other.tenant = "imaging";
  EXPECT_EQ(counts.add(other, at(seconds(0))), 1u);
  other.kind = Kind::egress_packet;
  EXPECT_EQ(counts.add(other, at(seconds(0))), 1u);
}

TEST(Counts, a_clue_of_many_counts_as_many) {
  Counts counts;
  Clue clue = guess("a");
  clue.count = 7;
  EXPECT_EQ(counts.add(clue, at(seconds(0))), 7u);
  EXPECT_EQ(counts.add(clue, at(seconds(1))), 14u);
}

TEST(Counts, a_million_sources_take_bounded_room_and_hide_nobody_who_was_there_before) {
  Counts counts;
  counts.add(guess("first"), at(seconds(0)));
  for (int n = 0; n < 1'000'000; ++n) counts.add(guess(std::to_string(n)), at(seconds(n / 50'000)));
  EXPECT_EQ(counts.size(), Counts::kMostOfTenant);
  EXPECT_EQ(counts.add(guess("first"), at(seconds(30))), 2u);
  EXPECT_EQ(counts.add(guess("newcomer"), at(seconds(30))), 0u);
  EXPECT_EQ(counts.add(guess("newcomer"), at(seconds(90))), 1u) << "once their windows are over";
}

TEST(Counts, what_has_no_subject_and_what_is_another_tenants_has_room_in_a_flood) {
  Counts counts;
  const auto of = [](const std::string& tenant, const std::string& subject) {
    Clue clue = guess(subject);
    clue.tenant = tenant;
    return clue;
  };
  for (const char* tenant : {"loud-1", "loud-2", "loud-3"})
    for (int n = 0; n < 10'000; ++n) counts.add(of(tenant, std::to_string(n)), at(seconds(0)));
  EXPECT_EQ(counts.size(), 3 * Counts::kMostOfTenant);
  EXPECT_EQ(counts.add(of("loud-1", ""), at(seconds(1))), 1u);
  EXPECT_EQ(counts.add(of("karte", "a"), at(seconds(1))), 1u);
}

TEST(Counts, a_record_that_comes_a_little_late_starts_no_window_anew) {
  Counts counts;
  EXPECT_EQ(counts.add(guess("a"), at(seconds(10))), 1u);
  EXPECT_EQ(counts.add(guess("a"), at(seconds(9))), 2u);
  EXPECT_EQ(counts.add(guess("a"), at(seconds(11))), 3u);
}

TEST(Counts, a_clock_that_was_set_back_makes_no_window_endless) {
  Counts counts;
  counts.add(guess("a"), at(seconds(100'000)));
  EXPECT_EQ(counts.add(guess("a"), at(seconds(0))), 1u);
  EXPECT_EQ(counts.add(guess("a"), at(seconds(61))), 1u);
}

}  // namespace
}  // namespace gw::detect
