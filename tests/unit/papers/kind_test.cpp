#include "papers/kind.h"

#include <gtest/gtest.h>

#include "config/choice.h"
#include "papers/choices.h"

namespace gw::papers {
namespace {

bool takes(Kind kind, std::string_view text) { return static_cast<bool>(check_value(kind, text)); }

TEST(Kinds, a_port_is_a_number_with_its_protocol) {
  for (const char* good : {"443/tcp", "4500/udp", "1/tcp", "65535/tcp"}) EXPECT_TRUE(takes(Kind::port, good));
  for (const char* bad : {"443", "0/tcp", "65536/tcp", "443/sctp", "/tcp", "443/", "https"})
    EXPECT_FALSE(takes(Kind::port, bad)) << bad;
}

TEST(Kinds, a_span_has_its_unit_and_stays_as_the_paper_has_it) {
  EXPECT_EQ(*check_value(Kind::span, "72 h"), "72 h");
  for (const char* bad : {"72", "0 h", "401 d", "72 hours", "-1 h"})
    EXPECT_FALSE(takes(Kind::span, bad)) << bad;
  EXPECT_EQ(value_text(Kind::span, "72 h", Language::japanese), "72 時間");
  EXPECT_EQ(value_text(Kind::span, "14 d", Language::english), "14 days");
}

TEST(Kinds, a_role_is_one_word_and_nobody_stands_behind_it) {
  for (const char* good : {"管理責任者", "system administrator", "運用責任者(部長)"})
    EXPECT_TRUE(takes(Kind::role, good)) << good;
  for (const char* bad : {"代表取締役社長 山田", "代表取締役社長\u3000山田 太郎", "部長 YAMADA"})
    EXPECT_FALSE(takes(Kind::role, bad)) << bad;
}

TEST(Kinds, generations_are_no_days_and_occurrence_is_no_detection) {  // BAK-06, INC-01
  EXPECT_EQ(value_text(Kind::unit, "世代", Language::english), "generations");
  EXPECT_EQ(value_text(Kind::unit, "日", Language::english), "days");
  EXPECT_EQ(value_text(Kind::anchor, "検知", Language::english), "detection");
  EXPECT_FALSE(takes(Kind::unit, "回"));
  EXPECT_FALSE(takes(Kind::anchor, "報告"));
}

TEST(Kinds, contacts_are_the_companys_and_well_formed) {
  EXPECT_TRUE(takes(Kind::telephone, "0570-05-1114"));
  EXPECT_TRUE(takes(Kind::telephone, "+81-3-1234-5678"));
  for (const char* bad : {"", "119", "-03-1234-5678", "03-1234-5678-", "03 1234 5678", "+", "tel"})
    EXPECT_FALSE(takes(Kind::telephone, bad)) << bad;
  EXPECT_TRUE(takes(Kind::mail, "desk@emr.example"));
  EXPECT_FALSE(takes(Kind::mail, "desk"));
  EXPECT_TRUE(takes(Kind::web_page, "https://emr.example/contact"));
  for (const char* bad : {"http://emr.example/", "emr.example", "https://emr.example/a b"})
    EXPECT_FALSE(takes(Kind::web_page, bad)) << bad;
}

TEST(Kinds, words_are_short) {
  std::string most;
  for (std::size_t i = 0; i < kMostCharacters; ++i) most += "字";
  EXPECT_TRUE(takes(Kind::words, most));
  EXPECT_FALSE(takes(Kind::words, most + "字"));
  EXPECT_FALSE(takes(Kind::words, ""));
}

TEST(Kinds, a_number_counts_and_a_date_exists) {
  EXPECT_TRUE(takes(Kind::number, "35"));
  for (const char* bad : {"0", "10001", "seven", "7.5", "10 or 35"})
    EXPECT_FALSE(takes(Kind::number, bad)) << bad;
  EXPECT_TRUE(takes(Kind::day, "2024-02-29"));
  for (const char* bad : {"2023-02-29", "2024-13-01", "2024/05/24", "24 May 2024"})
    EXPECT_FALSE(takes(Kind::day, bad)) << bad;
}

/// What a profile proposes can be written into a configuration as it stands.
TEST(Kinds, modes_are_those_of_a_configuration) {
  for (const auto& word : config::kModeWords) EXPECT_TRUE(takes(Kind::mode, word.text)) << word.text;
  EXPECT_EQ(std::size(kModes), config::kModeWords.size());
}

TEST(Kinds, a_word_that_is_none_of_the_few_is_suggested) {
  EXPECT_NE(check_value(Kind::party, "vender").error().detail.find("did you mean `vendor`?"),
            std::string::npos);
}

}  // namespace
}  // namespace gw::papers
