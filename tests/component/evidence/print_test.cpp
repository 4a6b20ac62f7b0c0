// What a clinic prints: each page as a browser makes PDF of it, and what stands in that (GOV-02).

#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>

#include "evidence/files.h"
#include "support/command.h"
#include "unit/evidence/plausible.h"

namespace gw::evidence {
namespace {

constexpr const char* kBrowser =
    "chromium --headless=new --no-sandbox --disable-gpu --no-first-run --disable-background-networking "
    "--user-data-dir=profile --no-pdf-header-footer --print-to-pdf=";
/// Points: A4 is so wide, and so wide the page's margins are.
constexpr double kPaper = 595.3, kMargin = 15 / 25.4 * 72;

/// Without blanks and line ends, at which a column breaks.
std::string bare(std::string text) {
  std::erase_if(text, [](char c) { return c == ' ' || c == '\n' || c == '\f' || c == '\r'; });
  return text;
}

bool holds(const std::string& text, const std::string& what) {
  return text.find(bare(what)) != std::string::npos;
}

std::set<std::string> characters_of(std::string_view text) {
  std::set<std::string> out;
  while (!text.empty()) {
    const std::size_t length = std::max<std::size_t>(utf8_length(text), 1);
    out.emplace(text.substr(0, length));
    text.remove_prefix(length);
  }
  return out;
}

std::size_t count_of(const std::string& text, const std::string& what) {
  std::size_t count = 0;
  for (std::size_t at = 0; (at = text.find(what, at)) != std::string::npos; ++at) ++count;
  return count;
}

/// Pages are printed when somebody looks at them; with GW_EVIDENCE_FOLDER they stay where anybody can.
class PrintTest : public testing::Test {
 protected:
  PrintTest() {
    const char* wanted = std::getenv("GW_EVIDENCE_FOLDER");
    std::string pattern = "/tmp/gw-evidence-XXXXXX";
    is_kept_ = wanted != nullptr;
    folder_ = is_kept_ ? wanted : ::mkdtemp(pattern.data());
    for (const File& file : files_of(document_)) std::ofstream(folder_ / file.name) << file.content;
  }
  ~PrintTest() override {
    if (!is_kept_) std::filesystem::remove_all(folder_);
  }

  std::string run(const std::string& command) const { return support::run_in(folder_, command).out; }
  void print(const std::string& name) const {
    run(kBrowser + name + ".pdf file://" + (folder_ / name).string() + ".html");
  }
  /// In the order in which the page has it, a cell after the other.
  std::string printed(const std::string& name) const {
    print(name);
    return run("pdftotext -raw " + name + ".pdf -");
  }
  std::string printed(const Judged& judged) const { return printed("paper-" + judged.pack.id); }

  Document document_ = plausible_document();

 private:
  std::filesystem::path folder_{};
  bool is_kept_ = false;
};

TEST_F(PrintTest, every_item_of_a_paper_is_there_with_its_blanks_to_fill_in) {
  for (const Judged& judged : document_.papers) {
    const std::string text = bare(printed(judged));
    for (const packs::Row& row : judged.pack.rows) {
      SCOPED_TRACE(judged.pack.id + " " + row.id);
      EXPECT_TRUE(holds(text, row.id + row.heading + row.asks));
      for (const packs::Blank& blank : row.blanks) EXPECT_TRUE(holds(text, "記入欄: " + blank.name + " – "));
    }
  }
}

TEST_F(PrintTest, every_row_of_a_long_table_is_there_beneath_a_head_on_every_page) {
  const std::string text = printed("sheet-equipment");
  const Finding& finding = finding_of(document_, packs::FactId::certificates_ends);
  const std::string all = bare(text);
  for (const auto& row : finding.table.rows) EXPECT_TRUE(holds(all, row[2])) << row[0];
  std::size_t pages = 0;
  for (std::size_t at = 0; at < text.size(); at = text.find('\f', at) + 1) {
    const std::string page = text.substr(at, text.find('\f', at) - at);
    const bool goes_on = holds(bare(page), "Sakura Clinic Terminals CA G1");
    if (goes_on) ++pages;
    EXPECT_EQ(goes_on, holds(bare(page), "指紋 (SHA-256)")) << page.substr(0, 80);
  }
  EXPECT_GT(pages, 4u);
}

/// A character without a glyph has no text in a PDF either.
TEST_F(PrintTest, no_character_is_without_its_glyph_and_every_font_is_in_the_file) {
  for (const Judged& judged : document_.papers) {
    const std::set<std::string> there = characters_of(printed(judged));
    for (const packs::Row& row : judged.pack.rows)
      for (const std::string& one : characters_of(bare(row.id + row.heading + row.asks)))
        EXPECT_TRUE(there.contains(one)) << one;
    const std::string fonts = run("pdffonts paper-" + judged.pack.id + ".pdf");
    const std::regex row("\n.* (yes|no) +(yes|no) +(yes|no) +[0-9]+ +[0-9]+");
    const auto end = std::sregex_iterator();
    for (auto font = std::sregex_iterator(fonts.begin(), fonts.end(), row); font != end; ++font) {
      EXPECT_EQ((*font)[1], "yes") << font->str();
      EXPECT_EQ((*font)[3], "yes") << font->str();
    }
    EXPECT_GT(std::distance(std::sregex_iterator(fonts.begin(), fonts.end(), row), end), 0);
  }
}

TEST_F(PrintTest, nothing_is_cut_at_the_edge_of_the_paper) {
  const std::regex word("<word xMin=\"([0-9.]+)\" yMin=\"[0-9.]+\" xMax=\"([0-9.]+)\"[^>]*>([^<]*)<");
  for (const File& file : files_of(document_)) {
    if (!file.name.ends_with(".html")) continue;
    const std::string name = file.name.substr(0, file.name.size() - 5);
    print(name);
    const std::string boxes = run("pdftotext -bbox " + name + ".pdf -");
    std::size_t words = 0;
    for (auto one = std::sregex_iterator(boxes.begin(), boxes.end(), word); one != std::sregex_iterator();
         ++one, ++words) {
      EXPECT_GE(std::stod((*one)[1]), kMargin - 1) << name << " " << (*one)[3];
      EXPECT_LE(std::stod((*one)[2]), kPaper - kMargin + 1) << name << " " << (*one)[3];
    }
    EXPECT_GT(words, 20u) << name;
  }
}

TEST_F(PrintTest, a_column_to_write_into_has_room_and_no_head_is_broken_in_a_word) {
  const std::regex word("<word xMin=\"([0-9.]+)\"[^>]*>([^<]*)<");
  const auto words_of = [&](const std::string& name) {
    print(name);
    const std::string boxes = run("pdftotext -bbox " + name + ".pdf -");
    std::multimap<std::string, double> out;
    for (auto one = std::sregex_iterator(boxes.begin(), boxes.end(), word); one != std::sregex_iterator();
         ++one)
      out.emplace((*one)[2], std::stod((*one)[1]));
    return out;
  };
  const auto asked = words_of("form-questions-emr");
  ASSERT_TRUE(asked.contains("回答"));
  EXPECT_LT(asked.find("回答")->second, kPaper - kMargin - 40 / 25.4 * 72) << "40 mm to write into";
  const auto facts = words_of("facts");
  for (const char* head : {"テナント", "サービス", "暗号スイート", "鍵交換"})
    EXPECT_TRUE(facts.contains(head)) << head;
}

TEST_F(PrintTest, every_sheet_of_paper_says_whose_when_and_by_which_edition_it_is) {
  for (const Judged& judged : document_.papers) {
    const std::string text = printed(judged);
    const std::size_t sheets = count_of(text, "\f");
    EXPECT_GT(sheets, 2u);
    const std::string plain = bare(text);
    EXPECT_GE(count_of(plain, bare(document_.site)), sheets);
    EXPECT_GE(count_of(plain, to_hex(judged.digest)), sheets);
    EXPECT_EQ(count_of(plain, "/" + std::to_string(sheets)), sheets);
  }
}

TEST_F(PrintTest, no_sheet_of_paper_has_nothing_but_its_foot) {
  for (const Judged& judged : document_.papers) {
    const std::string text = printed(judged);
    EXPECT_GE(count_of(text, "求められること"), count_of(text, "\f")) << judged.pack.id;
  }
}

TEST_F(PrintTest, an_edition_that_ended_and_a_pack_without_signature_are_told_at_the_top) {
  const std::string text = printed("paper-soumu-2018");
  const std::string front = bare(text.substr(0, text.find('\f')));
  EXPECT_TRUE(holds(front, "この版は旧版です"));
  EXPECT_TRUE(holds(front, "署名がありません"));
  EXPECT_TRUE(holds(front, "適合を判定するものではありません"));
}

}  // namespace
}  // namespace gw::evidence
