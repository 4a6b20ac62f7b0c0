// Sessions of administrators: how long, whose, how many (ADM-05).

#include "accounts/session.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/manual_clock.h"

namespace gw::accounts {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using testing::SizeIs;

class SessionTest : public testing::Test {
 protected:
  static Visitor visitor(const std::string& address = "10.0.0.1") {
    return {Door::web, *model::IpAddress::parse(address), std::nullopt};
  }
  Sessions::Opened open(std::uint64_t account = 1, Visitor from = visitor(),
                        std::chrono::seconds longest = hours(8)) {
    Session draft;
    draft.account = AccountId(account);
    draft.account_name = "tanaka";
    draft.visitor = std::move(from);
    return sessions_.open(std::move(draft), clock_.now(), clock_.civil_now(), longest);
  }
  bool is_found(const Secret& token, const Visitor& from = visitor()) {
    return sessions_.find(token.view(), from, clock_.now()).session.has_value();
  }

  support::ManualClock clock_;
  Sessions sessions_;
};

TEST_F(SessionTest, is_found_by_its_token_alone) {
  const auto opened = open();
  EXPECT_EQ(opened.token.view().size(), 64u);
  EXPECT_TRUE(is_found(opened.token));
  EXPECT_FALSE(is_found(Secret(opened.session.name)));
  EXPECT_FALSE(is_found(Secret(std::string(64, '0'))));
  EXPECT_FALSE(is_found(Secret()));
  EXPECT_NE(open().token.view(), opened.token.view());
}

TEST_F(SessionTest, ends_after_ten_idle_minutes) {
  const auto opened = open();
  for (int i = 0; i < 5; ++i) {
    clock_.advance(minutes(10) - std::chrono::nanoseconds(1));
    EXPECT_TRUE(is_found(opened.token));
  }
  clock_.advance(minutes(10));
  const auto found = sessions_.find(opened.token.view(), visitor(), clock_.now());
  EXPECT_FALSE(found.session);
  ASSERT_TRUE(found.over);
  EXPECT_EQ(found.over->end, SessionEnd::idle);
  EXPECT_FALSE(sessions_.find(opened.token.view(), visitor(), clock_.now()).over) << "told once";
}

TEST_F(SessionTest, a_page_that_was_left_open_does_not_keep_it_from_being_idle) {
  const auto opened = open();
  const auto watched = [&] {
    return sessions_.find(opened.token.view(), visitor(), clock_.now(), Presence::page).session.has_value();
  };
  for (int i = 0; i < 9; ++i) {
    clock_.advance(minutes(1));
    EXPECT_TRUE(watched());
  }
  clock_.advance(minutes(1));
  EXPECT_FALSE(watched());
}

TEST_F(SessionTest, ends_after_eight_hours_however_busy) {
  const auto opened = open();
  for (int i = 0; i < 8 * 12 - 1; ++i) {
    clock_.advance(minutes(5));
    ASSERT_TRUE(is_found(opened.token));
  }
  clock_.advance(minutes(5));
  EXPECT_EQ(sessions_.find(opened.token.view(), visitor(), clock_.now()).over->end, SessionEnd::too_old);
}

TEST_F(SessionTest, lasts_no_longer_than_its_account) {
  const auto opened = open(1, visitor(), minutes(5));
  clock_.advance(minutes(5) - seconds(1));
  EXPECT_TRUE(is_found(opened.token));
  clock_.advance(seconds(1));
  EXPECT_FALSE(is_found(opened.token));
}

TEST_F(SessionTest, a_token_from_another_place_ends_it) {
  const auto opened = open();
  const auto found = sessions_.find(opened.token.view(), visitor("10.0.0.2"), clock_.now());
  EXPECT_FALSE(found.session);
  EXPECT_EQ(found.over->end, SessionEnd::moved);
  EXPECT_FALSE(is_found(opened.token)) << "nobody knows which of the two is the thief";
}

TEST_F(SessionTest, a_certificate_that_was_shown_is_shown_each_time) {
  Visitor with = visitor();
  with.certificate.emplace().fill(7);
  const auto first = open(1, with), second = open(1, with), third = open();
  Visitor other = with;
  other.certificate->at(3) = 8;
  EXPECT_TRUE(is_found(first.token, with));
  EXPECT_FALSE(is_found(first.token, visitor()));
  EXPECT_FALSE(is_found(second.token, other));
  EXPECT_FALSE(is_found(third.token, with));
}

TEST_F(SessionTest, one_account_has_four_and_the_longest_idle_makes_room) {
  std::vector<Sessions::Opened> opened;
  for (int i = 0; i < 4; ++i) {
    opened.push_back(open());
    clock_.advance(seconds(1));
  }
  open(2);
  EXPECT_TRUE(is_found(opened[0].token));
  const auto fifth = open();
  ASSERT_THAT(fifth.over, SizeIs(1));
  EXPECT_EQ(fifth.over[0].session.name, opened[1].session.name);
  EXPECT_EQ(fifth.over[0].end, SessionEnd::pushed_out);
  EXPECT_TRUE(is_found(opened[0].token));
  EXPECT_FALSE(is_found(opened[1].token));
}

TEST_F(SessionTest, their_number_is_bounded) {
  for (std::uint64_t i = 0; i < 200; ++i) open(i + 1);
  EXPECT_THAT(sessions_.list(), SizeIs(Sessions::kMost));
}

TEST_F(SessionTest, one_or_all_of_an_account_are_ended) {
  const auto first = open(1), second = open(1), third = open(2);
  EXPECT_TRUE(sessions_.end(first.session.name, SessionEnd::forced));
  EXPECT_FALSE(sessions_.end(first.session.name, SessionEnd::forced));
  EXPECT_FALSE(is_found(first.token));
  EXPECT_THAT(sessions_.end_all_of(AccountId(1), SessionEnd::changed), SizeIs(1));
  EXPECT_FALSE(is_found(second.token));
  EXPECT_TRUE(is_found(third.token));
}

TEST_F(SessionTest, a_sweep_finds_those_that_are_over) {
  open(1);
  clock_.advance(minutes(6));
  open(2);
  clock_.advance(minutes(6));
  EXPECT_THAT(sessions_.sweep(clock_.now()), SizeIs(1));
  EXPECT_THAT(sessions_.list(), SizeIs(1));
}

TEST_F(SessionTest, each_has_a_csrf_token_of_its_own) {
  const auto first = open(), second = open();
  const auto csrf = sessions_.csrf_of(first.token.view());
  ASSERT_TRUE(csrf);
  EXPECT_TRUE(sessions_.is_csrf_of(first.token.view(), *csrf));
  EXPECT_FALSE(sessions_.is_csrf_of(second.token.view(), *csrf));
  EXPECT_FALSE(sessions_.is_csrf_of(first.token.view(), ""));
  EXPECT_FALSE(sessions_.is_csrf_of("", ""));
  EXPECT_FALSE(sessions_.csrf_of("nobody's"));
  Sessions others;
  EXPECT_FALSE(others.csrf_of(first.token.view()));
}

}  // namespace
}  // namespace gw::accounts
