// The scripts are run by the shells themselves.

#include "cli/completion.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdlib.h>

#include <cstdio>
#include <filesystem>
#include <fstream>

namespace gw::cli {
namespace {

using testing::HasSubstr;
using testing::Not;

std::string output_of(const std::string& command) {
  std::string out;
  FILE* pipe = ::popen(command.c_str(), "r");
  for (int c = std::fgetc(pipe); c != EOF; c = std::fgetc(pipe)) out.push_back(static_cast<char>(c));
  ::pclose(pipe);
  return out;
}

class Completion : public testing::TestWithParam<const char*> {
 protected:
  void SetUp() override {
    std::string name = testing::TempDir() + "sekisho-completion-XXXXXX";
    ASSERT_NE(::mkdtemp(name.data()), nullptr);
    folder = name;
    std::ofstream(folder / "script") << *completion_for(GetParam(), commands());
    std::ofstream(folder / "a-site.yaml") << "";
  }
  void TearDown() override { std::filesystem::remove_all(folder); }

  /// What is offered for the last of the words.
  std::string offered(const std::string& words) const {
    const std::string count = std::to_string(std::ranges::count(words, ' '));
    const std::string bash =
        "COMP_WORDS=(" + words + "); COMP_CWORD=" + count + "; _sekisho; echo \" ${COMPREPLY[*]} \"";
    const std::string zsh = "words=(" + words + "); CURRENT=$((" + count + " + 1)); _sekisho";
    const std::string shell = GetParam();
    const std::string stubs =
        shell == "zsh" ? "compdef() :; compadd() { shift; print -r -- \" $* \"; }; _files() ls; " : "";
    return output_of("cd " + folder.string() + " && LC_ALL=C " + shell +
                     (shell == "zsh" ? " -f" : " --norc") + " -c '" + stubs + "source ./script; " +
                     (shell == "zsh" ? zsh : bash) + "' 2>&1");
  }
  std::filesystem::path folder;
};

TEST_P(Completion, nouns_verbs_options_and_what_they_take_are_offered) {
  EXPECT_THAT(offered("sekisho \"\""), HasSubstr(" accounts "));
  EXPECT_THAT(offered("sekisho config \"\""), HasSubstr(" rollback "));
  EXPECT_THAT(offered("sekisho accounts \"\""), HasSubstr(" sessions-end "));
  const std::string options = offered("sekisho config apply f --");
  EXPECT_THAT(options, HasSubstr(" --reason "));
  EXPECT_THAT(options, Not(HasSubstr("--years")));
  EXPECT_THAT(offered("sekisho status --output \"\""), HasSubstr(" text json "));
  EXPECT_THAT(offered("sekisho accounts create n --role \"\""), HasSubstr(" auditor "));
  EXPECT_THAT(offered("sekisho completion \"\""), HasSubstr(" bash zsh "));
}

TEST_P(Completion, a_file_is_completed_as_one) {
  EXPECT_THAT(offered("sekisho config check --strict \"\""), HasSubstr("a-site.yaml"));
  EXPECT_THAT(offered("sekisho config check \"\""), HasSubstr("a-site.yaml"));
  EXPECT_THAT(offered("sekisho service-profile check \"\""), HasSubstr("a-site.yaml"));
  EXPECT_THAT(offered("sekisho pack verify x --signer \"\""), HasSubstr("a-site.yaml"));
  EXPECT_THAT(offered("sekisho cert verify x --anchors \"\""), HasSubstr("a-site.yaml"));
  EXPECT_THAT(offered("sekisho log keep --reason \"\""), Not(HasSubstr("a-site.yaml")));
}

INSTANTIATE_TEST_SUITE_P(Shells, Completion, testing::Values("bash", "zsh"));

TEST(CompletionOfOthers, there_is_none) { EXPECT_FALSE(completion_for("fish", commands())); }

}  // namespace
}  // namespace gw::cli
