#include "cli/arguments.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace gw::cli {
namespace {

using testing::ElementsAre;

int nothing(const Call&) { return 0; }
const Command kCommands[] = {{"config check", {"FILE"}, "checks", nothing},
                             {"config diff", {"OLD", "NEW"}, "compares", nothing},
                             {"cert list", {"[CONFIG]"}, "lists", nothing},
                             {"status", {}, "tells", nothing}};

Understood read(std::vector<std::string> words) {
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  return understand(kCommands, arguments);
}

TEST(Arguments, a_command_has_its_files_in_order) {
  const auto read_command = read({"config", "diff", "a.yaml", "b.yaml"});
  ASSERT_TRUE(read_command.choice);
  EXPECT_EQ(read_command.choice->command->words, "config diff");
  EXPECT_THAT(read_command.choice->call.files, ElementsAre("a.yaml", "b.yaml"));
  EXPECT_EQ(read_command.choice->call.socket, kDefaultSocket);
}

TEST(Arguments, options_stand_anywhere_and_either_way) {
  for (const auto& words : {std::vector<std::string>{"--output", "json", "status", "--socket=/s"},
                            {"status", "--output=json", "--socket", "/s"}}) {
    const auto understood = read(words);
    ASSERT_TRUE(understood.choice) << understood.complaint;
    EXPECT_EQ(understood.choice->call.format, Format::json);
    EXPECT_EQ(understood.choice->call.socket, "/s");
  }
}

TEST(Arguments, an_operand_in_brackets_may_be_left_out) {
  EXPECT_TRUE(read({"cert", "list"}).choice);
  EXPECT_THAT(read({"cert", "list", "a.yaml"}).choice->call.files, ElementsAre("a.yaml"));
  EXPECT_EQ(read({"cert", "list", "a", "b"}).complaint, "write it as: sekisho cert list [CONFIG]");
}

TEST(Arguments, records_are_kept_for_two_years_or_more_or_for_ever) {
  EXPECT_EQ(read({"status", "--class", "connection", "--years", "10"}).choice->call.years, 10u);
  EXPECT_EQ(read({"status", "--years", "never"}).choice->call.years, 0u);
  EXPECT_EQ(read({"status", "--class", "other"}).choice->call.record_class, model::RecordClass::other);
  for (const char* years : {"0", "1", "100", "4294967298", "five", ""})
    EXPECT_FALSE(read({"status", "--years", years}).choice) << years;
  EXPECT_FALSE(read({"status", "--class", "all"}).choice);
}

TEST(Arguments, an_export_is_a_chain_unless_a_table_is_asked_for) {
  EXPECT_EQ(read({"status"}).choice->call.form, ExportForm::chain);
  EXPECT_EQ(read({"status", "--as", "csv"}).choice->call.form, ExportForm::csv);
  EXPECT_FALSE(read({"status", "--as", "xlsx"}).choice);
}

TEST(Arguments, a_verdict_has_the_language_of_the_environment_unless_one_is_asked_for) {
  EXPECT_FALSE(read({"status"}).choice->call.language);
  EXPECT_EQ(read({"status", "--lang", "ja"}).choice->call.language, audit::Language::japanese);
  EXPECT_FALSE(read({"status", "--lang", "fr"}).choice);
}

TEST(Arguments, what_is_not_understood_is_said) {
  EXPECT_EQ(read({}).complaint, "say what to do");
  EXPECT_EQ(read({"config", "chek", "f"}).complaint, "there is no command config chek");
  EXPECT_EQ(read({"config", "check"}).complaint, "write it as: sekisho config check FILE");
  EXPECT_EQ(read({"status", "extra"}).complaint, "write it as: sekisho status");
  EXPECT_EQ(read({"status", "--colour=red"}).complaint, "there is no option --colour=red");
  EXPECT_EQ(read({"status", "--output"}).complaint, "--output needs a value");
  EXPECT_EQ(read({"status", "--output", "xml"}).complaint, "--output takes text|json");
}

TEST(Arguments, a_fingerprint_is_taken_as_the_tools_print_it) {
  std::string printed, plain;
  for (int i = 0; i < 32; ++i) printed += i == 0 ? "AB" : ":0F", plain += i == 0 ? "ab" : "0f";
  for (const std::string& written : {printed, plain}) {
    const auto understood = read({"status", "--certificate", written});
    ASSERT_TRUE(understood.choice) << understood.complaint;
    EXPECT_EQ(understood.choice->call.certificate, plain);
  }
  for (const std::string& bad : {std::string("ab"), plain + "0f", plain.substr(1) + "x"})
    EXPECT_EQ(read({"status", "--certificate", bad}).complaint, "--certificate takes SHA256") << bad;
}

TEST(Arguments, help_names_every_command) {
  const std::string text = help(kCommands);
  for (const Command& command : kCommands) EXPECT_NE(text.find(command.words), std::string::npos);
}

}  // namespace
}  // namespace gw::cli
