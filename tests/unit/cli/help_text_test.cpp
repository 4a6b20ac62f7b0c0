#include "cli/help_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "api/operation.h"
#include "cli/manual.h"
#include "cli/operation_values.h"

namespace gw::cli {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

const Command& command(std::string_view words) {
  return *std::ranges::find(commands(), words, &Command::words);
}
std::vector<std::string> names(const Command& of) {
  std::vector<std::string> out;
  for (const Option& one : of.options) out.push_back(one.name);
  return out;
}
bool is_japanese(std::string_view text) {
  return std::ranges::any_of(text, [](char c) { return static_cast<unsigned char>(c) >= 0xe3; });
}

TEST(HelpText, every_operation_of_the_api_is_a_command_with_help_in_both_languages) {
  for (const api::Operation& row : api::operations()) {
    const auto all = commands();
    const auto found = std::ranges::find(all, std::optional(row.id), &Command::operation);
    ASSERT_NE(found, all.end()) << row.name;
    const std::string english = help_text(all, found->words, Language::english);
    EXPECT_THAT(english, HasSubstr("Usage: sekisho " + found->words)) << row.name;
    EXPECT_THAT(english, HasSubstr(std::string(row.summary)));
    EXPECT_FALSE(is_japanese(english)) << english;
    EXPECT_TRUE(is_japanese(words_of(row).japanese)) << row.name << ": say it in cli/operation_words.def";
    EXPECT_THAT(help_text(all, found->words, Language::japanese), HasSubstr(words_of(row).japanese));
  }
}

TEST(HelpText, the_path_is_operands_the_rest_options_and_secrets_are_neither) {
  EXPECT_THAT(command("accounts sessions-end").operands, ElementsAre("NAME"));
  EXPECT_THAT(names(command("accounts create")),
              ElementsAre("--person", "--role", "--ends", "--socket", "--output", "--lang"));
  EXPECT_THAT(command("session open").operands, ElementsAre("NAME"));
  EXPECT_THAT(names(command("session open")), ElementsAre("--socket", "--secrets", "--output", "--lang"));
  for (const api::Operation& row : api::operations()) {
    const auto found = std::ranges::find(commands(), std::optional(row.id), &Command::operation);
    for (const api::Parameter& parameter : api::parameters_of(row.id)) {
      const auto options = names(*found);
      const bool is_option = std::ranges::count(options, "--" + std::string(parameter.name)) != 0;
      EXPECT_FALSE(parameter.is_secret() && is_option) << row.name;
    }
  }
}

TEST(HelpText, what_is_asked_for_and_who_may_is_said) {
  const std::string help = help_text(commands(), "accounts disable", Language::english);
  EXPECT_THAT(help, HasSubstr("as: clinic_admin, approver"));
  EXPECT_THAT(help_text(commands(), "session open", Language::japanese),
              HasSubstr("パスワード, コード(空でもよい)"));
  EXPECT_THAT(help_text(commands(), "session open", Language::english), HasSubstr("Needs nobody signed in."));
}

TEST(HelpText, all_of_a_noun_or_everything_is_listed_and_the_manual_has_it_too) {
  EXPECT_THAT(help_text(commands(), "cut", Language::english), Not(HasSubstr("restore ")));
  EXPECT_THAT(help_text(commands(), "nothing", Language::english), IsEmpty());
  for (const Language language : {Language::english, Language::japanese}) {
    const std::string help = help_text(commands(), "", language);
    const std::string manual = manual_of_commands(commands(), language);
    for (const Command& one : commands()) {
      EXPECT_THAT(help, HasSubstr("  " + one.words));
      std::string name = "\\fBsekisho " + one.words;
      for (std::size_t at = name.find('-'); at != std::string::npos; at = name.find('-', at + 2))
        name.insert(at, "\\");
      EXPECT_THAT(manual, HasSubstr(name + "\\fR"));
      EXPECT_TRUE(is_japanese(one.help.japanese)) << one.words;
      for (const Option& option : one.options) EXPECT_TRUE(is_japanese(option.help.japanese)) << option.name;
    }
  }
}

TEST(HelpText, every_key_of_a_configuration_is_in_its_manual) {
  const std::string manual = manual_of_configuration();
  for (const char* key :
       {"version", "network.wan.interface", "tenants[].services[].upstream.port", "management.own_port"})
    EXPECT_THAT(manual, HasSubstr("\\fB" + std::string(key) + "\\fR ("));
}

TEST(HelpText, a_time_is_japan_s_or_has_its_zone) {
  const api::Parameter time{{}, "ends", {}, api::Type::time, 0, 0, api::Need::optional};
  EXPECT_EQ(value_of(time, "2026-11-28T09:30")->number, 1'795'825'800'000u);
  EXPECT_EQ(value_of(time, "2026-11-28T00:30:00Z")->number, 1'795'825'800'000u);
  EXPECT_EQ(value_of(time, "soon").error().detail, "malformed");
}

}  // namespace
}  // namespace gw::cli
