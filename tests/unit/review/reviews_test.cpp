// The quarterly review as an act (LOG-06).

#include "review/reviews.h"

#include <gmock/gmock.h>
#include <stdlib.h>

#include <filesystem>

#include "base/jst.h"
#include "base/text.h"
#include "pki/certificate.h"
#include "review/schema.h"
#include "support/manual_clock.h"

namespace gw::review {
namespace {

using accounts::Role;
using std::chrono::days;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

CivilTime at(std::string_view text) { return CivilTime(*parse_jst_text(text)); }

class ReviewsTest : public testing::Test {
 protected:
  ReviewsTest() {
    std::string pattern = "/tmp/gw-review-XXXXXX";
    EXPECT_NE(::mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
    clock_.set_civil(at("2026-11-29T12:00:00+09:00"));
    open();
  }
  ~ReviewsTest() override {
    reviews_.reset();
    database_.reset();
    std::filesystem::remove_all(folder_);
  }
  void open() {
    reviews_.reset();
    database_.reset();
    database_.emplace(*store::Database::open(folder_ + "/box.db", kMigrations));
    reviews_.emplace(*database_, clock_, at("2026-06-15T12:00:00+09:00"));
  }
  static Actor auditor() { return {accounts::AccountId(7), "sato", Role::auditor, {}, "s"}; }
  static Quarter quarter(std::string_view text) { return *Quarter::parse(text); }
  static Review review() {
    Review out{1, 4711, {}, {"account.locked 12"}, "確認した"};
    out.link.fill(9);
    return out;
  }
  std::vector<std::string> waiting() {
    const auto open = reviews_->open();
    std::vector<std::string> out;
    for (const Standing& one : *open)
      out.push_back(one.quarter.to_text() + " " + std::string(to_string(one.state)));
    return out;
  }
  std::string last(Field field) const {
    for (const auto& entry : told_.back().entries())
      if (entry.field == field) return is_text(field) ? entry.text : std::to_string(entry.number);
    return "";
  }

  std::string folder_;
  support::ManualClock clock_;
  std::optional<store::Database> database_;
  std::optional<Reviews> reviews_;
  Told told_;
};

TEST_F(ReviewsTest, a_quarter_is_due_when_it_is_over_and_overdue_a_month_later) {
  EXPECT_THAT(waiting(), ElementsAre("2026-Q2 overdue", "2026-Q3 overdue"));
  clock_.set_civil(at("2026-10-31T23:59:59+09:00"));
  EXPECT_THAT(waiting(), ElementsAre("2026-Q2 overdue", "2026-Q3 due"));
  clock_.set_civil(at("2026-09-30T23:59:59+09:00"));
  EXPECT_THAT(waiting(), ElementsAre("2026-Q2 overdue"));
  clock_.set_civil(at("2026-06-30T23:59:59+09:00"));
  EXPECT_THAT(waiting(), IsEmpty());
}

TEST_F(ReviewsTest, a_person_signs_by_name_for_records_that_are_named) {
  const auto done = reviews_->sign(auditor(), quarter("2026-Q3"), review(), told_);
  ASSERT_TRUE(done) << done.error().to_text();
  EXPECT_TRUE(done->is_late);
  EXPECT_EQ(told_.back().id(), EventId::review_signed);
  EXPECT_EQ(last(Field::administrator), "sato");
  EXPECT_EQ(last(Field::last), "4711");
  EXPECT_EQ(last(Field::digest), to_hex(pki::sha256_of(as_bytes(text_of(*done)))));
  EXPECT_THAT(text_of(*done),
              HasSubstr("\nfinding \"account.locked 12\"\ncomment \"確認した\"\nsigner 7 sato auditor\n"));
  open();
  const auto found = reviews_->find(quarter("2026-Q3"));
  ASSERT_TRUE(found && *found);
  EXPECT_EQ(text_of(**found), text_of(*done));
  EXPECT_THAT(waiting(), ElementsAre("2026-Q2 overdue"));
}

TEST_F(ReviewsTest, nobody_signs_twice_or_for_what_is_not_over_or_was_before) {
  ASSERT_TRUE(reviews_->sign(auditor(), quarter("2026-Q3"), review(), told_));
  const auto code = [&](std::string_view text) {
    return reviews_->sign(auditor(), quarter(text), review(), told_).error().code;
  };
  EXPECT_EQ(code("2026-Q3"), ErrorCode::review_signed_already);
  EXPECT_EQ(code("2026-Q4"), ErrorCode::review_not_over);
  EXPECT_EQ(code("2026-Q1"), ErrorCode::review_unknown);
  EXPECT_FALSE(database_->run("DELETE FROM reviews"));
  EXPECT_FALSE(database_->run("UPDATE reviews SET body = x'00'"));
}

TEST_F(ReviewsTest, only_an_auditor_signs) {
  Actor chief = auditor();
  chief.role = Role::clinic_admin;
  EXPECT_EQ(reviews_->sign(chief, quarter("2026-Q3"), review(), told_).error().code,
            ErrorCode::account_forbidden);
}

TEST_F(ReviewsTest, what_says_nothing_is_not_signed) {
  const auto refused = [&](auto change) {
    Review one = review();
    change(one);
    const auto done = reviews_->sign(auditor(), quarter("2026-Q3"), one, told_);
    return done ? std::string("signed") : done.error().detail.substr(0, done.error().detail.find(':'));
  };
  EXPECT_EQ(refused([](Review& r) { r.comment.clear(); }), "comment");
  EXPECT_EQ(refused([](Review& r) { r.comment = std::string(kMostComment + 1, 'x'); }), "comment");
  EXPECT_EQ(refused([](Review& r) { r.comment = std::string("a\0b", 3); }), "comment");
  EXPECT_EQ(refused([](Review& r) { r.findings = {std::string("a\0b", 3)}; }), "findings");
  EXPECT_EQ(refused([](Review& r) { r.first = 5000; }), "records");
  EXPECT_EQ(refused([](Review& r) { r.first = 0; }), "records");
  EXPECT_EQ(refused([](Review& r) { r.findings = {""}; }), "findings");
  EXPECT_EQ(refused([](Review& r) { r.findings.resize(kMostFindings + 1, "x"); }), "findings");
}

TEST_F(ReviewsTest, each_reminder_comes_once_over_restarts_too) {
  clock_.set_civil(at("2026-10-01T00:00:00+09:00"));
  ASSERT_TRUE(reviews_->tick(told_));
  EXPECT_EQ(told_.size(), 2u);
  EXPECT_EQ(told_.back().id(), EventId::review_due);
  EXPECT_EQ(last(Field::detail), "to be signed before 2026-11-01T00:00:00+09:00");
  open();
  ASSERT_TRUE(reviews_->tick(told_));
  EXPECT_EQ(told_.size(), 2u);
  clock_.advance(days(31));
  ASSERT_TRUE(reviews_->tick(told_));
  EXPECT_EQ(told_.size(), 3u);
  EXPECT_EQ(told_.back().id(), EventId::review_overdue);
  EXPECT_EQ(last(Field::object), "2026-Q3");
}

}  // namespace
}  // namespace gw::review
