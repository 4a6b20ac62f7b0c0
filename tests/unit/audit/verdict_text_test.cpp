// The sentences an auditor reads, in both languages (LOG-03).

#include "audit/verdict_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

namespace gw::audit {
namespace {

using testing::HasSubstr;
using testing::Not;
using Kind = Flaw::Kind;

Verdict with(std::vector<Flaw> flaws) {
  Verdict out;
  out.first = 5;
  out.last = 12;
  out.records = 8;
  out.last_signed = 10;
  out.signer.emplace().fill(0xab);
  out.is_signer_expected = true;
  out.flaws = std::move(flaws);
  return out;
}

TEST(VerdictText, a_whole_chain_is_said_to_be_intact_and_by_whom_it_is_signed) {
  const std::string english = words_of(with({}), Language::english);
  EXPECT_THAT(english, HasSubstr("8 records, from 5 to 12: intact\n"));
  EXPECT_THAT(english, HasSubstr("signed up to record 10, by the key abab"));
  EXPECT_THAT(words_of(with({}), Language::japanese),
              HasSubstr("記録 8 件、5 から 12 まで: 改ざんはありません\n"));
}

TEST(VerdictText, a_chain_whose_signer_nobody_knows_is_not_said_to_be_intact) {
  Verdict unknown = with({});
  unknown.is_signer_expected = false;
  EXPECT_THAT(words_of(unknown, Language::english), Not(HasSubstr("intact")));
  EXPECT_THAT(words_of(unknown, Language::english), HasSubstr("give --signer"));
  EXPECT_THAT(words_of(unknown, Language::japanese), Not(HasSubstr("改ざんはありません")));
  EXPECT_THAT(words_of(unknown, Language::japanese), HasSubstr("--signer で示してください"));
}

TEST(VerdictText, a_flaw_is_named_by_its_number_and_the_whole_is_not_intact) {
  const Verdict found = with({{Kind::changed, 7}});
  EXPECT_EQ(words_of(found, Language::english).find("record 7 was changed\n"), 0u);
  EXPECT_THAT(words_of(found, Language::english), HasSubstr("NOT INTACT"));
  EXPECT_EQ(words_of(found, Language::japanese).find("記録 7 は書き換えられています\n"), 0u);
  EXPECT_THAT(words_of(found, Language::japanese), Not(HasSubstr("改ざんはありません")));
}

TEST(VerdictText, every_kind_of_flaw_has_words_of_its_own_in_both_languages) {
  for (const Language language : {Language::english, Language::japanese}) {
    std::set<std::string> seen;
    for (int kind = 0; kind <= static_cast<int>(Kind::without_receipt); ++kind)
      seen.insert(words_of(with({{static_cast<Kind>(kind), 7}}), language));
    EXPECT_EQ(seen.size(), static_cast<std::size_t>(Kind::without_receipt) + 1);
    for (const std::string& words : seen) EXPECT_THAT(words, Not(HasSubstr("#")));
  }
}

TEST(VerdictText, nothing_is_no_chain_that_is_intact) {
  EXPECT_EQ(words_of(Verdict(), Language::english), "there are no records\n");
}

TEST(VerdictText, programs_get_the_same_as_json) {
  EXPECT_EQ(json_of(with({{Kind::missing, 6}, {Kind::unproven, 7}})),
            "{\"intact\":false,\"records\":8,\"first\":5,\"last\":12,\"checkpoints\":0,\"last_signed\":10,"
            "\"signer\":\"" +
                std::string([] {
                  std::string out;
                  for (int i = 0; i < 32; ++i) out += "ab";
                  return out;
                }()) +
                "\",\"signer_expected\":true,\"flaws\":[{\"kind\":\"missing\",\"number\":6},{\"kind\":"
                "\"unproven\",\"number\":7}]}\n");
}

}  // namespace
}  // namespace gw::audit
