// Setting the box up, step by step: in their order, whatever is asked for, and through a restart.

#include "setup/setup.h"

#include <gmock/gmock.h>
#include <stdlib.h>

#include <filesystem>

#include "base/text.h"
#include "pki/certificate.h"
#include "setup/schema.h"
#include "support/manual_clock.h"

namespace gw::setup {
namespace {

using accounts::Role;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using State = Standing::State;

class SetupTest : public testing::Test {
 protected:
  SetupTest() {
    std::string pattern = "/tmp/gw-setup-XXXXXX";
    EXPECT_NE(::mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
    open();
  }
  ~SetupTest() override {
    setup_.reset();
    database_.reset();
    std::filesystem::remove_all(folder_);
  }
  /// As after power was lost.
  void open() {
    setup_.reset();
    database_.reset();
    database_.emplace(*store::Database::open(folder_ + "/box.db", kMigrations));
    setup_.emplace(*database_, clock_);
  }
  static Actor somebody(Role role = Role::clinic_admin) {
    return {accounts::AccountId(7), "sato", role, {}, "s"};
  }
  Result<> state(Step step, std::string_view stated = "seen") {
    return setup_->state(somebody(), step, stated, findings_, told_);
  }
  ErrorCode refused(Step step, std::string_view stated = "seen") {
    const Result<> done = state(step, stated);
    EXPECT_FALSE(done) << to_string(step);
    return done ? ErrorCode{} : done.error().code;
  }
  /// The first step that is not done; none: all are.
  std::string open_step() {
    const auto all = *setup_->standings(findings_);
    for (const Standing& one : all)
      if (one.state == State::open) return std::string(to_string(one.step));
    return {};
  }
  void state_all() {
    for (const Step step : {Step::language, Step::identity, Step::time, Step::noc}) EXPECT_TRUE(state(step));
  }
  Report report() { return {"sato", clock_.civil_now(), R"({"site":"e2e"})"}; }

  std::string folder_;
  support::ManualClock clock_;
  std::optional<store::Database> database_;
  std::optional<setup::Setup> setup_;
  Findings findings_{};
  Told told_{};
};

TEST_F(SetupTest, the_first_step_that_is_not_done_is_open_and_those_behind_it_wait) {
  EXPECT_EQ(open_step(), "language");
  ASSERT_TRUE(state(Step::language, "ja"));
  EXPECT_EQ(open_step(), "identity");
  const auto all = *setup_->standings(findings_);
  EXPECT_EQ(all[0].state, State::done);
  EXPECT_EQ(all[0].word->stated, "ja");
  EXPECT_EQ(all[0].word->by, "sato");
  EXPECT_EQ(all[8].state, State::waiting);
}

TEST_F(SetupTest, no_step_is_taken_before_those_in_front_of_it) {
  for (const Step step : {Step::identity, Step::time, Step::noc})
    EXPECT_EQ(refused(step), ErrorCode::setup_out_of_order);
  EXPECT_TRUE(told_.empty()) << "what was not done is not recorded as done";
  EXPECT_EQ(open_step(), "language");
}

TEST_F(SetupTest, what_the_box_finds_out_itself_nobody_states) {
  ASSERT_TRUE(state(Step::language) && state(Step::identity) && state(Step::time));
  for (const Step step : {Step::administrator, Step::network, Step::site, Step::test, Step::report})
    EXPECT_EQ(refused(step), ErrorCode::setup_out_of_order) << to_string(step);
}

TEST_F(SetupTest, what_the_box_finds_stands_in_the_way_whatever_is_stated) {
  ASSERT_TRUE(state(Step::language) && state(Step::identity));
  findings_[Step::time] = {"clock_behind"};
  EXPECT_EQ(refused(Step::time), ErrorCode::setup_out_of_order);
  findings_[Step::time].clear();
  ASSERT_TRUE(state(Step::time));
  findings_[Step::network] = {"port_no_cable:wan0"};
  EXPECT_EQ(open_step(), "network");
  const Result<> done = state(Step::noc);
  ASSERT_FALSE(done);
  EXPECT_THAT(done.error().detail, HasSubstr("network: port_no_cable:wan0"));
}

TEST_F(SetupTest, a_step_comes_back_when_the_box_finds_that_it_is_so_no_more) {
  state_all();
  EXPECT_EQ(open_step(), "report");
  findings_[Step::network] = {"port_off:lan0"};
  EXPECT_EQ(open_step(), "network");
  EXPECT_EQ(setup_->may_finish(findings_).error().code, ErrorCode::setup_out_of_order);
}

TEST_F(SetupTest, what_was_stated_outlives_a_restart_and_is_recorded_once) {
  ASSERT_TRUE(state(Step::language, "ja") && state(Step::identity, "compared"));
  open();
  EXPECT_EQ(open_step(), "time");
  ASSERT_TRUE(state(Step::identity, "compared"));
  ASSERT_EQ(told_.size(), 2u) << "to say it once more does no harm and changes nothing";
  EXPECT_EQ(told_[1].id(), EventId::setup_step_done);
  ASSERT_TRUE(state(Step::identity, "compared once more"));
  EXPECT_EQ(told_.size(), 3u);
  EXPECT_EQ((*setup_->standings(findings_))[1].word->stated, "compared once more");
}

TEST_F(SetupTest, the_report_is_made_once_and_stays_as_it_was) {
  EXPECT_EQ(setup_->finish(somebody(), report(), findings_, told_).error().code,
            ErrorCode::setup_out_of_order);
  state_all();
  told_.clear();
  ASSERT_TRUE(setup_->finish(somebody(), report(), findings_, told_));
  ASSERT_EQ(told_.size(), 1u);
  EXPECT_EQ(told_[0].id(), EventId::setup_finished);
  open();
  const auto kept = *setup_->report();
  ASSERT_TRUE(kept);
  EXPECT_EQ(kept->text, report().text);
  EXPECT_EQ(kept->digest(), to_hex(pki::sha256_of(as_bytes(report().text))));
  EXPECT_EQ(setup_->finish(somebody(), report(), findings_, told_).error().code, ErrorCode::setup_over);
  EXPECT_EQ(refused(Step::noc, "other"), ErrorCode::setup_over);
  findings_[Step::network] = {"port_off:lan0"};
  EXPECT_EQ(open_step(), "") << "what comes later is no matter of the setting-up";
  EXPECT_FALSE(database_->run("UPDATE setup_report SET report = ''"));
  EXPECT_FALSE(database_->run("DELETE FROM setup_report"));
}

TEST_F(SetupTest, only_whoever_may_sets_the_box_up) {  // ADM-06
  for (const Role role : {Role::viewer, Role::approver, Role::auditor, Role::maintainer}) {
    EXPECT_EQ(setup_->state(somebody(role), Step::language, "ja", findings_, told_).error().code,
              ErrorCode::account_forbidden);
    EXPECT_EQ(setup_->finish(somebody(role), report(), findings_, told_).error().code,
              ErrorCode::account_forbidden);
  }
  EXPECT_EQ(open_step(), "language");
}

TEST_F(SetupTest, steps_have_their_ids) {
  for (std::size_t i = 0; i < kSteps; ++i)
    EXPECT_EQ(parse_step(to_string(static_cast<Step>(i))), static_cast<Step>(i));
  EXPECT_EQ(parse_step("coffee"), std::nullopt);
}

}  // namespace
}  // namespace gw::setup
