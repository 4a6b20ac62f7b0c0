#include "evidence/files.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <regex>
#include <set>

#include "evidence/seal.h"
#include "evidence/sheet.h"
#include "plausible.h"

namespace gw::evidence {
namespace {

using packs::FactId;
using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

std::string file(const Document& document, const std::string& name) {
  for (const File& one : files_of(document))
    if (one.name == name) return one.content;
  ADD_FAILURE() << name;
  return {};
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> out;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) out.push_back(line);
  return out;
}

TEST(EvidenceFiles, each_has_a_name_of_its_own_that_an_archive_takes) {
  std::set<std::string> names;
  for (const File& one : files_of(plausible_document())) {
    EXPECT_TRUE(std::regex_match(one.name, std::regex("[a-z0-9][a-z0-9.-]*"))) << one.name;
    EXPECT_TRUE(names.insert(one.name).second) << one.name;
    EXPECT_FALSE(one.content.empty()) << one.name;
  }
  EXPECT_EQ(names.size(), 5 + 2 * 4 + sheets().size() + 1 + 3);
}

TEST(EvidenceFiles, a_form_has_room_to_write_and_what_was_signed_elsewhere_is_the_same_octets) {
  const Document document = plausible_document();
  const std::string form = file(document, "form-questions-emr.html");
  EXPECT_THAT(form, HasSubstr("<div class=\"blank\">ご回答者"));
  EXPECT_THAT(form, HasSubstr("<pre>通信セッション:12\n"));
  EXPECT_THAT(form, HasSubstr("<td class=\"room\"></td>"));
  EXPECT_THAT(file(document, "evidence.json"), HasSubstr(R"("form":"questions-emr")"));
  for (const Attachment& one : document.attached) EXPECT_EQ(file(document, one.name), one.content);
}

TEST(EvidenceFiles, a_signed_pack_names_its_signers_key) {
  Document document = some_document();
  document.papers[0].is_signed = true;
  document.papers[0].signer.fill(0xcd);
  std::string expected;
  for (int i = 0; i < 32; ++i) expected += "cd";
  EXPECT_THAT(file(document, "evidence.json"), HasSubstr("\"signer\":\"" + expected));
  EXPECT_THAT(file(document, "paper-gl-x.csv"), HasSubstr(expected));
}

TEST(EvidenceFiles, every_link_leads_to_something) {
  std::set<std::string> targets;
  const auto files = files_of(plausible_document());
  const std::regex id(" id=\"([^\"]*)\"");
  for (const File& one : files) {
    targets.insert(one.name);
    for (auto at = std::sregex_iterator(one.content.begin(), one.content.end(), id);
         at != std::sregex_iterator(); ++at)
      targets.insert(one.name + "#" + (*at)[1].str());
  }
  const std::regex link(" href=\"([^\"]*)\"");
  std::size_t count = 0;
  for (const File& one : files)
    for (auto at = std::sregex_iterator(one.content.begin(), one.content.end(), link);
         at != std::sregex_iterator(); ++at, ++count)
      EXPECT_TRUE(targets.contains((*at)[1].str())) << one.name << " " << (*at)[1];
  EXPECT_GT(count, 100u);
}

TEST(EvidenceFiles, a_page_has_nothing_from_outside_and_no_script) {
  for (const File& one : files_of(plausible_document())) {
    if (!one.name.ends_with(".html")) continue;
    for (const char* foreign : {"<script", "src=", "<link", "@import", "url(h", "onload", "http:", "https:"})
      EXPECT_EQ(std::regex_replace(one.content, std::regex("http://www.w3.org/2000/svg"), "").find(foreign),
                std::string::npos)
          << one.name << " " << foreign;
    EXPECT_THAT(one.content, StartsWith("<!DOCTYPE html>\n<html lang=\"ja\">"));
    EXPECT_THAT(one.content, HasSubstr("適合を判定するものではありません"));
  }
}

TEST(EvidenceFiles, what_a_stranger_says_is_text) {
  const std::string page = file(plausible_document(), "facts.html");
  EXPECT_THAT(page, HasSubstr("&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;x&quot;"));
  const std::string table = file(plausible_document(), "facts.csv");
  EXPECT_THAT(table, HasSubstr("\"'=cmd|'/c calc'!A1\""));
}

TEST(EvidenceFiles, a_sites_name_cannot_leave_the_style) {
  Document document = some_document();
  document.site = "\"; } </style><script>\n\\\u202e";
  const std::string page = file(document, "index.html");
  EXPECT_THAT(page, Not(HasSubstr("<script")));
  EXPECT_THAT(page, HasSubstr(R"(content: "\22 \3b  \7d  \3c \2f style\3e \3c script\3e \0a \5c )"));
  EXPECT_THAT(page, Not(HasSubstr("\u202e")));
}

TEST(EvidenceFiles, an_item_of_a_paper_has_its_sentences_its_state_in_words_and_its_blanks) {
  Document document = some_document();
  finding(document, FactId::tls_mutual).state = State::attention;
  const std::string page = file(document, "paper-gl-x.html");
  EXPECT_THAT(page, HasSubstr("<span class=\"mark attention\">要確認</span>"));
  EXPECT_THAT(page, HasSubstr("「両端の証明書による相互認証」を 12 件観測した。"));
  EXPECT_THAT(page, HasSubstr("<a href=\"facts.html#tls.mutual\">両端の証明書による相互認証</a> <span "
                              "class=\"one\">NET-04</span>"));
  EXPECT_THAT(page, HasSubstr("記入欄: 責任者の氏名 – 医療機関"));
  EXPECT_THAT(page, HasSubstr("把握: 原文未確認"));
}

/// Both where people read and where they sort.
TEST(EvidenceFiles, an_item_with_blanks_does_not_read_as_done) {
  Document document = some_document();
  document.papers[0].pack.rows[0].blanks = {{"契約書の番号", packs::Owner::vendor},
                                            {"担当者", packs::Owner::clinic}};
  const std::string page = file(document, "paper-gl-x.html");
  EXPECT_THAT(page, HasSubstr("<td class=\"state\"><div><span class=\"mark shown\">確認済み</span></div>"
                              "<div><span class=\"mark to_fill\">記入待ち 2</span></div></td>"));
  EXPECT_THAT(
      page, HasSubstr("<td class=\"state\"><div><span class=\"mark to_fill\">記入待ち 1</span></div></td>"));
  EXPECT_THAT(file(document, "paper-gl-x.csv"), HasSubstr(",\"確認済み\n記入待ち 2\","));
  const std::string counts = "確認済み 1 / 設計・設定による 0 / 未確認 0 / 要確認 0 / 記入待ち 3 欄 (2 項目)";
  EXPECT_THAT(page, HasSubstr("<th scope=\"row\">項目</th><td>" + counts));
  EXPECT_THAT(file(document, "index.html"), HasSubstr(counts));
}

TEST(EvidenceFiles, what_is_by_design_is_not_called_observed) {
  Document document = some_document();
  finding(document, FactId::tls_mutual).state = State::by_design;
  const std::string page = file(document, "paper-gl-x.html");
  EXPECT_THAT(page, HasSubstr("<span class=\"mark by_design\">設計・設定による</span>"));
  EXPECT_THAT(page, HasSubstr("確認済み 0 / 設計・設定による 1 / 未確認 0 / 要確認 0"));
  EXPECT_THAT(file(document, "paper-gl-x.csv"), HasSubstr(",設計・設定による,"));
}

TEST(EvidenceFiles, no_title_claims_a_proof) {
  for (const Sheet& sheet : sheets()) {
    EXPECT_EQ(sheet.title.japanese.find("証明"), std::string_view::npos) << sheet.id;
    EXPECT_EQ(sheet.title.english.find("roof"), std::string_view::npos) << sheet.id;
  }
}

TEST(EvidenceFiles, a_paper_says_first_what_is_to_be_known_of_its_edition) {
  const std::string page = file(some_document(), "paper-gl-x.html");
  const std::size_t table = page.find("<table");
  EXPECT_LT(page.find("この版は旧版です"), table);
  EXPECT_LT(page.find("装置の提供者の署名がありません"), table);
  Document document = some_document();
  document.is_clock_right = false;
  document.papers[0].is_signed = true;
  document.papers[0].pack.standing = packs::Standing::in_force;
  const std::string other = file(document, "paper-gl-x.html");
  EXPECT_THAT(other, Not(HasSubstr("旧版です")));
  EXPECT_THAT(other, Not(HasSubstr("署名がありません")));
  EXPECT_THAT(other, HasSubstr("時刻は合っていませんでした"));
}

/// What was judged twice can be laid side by side.
TEST(EvidenceFiles, only_what_a_fact_answers_changes_with_it) {
  Document before = plausible_document();
  Document after = plausible_document();
  finding(after, FactId::tls_mutual).state = State::attention;
  finding(after, FactId::tls_mutual).says = {{"一台は古い。", "One is old."}};
  const std::regex row_of_answer("<tr( class=\"long\")?><td class=\"id\">.*facts.html#tls.mutual.*");
  const std::regex counts("<tr><th scope=\"row\">項目</th>.*");
  for (const Judged& judged : before.papers) {
    const std::string name = "paper-" + judged.pack.id + ".html";
    const auto one = lines_of(file(before, name)), other = lines_of(file(after, name));
    ASSERT_EQ(one.size(), other.size());
    std::size_t changed = 0;
    for (std::size_t i = 0; i < one.size(); ++i) {
      if (one[i] == other[i]) continue;
      ++changed;
      EXPECT_TRUE(std::regex_match(other[i], row_of_answer) ||
                  other[i].find(">項目</th><td>") != std::string::npos)
          << other[i];
    }
    const auto answered = std::ranges::count_if(judged.pack.rows, [](const packs::Row& row) {
      return std::ranges::count(row.answers, FactId::tls_mutual) != 0;
    });
    EXPECT_GE(changed, static_cast<std::size_t>(answered));
    EXPECT_LE(changed, static_cast<std::size_t>(answered) + 1);
  }
  for (const Sheet& sheet : sheets()) {
    const std::string name = "sheet-" + std::string(sheet.id) + ".html";
    EXPECT_EQ(file(before, name) == file(after, name),
              std::ranges::count(sheet.facts, FactId::tls_mutual) == 0)
        << name;
  }
}

TEST(EvidenceFiles, the_same_document_makes_the_same_octets) {
  EXPECT_EQ(sums_of(files_of(plausible_document())), sums_of(files_of(plausible_document())));
}

TEST(EvidenceFiles, a_table_holds_every_sentence_row_and_source_of_a_finding) {
  Document document = some_document();
  finding(document, FactId::tls_versions).table = {
      {{"側", ""}, {"版", ""}, {"件数", ""}}, {{"端末", "TLS 1.3", "7"}}, 4};
  const auto lines = lines_of(file(document, "facts.csv"));
  ASSERT_GT(lines.size(), 13u);
  EXPECT_EQ(lines[0], "\xEF\xBB\xBF表,装置が示す事実の一覧\r");
  EXPECT_EQ(lines[2], "番号,7\r");
  EXPECT_EQ(lines[7], "事実,管理策,名称,状態,種類,内容1,内容2,内容3\r");
  EXPECT_THAT(lines[8], HasSubstr("tls.versions,NET-01,実際に合意したTLSの版と暗号スイート,確認済み,文,"));
  EXPECT_THAT(lines[9], HasSubstr(",見出し,側,版,件数\r"));
  EXPECT_THAT(lines[10], HasSubstr(",行,端末,\"TLS 1.3\",7\r"));
  EXPECT_THAT(lines[11], HasSubstr(",省いた行数,4,,\r"));
  EXPECT_THAT(lines[12], HasSubstr(",出典,適用中の設定,\"generation 12\",\r"));
}

TEST(EvidenceFiles, a_paper_as_a_table_has_a_row_for_each_item) {
  EXPECT_THAT(
      file(some_document(), "paper-gl-x.csv"),
      EndsWith(
          "\r\n\r\n項目,見出し,求められること,原文の把握,管理策,状態,装置が示す事実,事実の名前,記入欄\r\n"
          "13-6,TLS,相互に認証する,原文を確認,NET-01,確認済み,\"「実際に合意したTLSの版と暗号スイート」を 12 "
          "件観測した。\n"
          "「両端の証明書による相互認証」を 12 件観測した。\",\"tls.versions\ntls.mutual\",\r\n"
          "(9)①(a),責任者,責任者を定める,原文未確認,,\"記入待ち 1\",,,\"記入欄: 責任者の氏名 – "
          "医療機関\"\r\n"));
}

/// A table is handed on without the pages.
TEST(EvidenceFiles, a_table_says_first_whose_it_is_and_what_is_to_be_known_of_it) {
  Document document = some_document();
  document.is_clock_right = false;
  const std::string paper = file(document, "paper-gl-x.csv");
  for (const char* line : {"表,\"ガイドライン X\"\r\n", "施設,さくら内科\r\n", "番号,7\r\n",
                           "作成日時,\"2026-11-18 20:06:40 (日本時間)\"\r\n", "文書の版,第1版、2026-06\r\n",
                           "ルールパック,\"gl-x 第3版\",SHA-256,ea2d9d75", "この版は旧版です",
                           "署名がありません", "時刻は合っていませんでした"})
    EXPECT_LT(paper.find(line), paper.find("\r\n\r\n項目,")) << line;
  EXPECT_LT(file(document, "facts.csv").find("時刻は合っていませんでした"),
            file(document, "facts.csv").find("tls.versions"));
}

}  // namespace
}  // namespace gw::evidence
