// What was planned beside what was done (RMT-04).

#include "maintenance/report.h"

#include <gmock/gmock.h>

#include "unit/maintenance/clinic.h"

namespace gw::maintenance {
namespace {

using testing::HasSubstr;
using testing::Not;

class ReportTest : public Clinic {
 protected:
  Act act(Work work, std::optional<bool> is_done, const std::string& detail = "") {
    return {++number_, work, now(), detail, is_done, ""};
  }
  Report report(const std::vector<Act>& acts) const {
    Request request;
    request.id = RequestId(7);
    request.draft = draft();
    request.requester_name = "suzuki";
    request.opened = now();
    return report_on(request, acts);
  }
  std::uint64_t number_ = 0;
};

TEST_F(ReportTest, each_step_is_done_by_an_act_of_its_work) {
  const Report one = report({act(Work::config_read, true), act(Work::config_apply, true)});
  EXPECT_TRUE(one.is_as_planned());
  EXPECT_EQ(one.done.size(), 2u);
}

TEST_F(ReportTest, what_failed_or_is_unknown_is_not_done_and_what_was_tried_again_is) {
  const Report one = report(
      {act(Work::config_read, false), act(Work::config_read, true), act(Work::config_apply, std::nullopt)});
  ASSERT_EQ(one.done.size(), 1u);
  EXPECT_EQ(one.done[0].acts.size(), 2u);
  ASSERT_EQ(one.not_done.size(), 1u);
  EXPECT_EQ(one.not_done[0].step.work, Work::config_apply);
}

TEST_F(ReportTest, what_was_done_more_often_than_planned_was_not_planned) {
  const Report one = report({act(Work::config_apply, true, "43"), act(Work::config_apply, true, "44"),
                             act(Work::status_read, true)});
  ASSERT_EQ(one.not_planned.size(), 2u);
  EXPECT_EQ(one.not_planned[0].detail, "44");
  EXPECT_EQ(one.not_planned[1].work, Work::status_read);
  EXPECT_FALSE(one.is_as_planned());
}

TEST_F(ReportTest, text_says_it_in_both_languages) {
  const Report one = report({act(Work::config_apply, true, "43"), act(Work::config_apply, false, "44")});
  const std::string japanese = text_of(one, Language::japanese), english = text_of(one, Language::english);
  for (const char* words :
       {"保守作業報告書", "作業者:suzuki", "対象:ゲートウェイ本体",
        "計画して実施した作業\n  - 設定変更の適用:新しい許可",
        "計画したが実施していない作業\n  - 設定の確認:現状の確認",
        "計画になく実施した作業\n    2026-11-29T12:00:00+09:00", "44  [失敗]", "一致しません"})
    EXPECT_THAT(japanese, HasSubstr(words));
  EXPECT_THAT(english, HasSubstr("Planned and not done\n  - look at the configuration: 現状の確認\n"));
  EXPECT_THAT(english, HasSubstr("NOT AS PLANNED"));
  EXPECT_THAT(english, Not(HasSubstr("作業")));
  EXPECT_THAT(text_of(report({}), Language::japanese), HasSubstr("計画して実施した作業\n  なし\n"));
}

TEST_F(ReportTest, an_emergency_stands_out) {
  Report one = report({});
  one.request.is_emergency = one.request.is_flagged = true;
  EXPECT_THAT(text_of(one, Language::japanese), HasSubstr("【緊急】"));
  EXPECT_THAT(text_of(one, Language::japanese), HasSubstr("期限内に承認されていません"));
  EXPECT_THAT(text_of(one, Language::japanese), HasSubstr("承認:未承認"));
}

}  // namespace
}  // namespace gw::maintenance
