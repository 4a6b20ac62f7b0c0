// The clock that a service's vendor has promised, as the five papers say it (INC-01), and what is unknown
// said so.

#include "control/notice_targets.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace gw::control {
namespace {

using incidents::ClockId;
using testing::ElementsAre;
using testing::HasSubstr;

ProfilesFound shipped() {
  const UniqueFd folder(::open(GW_SOURCE_DIR "/configs/services", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  return judge_profiles(read_packs(folder));
}

/// The shipped profile with other lines in it.
ProfilesFound changed(const std::string& name, const std::string& before, const std::string& after) {
  const UniqueFd folder(::open(GW_SOURCE_DIR "/configs/services", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  PackFolder files = read_packs(folder);
  for (PackFolder::File& file : files.files) {
    if (!file.name.starts_with(name)) continue;
    const std::size_t at = file.text.find(before);
    EXPECT_NE(at, std::string::npos) << before;
    file.text.replace(at, before.size(), after);
  }
  ProfilesFound out = judge_profiles(files);
  EXPECT_TRUE(out.refused.empty()) << out.refused.front().why;
  return out;
}

TEST(NoticeTargets, each_vendors_clock_is_the_one_of_its_paper_with_the_place) {
  const ProfilesFound profiles = shipped();
  const struct {
    const char* service;
    ClockId clock;
    const char* place;
  } papers[] = {
      {"welby-mycarte", ClockId::vendor_24h_occurred, "§15"},
      {"medical-note", ClockId::vendor_72h_occurred, "§13"},
      {"medicalcare-station", ClockId::vendor_72h_detected, "インシデント対応"},
      {"mdv-cloud", ClockId::vendor_unknown, "II-10"},
      {"yadoc", ClockId::vendor_unknown, "(8)②(c)"},
  };
  for (const auto& paper : papers) {
    const auto target = notice_target(paper.service, profiles);
    EXPECT_EQ(target.clock, paper.clock) << paper.service;
    EXPECT_THAT(target.words, HasSubstr(paper.place));
    EXPECT_EQ(notice_target(std::string(paper.service) + "-web", profiles).clock, paper.clock)
        << "a service that is called after its profile";
  }
}

TEST(NoticeTargets, what_is_unknown_is_said_to_be_with_whom_to_ask) {
  EXPECT_THAT(notice_target("yadoc", shipped()).words,
              testing::AllOf(HasSubstr("不明"), HasSubstr("未照会、サービス事業者に確認する")));
  const auto nobodys = notice_target("karte", shipped());
  EXPECT_EQ(nobodys.clock, ClockId::vendor_unknown);
  EXPECT_THAT(nobodys.words, HasSubstr("開示書は装置にない"));
}

TEST(NoticeTargets, a_vendors_answer_in_the_profile_changes_the_clock) {
  const auto answered =
      changed("medical-note", "within: {is: 72 h, where: §13", "within: {is: 1 d, where: 回答書 2");
  EXPECT_EQ(notice_target("medical-note", answered).clock, ClockId::vendor_24h_occurred);
  EXPECT_THAT(notice_target("medical-note", answered).words, HasSubstr("回答書 2"));
  const auto other = changed("medical-note", "within: {is: 72 h", "within: {is: 48 h");
  EXPECT_EQ(notice_target("medical-note", other).clock, ClockId::vendor_unknown);
  EXPECT_THAT(notice_target("medical-note", other).words, HasSubstr("人が期限を数える"));
  const auto longest = changed("medical-note", "within: {is: 72 h", "within: {is: 400 d");
  EXPECT_EQ(notice_target("medical-note", longest).clock, ClockId::vendor_unknown);
}

TEST(NoticeTargets, a_service_that_nobody_knows_is_refused_by_name) {
  model::RuleRoll rules;
  rules.rows.push_back({.tenant = "clinic", .rule = "r", .service = "karte"});
  EXPECT_TRUE(notice_targets({"karte", "yadoc"}, rules, shipped()));
  const auto refused = notice_targets({"kartte"}, rules, shipped());
  ASSERT_FALSE(refused);
  EXPECT_THAT(refused.error().detail, HasSubstr("kartte is in no configuration"));
  EXPECT_THAT(services_of(rules), ElementsAre("karte"));
}

}  // namespace
}  // namespace gw::control
