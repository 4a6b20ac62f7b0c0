#include "cli/arguments.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace gw::cli {
namespace {

using testing::ElementsAre;

Understood read(std::vector<std::string> words, Language language = Language::english) {
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  return understand(commands(), arguments, language);
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

TEST(Arguments, an_operand_with_dots_may_stand_several_times) {
  const auto several = read({"service-profile", "check", "a.yaml", "--output", "json", "b.yaml", "c.yaml"});
  ASSERT_TRUE(several.choice) << several.complaint;
  EXPECT_THAT(several.choice->call.files, ElementsAre("a.yaml", "b.yaml", "c.yaml"));
  EXPECT_EQ(several.choice->call.format, Format::json);
  EXPECT_EQ(read({"service-profile", "check"}).complaint,
            "write it as: sekisho service-profile check FILE...");
  EXPECT_EQ(read({"service-profile", "show", "a", "b"}).complaint,
            "write it as: sekisho service-profile show FILE");
  std::vector<std::string> many{"service-profile", "check"};
  many.resize(103, "a.yaml");
  EXPECT_FALSE(read(many).choice);
}

TEST(Arguments, a_pack_is_verified_against_a_key_that_has_to_be_named) {
  EXPECT_EQ(read({"pack", "verify", "f.yaml"}).complaint, "say also: --signer FILE");
  const auto both = read({"pack", "verify", "f.yaml", "--signer", "vendor.pem"});
  ASSERT_TRUE(both.choice) << both.complaint;
  EXPECT_EQ(both.choice->call.signer_file, "vendor.pem");
  EXPECT_EQ(both.choice->call.signer, "");
  EXPECT_FALSE(read({"log", "verify", "--signer", "vendor.pem"}).choice);
}

TEST(Arguments, records_are_kept_for_two_years_or_more_or_for_ever) {
  EXPECT_EQ(read({"log", "keep", "--class", "connection", "--years", "10"}).choice->call.years, 10u);
  EXPECT_EQ(read({"log", "keep", "--years", "never"}).choice->call.years, 0u);
  EXPECT_EQ(read({"log", "keep", "--class", "other"}).choice->call.record_class, model::RecordClass::other);
  for (const char* years : {"0", "1", "100", "4294967298", "five", ""})
    EXPECT_FALSE(read({"log", "keep", "--years", years}).choice) << years;
  EXPECT_FALSE(read({"log", "keep", "--class", "all"}).choice);
}

TEST(Arguments, an_export_is_a_chain_unless_a_table_is_asked_for) {
  EXPECT_EQ(read({"log", "export", "f"}).choice->call.form, ExportForm::chain);
  EXPECT_EQ(read({"log", "export", "f", "--as", "csv"}).choice->call.form, ExportForm::csv);
  EXPECT_FALSE(read({"log", "export", "f", "--as", "xlsx"}).choice);
}

TEST(Arguments, the_language_is_that_of_the_environment_unless_one_is_asked_for) {
  EXPECT_EQ(read({"status"}).choice->call.language, Language::english);
  EXPECT_EQ(read({"status"}, Language::japanese).choice->call.language, Language::japanese);
  EXPECT_EQ(read({"status", "--lang", "ja"}).choice->call.language, Language::japanese);
  EXPECT_EQ(read({"--lang=en", "status"}, Language::japanese).choice->call.language, Language::english);
  EXPECT_EQ(read({"status", "--lang", "fr"}).complaint, "--lang takes ja|en");
  EXPECT_EQ(read({"stats", "--lang", "ja"}).complaint,
            "コマンド stats はありません。status ではありませんか");
}

TEST(Arguments, what_is_not_understood_is_said) {
  EXPECT_EQ(read({}).complaint, "say what to do; sekisho help lists it");
  EXPECT_EQ(read({"cut"}).complaint,
            "say what to do; with cut there are: everything, service, source, tenant, terminal");
  EXPECT_EQ(read({"config", "chek", "f"}).complaint, "there is no command config chek; did you mean check?");
  EXPECT_EQ(read({"acounts", "list"}).complaint, "there is no command acounts; did you mean accounts?");
  EXPECT_EQ(read({"config", "check"}).complaint, "write it as: sekisho config check FILE");
  EXPECT_EQ(read({"status", "extra"}).complaint, "write it as: sekisho status");
  EXPECT_EQ(read({"status", "--colour=red"}).complaint, "sekisho status has no option --colour");
  EXPECT_EQ(read({"status", "--outptu", "json"}).complaint,
            "sekisho status has no option --outptu; did you mean --output?");
  EXPECT_EQ(read({"status", "--output"}).complaint, "--output needs a value");
  EXPECT_EQ(read({"status", "--output", "xml"}).complaint, "--output takes text|json");
  EXPECT_EQ(read({"accounts", "create", "x", "--role", "viewer"}).complaint, "say also: --person TEXT");
}

TEST(Arguments, a_command_takes_only_the_options_that_mean_something_for_it) {
  EXPECT_EQ(read({"status", "--reason", "x"}).complaint, "sekisho status has no option --reason");
  EXPECT_EQ(read({"config", "check", "f", "--socket", "s"}).complaint,
            "sekisho config check has no option --socket");
  for (const Command& command : commands())
    for (const char* name : {"--output", "--lang"})
      EXPECT_TRUE(std::ranges::any_of(command.options, [&](const Option& one) { return one.name == name; }))
          << command.words << " " << name;
}

TEST(Arguments, a_flag_takes_no_value) {
  EXPECT_FALSE(read({"config", "check", "f"}).choice->call.strict);
  EXPECT_TRUE(read({"config", "check", "f", "--strict"}).choice->call.strict);
  const auto before = read({"config", "check", "--strict", "f"});
  EXPECT_TRUE(before.choice->call.strict);
  EXPECT_THAT(before.choice->call.files, ElementsAre("f"));
}

TEST(Arguments, an_operand_that_is_the_name_of_a_command_is_an_operand) {
  EXPECT_THAT(read({"cert", "list", "status"}).choice->call.files, ElementsAre("status"));
  EXPECT_THAT(read({"cert", "show", "list"}).choice->call.files, ElementsAre("list"));
  EXPECT_THAT(read({"config", "check", "-"}).choice->call.files, ElementsAre("-"));
  EXPECT_THAT(read({"config", "check", "--", "--lang"}).choice->call.files, ElementsAre("--lang"));
  EXPECT_EQ(read({"config", "apply", "f", "--reason", "--x"}).choice->call.reason, "--x");
}

TEST(Arguments, help_is_asked_for_wherever_it_stands) {
  using Wish = Understood::Wish;
  EXPECT_EQ(read({"--help"}).wish, Wish::help);
  EXPECT_EQ(read({"config", "-h"}).words, "config");
  const auto asked = read({"accounts", "create", "--help"});
  EXPECT_EQ(asked.wish, Wish::help);
  EXPECT_EQ(asked.words, "accounts create");
  EXPECT_EQ(read({"--version"}).wish, Wish::version);
}

TEST(Arguments, no_two_commands_are_called_alike) {
  const auto all = commands();
  for (std::size_t i = 1; i < all.size(); ++i) EXPECT_NE(all[i - 1].words, all[i].words);
}

TEST(Arguments, a_fingerprint_is_taken_as_the_tools_print_it) {
  std::string printed, plain;
  for (int i = 0; i < 32; ++i) printed += i == 0 ? "AB" : ":0F", plain += i == 0 ? "ab" : "0f";
  for (const std::string& written : {printed, plain}) {
    const auto understood = read({"terminal", "block", "t/x", "--certificate", written});
    ASSERT_TRUE(understood.choice) << understood.complaint;
    EXPECT_EQ(understood.choice->call.certificate, plain);
  }
  for (const std::string& bad : {std::string("ab"), plain + "0f", plain.substr(1) + "x"})
    EXPECT_EQ(read({"terminal", "block", "t/x", "--certificate", bad}).complaint,
              "--certificate takes SHA256")
        << bad;
}

}  // namespace
}  // namespace gw::cli
