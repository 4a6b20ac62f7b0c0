#include "cli/answer_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace gw::cli {
namespace {

using api::AnswerId;
using testing::HasSubstr;
using testing::Not;

std::string text(AnswerId answer, const char* json, Language language = Language::english,
                 bool colours = false) {
  const auto tree = api::read_json(json);
  EXPECT_TRUE(tree) << json;
  return answer_text(answer, *tree, language, colours);
}

constexpr const char* kAccounts =
    R"({"accounts":[{"name":"first","person":"佐藤","role":"clinic_admin","state":"active","has_totp":true,)"
    R"("has_certificate":false,"recovery_codes":9,"made":"2026-11-28T00:30:00.000Z"},)"
    R"({"name":"n","person":"x\u001b[2J","role":"viewer","state":"invited","has_totp":false,)"
    R"("has_certificate":false,"recovery_codes":0,"made":"2026-11-28T01:30:00.000Z"}]})";

TEST(AnswerText, a_list_is_a_table_with_times_of_japan) {
  EXPECT_EQ(text(AnswerId::Accounts, kAccounts),
            "name   person    role          state    has totp  has certificate  recovery codes  made\n"
            "first  佐藤      clinic_admin  active   yes       no               9               2026-11-28 "
            "09:30:00\n"
            "n      x\\x1b[2J  viewer        invited  no        no               0               2026-11-28 "
            "10:30:00\n");
  EXPECT_THAT(text(AnswerId::Accounts, kAccounts, Language::japanese), HasSubstr("名前   氏名      役割"));
  EXPECT_EQ(text(AnswerId::Accounts, R"({"accounts":[]})", Language::japanese),
            "該当するものはありません。\n");
}

TEST(AnswerText, an_object_is_a_line_for_each_member) {
  EXPECT_EQ(text(AnswerId::Invitation, R"({"name":"n","code":"abcd-efgh"})", Language::japanese),
            "名前: n\n一回限りのコード: abcd-efgh\n");
  EXPECT_EQ(text(AnswerId::RecoveryCodes, R"({"codes":["a","b"]})"), "codes:\n  a\n  b\n");
}

TEST(AnswerText, what_an_answer_does_not_list_is_shown_as_well) {
  const std::string shown =
      text(AnswerId::Records, R"({"records":[{"number":7,"clock_state":"right","ts":"x",)"
                              R"("level":"info","event":"e","process":"p","msg":"m",)"
                              R"("tenant":"karte","list":[1,2]}],"before":7})");
  EXPECT_THAT(shown, HasSubstr("tenant=karte, list=1, 2"));
  EXPECT_THAT(shown, HasSubstr("before: 7\n"));
}

TEST(AnswerText, an_app_s_secret_is_shown_to_be_scanned) {
  const char* offer = R"({"totp_secret":"ABC","totp_uri":"otpauth://totp/x?secret=ABC"})";
  const std::string shown = text(AnswerId::Offer, offer);
  EXPECT_THAT(shown, HasSubstr("totp uri: otpauth://totp/x?secret=ABC\n"));
  EXPECT_THAT(shown, HasSubstr("█"));
  EXPECT_THAT(shown, Not(HasSubstr("\x1b")));
  EXPECT_THAT(text(AnswerId::Offer, offer, Language::japanese, true), HasSubstr("\x1b[30;47m"));
}

}  // namespace
}  // namespace gw::cli
