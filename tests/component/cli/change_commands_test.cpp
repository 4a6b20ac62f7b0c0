// The commands that change the configuration, against the real keeper (WLS-04, ADM-12).

#include <gmock/gmock.h>

#include "cli/commands.h"
#include "cli/exit_code.h"
#include "component/cli/box_answering.h"
#include "component/cli/outcome.h"
#include "component/cli/site.h"

namespace gw::cli {
namespace {

using component::BoxAnswering;
using component::Outcome;
using component::run;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class ChangeCommands : public component::Site {
 protected:
  Call with(std::vector<std::string> operands, const std::string& reason = "") const {
    Call call{.socket = (root() / "control").string(), .files = std::move(operands)};
    call.reason = reason;
    return call;
  }
  BoxAnswering box(BoxAnswering::Compiler compiler = {}) const {
    return {root().string(), (root() / "control").string(), std::move(compiler)};
  }
  std::string site() const { return (root() / write_good_site()).string(); }

  static std::string token_in(const std::string& out) {
    const std::string mark = "sekisho config confirm ";
    const std::size_t at = out.find(mark);
    return at == std::string::npos ? "" : out.substr(at + mark.size(), out.find('\n', at) - at - mark.size());
  }
};

TEST_F(ChangeCommands, whoever_changes_something_says_why) {
  for (int (*command)(const Call&) : {config_apply, config_publish}) {
    const Outcome outcome = run(command, with({site()}));
    EXPECT_EQ(outcome.code, kUsage);
    EXPECT_THAT(outcome.complaint, HasSubstr("--reason"));
  }
}

TEST_F(ChangeCommands, a_file_that_is_not_there_is_named) {
  const Outcome outcome = run(config_apply, with({"/nowhere.yaml"}, "a test"));
  EXPECT_EQ(outcome.code, kInputMissing);
  EXPECT_THAT(outcome.complaint, HasSubstr("/nowhere.yaml: No such file"));
}

TEST_F(ChangeCommands, what_is_applied_waits_for_its_token_and_is_in_the_history_then) {
  const BoxAnswering answering = box({.words = "+ tenant karte, rule r is new\n"});
  const Outcome applied = run(config_apply, with({site()}, "a second desk"));
  ASSERT_EQ(applied.code, kOk) << applied.complaint;
  EXPECT_THAT(applied.out, HasSubstr("+ tenant karte, rule r is new"));
  EXPECT_THAT(applied.out, HasSubstr("sessions kept: 2, closed: 1"));
  EXPECT_THAT(applied.out, HasSubstr("undone in 180 s"));
  EXPECT_EQ(run(config_apply, with({site()}, "another")).code, kBusy);
  EXPECT_EQ(run(config_confirm, with({"aaaa-bbbb-cccc-dddd"})).code, kFailed);
  const Outcome confirmed = run(config_confirm, with({token_in(applied.out)}));
  EXPECT_EQ(confirmed.code, kOk) << confirmed.complaint;
  EXPECT_EQ(confirmed.out, "change 2 is confirmed; the box starts with it from now on\n");
  EXPECT_EQ(run(config_confirm, with({token_in(applied.out)})).code, kFailed) << "once";
  const Outcome history = run(config_history, with({}));
  EXPECT_THAT(history.out, HasSubstr("2      confirmed"));
  EXPECT_THAT(history.out, HasSubstr("a second desk"));
  EXPECT_THAT(run(config_text, with({})).out, HasSubstr("site: s\n"));
}

TEST_F(ChangeCommands, publish_is_both_at_once) {
  const BoxAnswering answering = box();
  const Outcome outcome = run(config_publish, with({site()}, "a test"));
  EXPECT_EQ(outcome.code, kOk) << outcome.complaint;
  EXPECT_THAT(outcome.out,
              HasSubstr("is in force and what the box starts with; sessions kept: 2, closed: 1"));
  EXPECT_THAT(run(config_change, with({})).out, HasSubstr("change      2, confirmed"));
}

TEST_F(ChangeCommands, a_refusal_comes_with_the_file_s_own_name_in_the_report) {
  const BoxAnswering answering =
      box({.report = "configuration:1:2: config.x: y\nconfiguration:3:4: config.z: w\n", .is_bad = true});
  const Outcome outcome = run(config_publish, with({site()}, "a test"));
  EXPECT_EQ(outcome.code, kFailed);
  EXPECT_THAT(outcome.complaint, HasSubstr("not in force, the configuration before stays in force"));
  EXPECT_THAT(outcome.complaint, HasSubstr("good.yaml:1:2: config.x: y\n"));
  EXPECT_THAT(outcome.complaint, HasSubstr("good.yaml:3:4: config.z: w\n"));
}

TEST_F(ChangeCommands, what_was_warned_of_is_told_and_it_is_in_force_all_the_same) {
  const BoxAnswering answering = box({.report = "configuration:3:4: config.z: warning: w\n"});
  const Outcome outcome = run(config_publish, with({site()}, "a test"));
  EXPECT_EQ(outcome.code, kOk);
  EXPECT_THAT(outcome.complaint, HasSubstr("good.yaml:3:4: config.z: warning: w"));
}

TEST_F(ChangeCommands, what_lets_more_through_wants_somebody_who_signs_in_where_the_site_does) {  // ADM-12
  const BoxAnswering answering = box({.words = "+ more\n", .widens = true, .is_guarded = true});
  const Outcome applied = run(config_apply, with({site()}, "a test"));
  EXPECT_EQ(applied.code, kFailed);
  EXPECT_THAT(applied.complaint, HasSubstr("sekisho changes approve 2"));
  ::setenv("SUDO_USER", "taro", 1);  // whoever root says he is
  const Outcome put = run(config_put, with({"2"}));
  ::unsetenv("SUDO_USER");
  EXPECT_EQ(put.code, kFailed);
  EXPECT_THAT(put.complaint, HasSubstr("change.unapproved"));
}

TEST_F(ChangeCommands, what_was_applied_is_undone_with_a_reason_and_what_was_before_comes_back_by_number) {
  const BoxAnswering answering = box();
  ASSERT_EQ(run(config_publish, with({site()}, "first")).code, kOk);
  ASSERT_EQ(run(config_apply, with({site()}, "second")).code, kOk);
  EXPECT_EQ(run(config_rollback, with({})).code, kUsage);
  EXPECT_EQ(run(config_rollback, with({}, "it is slow")).out,
            "what was confirmed before is in force again\n");
  EXPECT_THAT(run(config_change, with({"3"})).out, HasSubstr("outcome     it is slow"));
  EXPECT_EQ(run(config_rollback, with({}, "again")).code, kFailed) << "nothing waits";
  const Outcome earlier = run(config_rollback, with({"1"}, "as it was found"));
  EXPECT_EQ(earlier.code, kOk) << earlier.complaint;
  EXPECT_THAT(token_in(earlier.out), Not(IsEmpty()));
}

TEST_F(ChangeCommands, what_nobody_wants_is_withdrawn_and_never_put_in_force) {
  const BoxAnswering answering = box({.widens = true, .is_guarded = true});
  ASSERT_EQ(run(config_apply, with({site()}, "a test")).code, kFailed);
  EXPECT_EQ(run(config_withdraw, with({"2"}, "not needed")).code, kOk);
  const Outcome put = run(config_put, with({"2"}));
  EXPECT_EQ(put.code, kFailed);
  EXPECT_THAT(put.complaint, HasSubstr("change.out_of_order: change 2 is withdrawn"));
}

TEST_F(ChangeCommands, programs_get_the_token_and_the_change) {
  const BoxAnswering answering = box();
  Call call = with({site()}, "a test");
  call.format = Format::json;
  const Outcome applied = run(config_apply, call);
  EXPECT_THAT(applied.out, HasSubstr("{\"token\":\""));
  EXPECT_THAT(applied.out, HasSubstr("\"change\":{\"change\":2,\"state\":\"applied\",\"base\":1,"));
  Call shown = with({});
  shown.format = Format::json;
  EXPECT_THAT(run(config_history, shown).out, HasSubstr("\"state\":\"confirmed\""));
}

}  // namespace
}  // namespace gw::cli
