#include "evidence/diagram.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <regex>

#include "plausible.h"

namespace gw::evidence {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

std::size_t count_of(const std::string& text, const std::string& what) {
  std::size_t count = 0;
  for (std::size_t at = 0; (at = text.find(what, at)) != std::string::npos; ++at) ++count;
  return count;
}

int height_of(const std::string& svg) {
  std::smatch found;
  EXPECT_TRUE(std::regex_search(svg, found, std::regex("viewBox=\"0 0 760 ([0-9]+)\"")));
  return std::stoi(found[1]);
}

TEST(Diagram, whoever_hears_it_read_out_is_told_what_it_shows) {
  const std::string svg = diagram_of(some_network(), some_rules(3, 4));
  EXPECT_THAT(svg, StartsWith("<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\""));
  EXPECT_THAT(svg, HasSubstr("<title id=\"diagram-title\">構成図: さくら内科</title>"));
  EXPECT_THAT(svg, HasSubstr("医療機関の区画 3、装置の中の仕切られた区画 4"));
  EXPECT_THAT(svg, Not(HasSubstr("<script")));
}

TEST(Diagram, every_segment_tenant_and_service_has_its_place_with_terminals_as_a_count) {
  const std::string svg = diagram_of(some_network(), some_rules(3, 4));
  for (const char* label : {"karte-lan", "imaging", "管理用ネットワーク", "tenant-1", "tenant-2", "tenant-3",
                            "wan0", "10.1.0.1:8443", "203.0.113.2/30", "登録した機器 12 台"})
    EXPECT_THAT(svg, HasSubstr(std::string(">") + label + "<")) << label;
  EXPECT_EQ(count_of(svg, ">service-4<"), 3u);
  EXPECT_THAT(svg, HasSubstr(">使える端末 4 台<"));  // two of tenant-1, two of tenant-3
  EXPECT_THAT(svg, HasSubstr(">使える端末 2 台<"));
  EXPECT_EQ(count_of(svg, "<path d=\"M"),
            3u + 1 + 3 * 4 + 1);  // entrances, destinations, and the arrow's own
}

TEST(Diagram, who_answers_for_what_is_divided_by_lines) {
  const std::string svg = diagram_of(some_network(), some_rules(1, 1));
  for (const char* owner : {"医療機関", "装置の提供者", "回線事業者", "サービス事業者"})
    EXPECT_THAT(svg, HasSubstr(std::string(">") + owner + "<"));
  EXPECT_EQ(count_of(svg, "stroke-dasharray=\"7 4\""), 4u);  // three, and one in the key
}

TEST(Diagram, the_key_explains_the_lines_that_there_are) {
  EXPECT_THAT(diagram_of(some_network(), some_rules(1, 1)), Not(HasSubstr("期限つきの例外")));
  EXPECT_THAT(diagram_of(some_network(), some_rules(1, 3)), HasSubstr("期限つきの例外"));
}

TEST(Diagram, of_when_it_is_stands_beneath_it) {
  const std::string caption = diagram_caption(7, CivilTime(std::chrono::seconds(1'795'000'000)), 12);
  EXPECT_EQ(caption, "番号 7、作成 2026-11-18 20:06:40 (日本時間)、設定の世代 12");
  const std::string svg = diagram_of(some_network(), some_rules(1, 1), caption);
  EXPECT_THAT(svg, HasSubstr("責任分界。" + caption + "</desc>"));
  EXPECT_THAT(svg, HasSubstr(">さくら内科  " + caption + "</text>"));
}

TEST(Diagram, a_terminal_counts_where_a_door_leads_to_a_service_of_its_tenant) {
  model::RuleRoll rules = some_rules(2, 2);
  rules.doors[0].services.pop_back();
  rules.rows[1].terminals.push_back({"desk-9"});  // of the service that no door leads to now
  const std::string svg = diagram_of(some_network(), rules);
  EXPECT_EQ(count_of(svg, ">使える端末 2 台<"), 2u);
  EXPECT_EQ(count_of(svg, ">使える端末 3 台<"), 0u);
}

TEST(Diagram, a_strange_name_is_text) {
  model::RuleRoll rules = some_rules(1, 1);
  rules.site = "<&\"";
  rules.rows[0].server_name = "x</text><script>";
  const std::string svg = diagram_of(some_network(), rules);
  EXPECT_THAT(svg, HasSubstr("構成図: &lt;&amp;&quot;"));
  EXPECT_THAT(svg, Not(HasSubstr("<script>")));
}

TEST(Diagram, a_long_name_keeps_its_ends_and_is_whole_in_its_title) {
  model::RuleRoll rules = some_rules(1, 1);
  rules.rows[0].server_name = std::string(240, 'a') + ".example.jp";
  const std::string svg = diagram_of(some_network(), rules);
  EXPECT_THAT(svg, HasSubstr("<title>" + rules.rows[0].server_name + ":443</title>"));
  EXPECT_THAT(svg, HasSubstr(".example.jp:443</text>"));
  EXPECT_THAT(svg, HasSubstr("aaa…"));
}

TEST(Diagram, a_page_of_paper_holds_eight_tenants_with_many_services) {
  const std::string svg = diagram_of(some_network(), some_rules(8, 40));
  EXPECT_THAT(svg, HasSubstr("ほか 37 サービス"));
  EXPECT_LT(height_of(svg), 1400);
  EXPECT_THAT(diagram_of(some_network(), some_rules(1, 40)), HasSubstr("ほか 25 サービス"));
}

TEST(Diagram, a_door_outside_of_all_segments_is_shown_as_that) {
  model::RuleRoll rules = some_rules(1, 1);
  rules.doors[0].segment.clear();
  EXPECT_THAT(diagram_of(some_network(), rules), HasSubstr(">区画の外<"));
}

TEST(Diagram, a_box_with_nothing_to_do_can_be_drawn) {
  EXPECT_THAT(diagram_of({}, {}), HasSubstr("</svg>\n"));
}

}  // namespace
}  // namespace gw::evidence
