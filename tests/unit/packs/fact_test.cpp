#include "packs/fact.h"

#include <gtest/gtest.h>

#include <fstream>
#include <regex>
#include <set>

namespace gw::packs {
namespace {

TEST(PackFacts, every_row_is_found_by_its_id_and_by_its_name) {
  std::set<std::string_view> names;
  for (const Fact& one : facts()) {
    EXPECT_EQ(&fact(one.id), &one);
    EXPECT_EQ(find_fact(one.name), &one);
    EXPECT_TRUE(names.insert(one.name).second) << one.name;
  }
  EXPECT_EQ(find_fact("tls.version"), nullptr);
}

TEST(PackFacts, every_row_has_its_words_in_both_languages_and_a_control_that_it_shows) {
  for (const Fact& one : facts()) {
    SCOPED_TRACE(one.name);
    EXPECT_FALSE(one.label.japanese.empty());
    EXPECT_FALSE(one.label.english.empty());
    EXPECT_TRUE(is_control(one.control));
    EXPECT_EQ(std::count(one.name.begin(), one.name.end(), '.'), 1);
  }
}

TEST(PackFacts, a_control_is_one_of_its_family) {
  const auto in = [](const char* family, const char* number) {
    return is_control(std::string(family) + "-" + number);
  };
  EXPECT_TRUE(in("GOV", "01") && in("GOV", "09") && in("ADM", "12") && in("PHY", "01"));
  EXPECT_FALSE(in("GOV", "00") || in("GOV", "10") || in("ADM", "13") || in("PHY", "02"));
  for (const char* number : {"", "1", "001", "0a", "-1"}) EXPECT_FALSE(in("GOV", number)) << number;
  for (const char* family : {"", "gov", "XYZ", "GO"}) EXPECT_FALSE(in(family, "01")) << family;
  EXPECT_FALSE(is_control("") || is_control("GOV") || is_control("GOV 01"));
}

TEST(PackFacts, every_control_that_the_product_serves_is_in_the_catalogue) {
  std::ifstream file(std::string(GW_SOURCE_DIR) + "/gateway/doc/controls.txt");
  const std::regex head("([A-Z]+-[0-9][0-9])  .*");
  std::size_t count = 0;
  for (std::string line; std::getline(file, line);) {
    std::smatch match;
    if (!std::regex_match(line, match, head)) continue;
    EXPECT_TRUE(is_control(match[1].str())) << line;
    ++count;
  }
  EXPECT_GT(count, 80u);
}

}  // namespace
}  // namespace gw::packs
