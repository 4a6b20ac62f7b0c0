#include "daemons/supervisor/grade_book.h"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <set>

namespace gw::supervisor {
namespace {

using model::EndpointGrade;
using model::ServiceTrial;
using std::chrono::days;
using std::chrono::hours;
using std::chrono::milliseconds;

EndpointGrade grade_of(const std::string& tenant, const std::string& service, const std::string& words = {}) {
  EndpointGrade out{.tenant = tenant, .service = service};
  out.of(model::Probe::tls13).words = words;
  return out;
}

class GradeBookTest : public testing::Test {
 protected:
  std::string folder;
  GradeBook book;

  void SetUp() override {
    std::string pattern = "/tmp/gw-grades-XXXXXX";
    ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
    folder = pattern;
    ASSERT_TRUE(GradeBook::open(folder, book));
  }
  void TearDown() override { std::filesystem::remove_all(folder); }
  GradeBook again() const {
    GradeBook out;
    EXPECT_TRUE(GradeBook::open(folder, out));
    return out;
  }
};

TEST_F(GradeBookTest, what_was_graded_is_there_after_a_power_loss) {  // NET-06
  book.put(grade_of("karte", "emr", "old"));
  book.put(grade_of("karte", "emr", "new"));
  ASSERT_TRUE(book.close_round({.ended = days(20'000), .trials = {{.tenant = "karte", .service = "emr"}}}));
  const GradeBook later = again();
  ASSERT_EQ(later.grades().size(), 1u);
  ASSERT_NE(later.of("karte", "emr"), nullptr);
  EXPECT_EQ(later.of("karte", "emr")->of(model::Probe::tls13).words, "new");
  EXPECT_EQ(later.last_round(), days(20'000));
  EXPECT_EQ(later.of("labo", "emr"), nullptr);
}

TEST_F(GradeBookTest, a_service_that_is_gone_goes_and_a_silent_tenant_stays) {
  for (const char* tenant : {"karte", "labo"}) book.put(grade_of(tenant, "emr"));
  book.put(grade_of("karte", "unreached"));
  ASSERT_TRUE(book.close_round(
      {.ended = days(1), .trials = {{.tenant = "karte", .service = "unreached"}}, .silent = {"labo"}}));
  EXPECT_EQ(book.of("karte", "emr"), nullptr);
  EXPECT_NE(book.of("karte", "unreached"), nullptr) << "it was tried, if in vain";
  EXPECT_NE(book.of("labo", "emr"), nullptr);
}

TEST_F(GradeBookTest, a_damaged_book_is_told_and_empty) {
  std::ofstream(folder + "/grades") << "something else";
  GradeBook other;
  const Result<> opened = GradeBook::open(folder, other);
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, ErrorCode::store_damaged);
  EXPECT_TRUE(other.grades().empty());
  EXPECT_TRUE(other.close_round({.ended = days(1)}));
  EXPECT_EQ(again().last_round(), days(1));
}

TEST(NextRound, a_new_box_begins_in_its_second_hour) {
  const milliseconds started = days(20'000) + hours(5), due = next_round(milliseconds(0), started, "clinic");
  EXPECT_GE(due, started + hours(1));
  EXPECT_LT(due, started + hours(2));
}

TEST(NextRound, whatever_the_last_one_was_the_next_is_at_the_boxs_own_second_within_a_week) {
  std::set<milliseconds> seconds;
  for (int hour = 0; hour < 24; ++hour) {
    const milliseconds last = days(20'000) + hours(hour), due = next_round(last, milliseconds(0), "clinic");
    EXPECT_GE(due - last, days(6));
    EXPECT_LT(due - last, days(7));
    seconds.insert(due % days(1));
  }
  EXPECT_EQ(seconds.size(), 1u);
}

TEST(NextRound, week_after_week_it_stays_a_week) {
  milliseconds last = next_round(days(20'000), milliseconds(0), "clinic");
  for (int week = 0; week < 60; ++week) {
    const milliseconds due = next_round(last + std::chrono::minutes(3), milliseconds(0), "clinic");
    EXPECT_EQ(due - last, days(7));
    last = due;
  }
}

TEST(NextRound, boxes_do_not_come_all_at_once) {
  std::set<long> hours_of_day;
  for (int i = 0; i < 200; ++i)
    hours_of_day.insert(next_round(days(20'000), milliseconds(0), "clinic-" + std::to_string(i)) % days(1) /
                        hours(1));
  EXPECT_GE(hours_of_day.size(), 20u);
}

}  // namespace
}  // namespace gw::supervisor
