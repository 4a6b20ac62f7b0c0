// The box's API from the command line, against the real keeper (ADM-05, ADM-06, ADM-11).

#include <gmock/gmock.h>
#include <stdlib.h>

#include <filesystem>
#include <fstream>

#include "accounts/base32.h"
#include "accounts/totp.h"
#include "api/json_tree.h"
#include "base/clock.h"
#include "cli/arguments.h"
#include "cli/exit_code.h"
#include "cli/operation_values.h"
#include "component/cli/box_answering.h"
#include "component/cli/outcome.h"
#include "component/cli/site.h"

namespace gw::cli {
namespace {

namespace fs = std::filesystem;
using component::BoxAnswering;
using component::kLabel;
using component::Outcome;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

constexpr const char* kPassword = "violet tractor humming";

class Administer : public component::Site {
 protected:
  void SetUp() override {
    Site::SetUp();
    ::unsetenv("SUDO_UID");
    stands_there("first");
    box.emplace(root().string(), (root() / "control").string(), BoxAnswering::Compiler{});
  }
  void TearDown() override {
    box.reset();
    ::unsetenv("XDG_RUNTIME_DIR");
    Site::TearDown();
  }

  /// Whoever calls from now on keeps who he is in a folder of his own.
  void stands_there(const std::string& person) const {
    const fs::path runtime = root() / ("runtime-" + person);
    fs::create_directory(runtime);
    fs::permissions(runtime, fs::perms::owner_all);
    ::setenv("XDG_RUNTIME_DIR", runtime.c_str(), 1);
  }

  /// As it is typed, with the lines of a file for secrets.
  Outcome sekisho(std::vector<std::string> words, const std::string& secrets = "",
                  bool as_json = false) const {
    write("secrets", secrets);
    const std::string socket = "--socket=" + (root() / "control").string();
    words.insert(words.end(), {socket, as_json ? "--output=json" : "--output=text"});
    if (!secrets.empty()) words.insert(words.end(), {"--secrets", (root() / "secrets").string()});
    std::vector<char*> arguments;
    for (std::string& word : words) arguments.push_back(word.data());
    const Understood understood = understand(commands(), arguments, Language::english);
    if (!understood.choice) return {kUsage, "", understood.complaint};
    return component::run(understood.choice->command->run, understood.choice->call);
  }
  std::string member(const Outcome& outcome, const std::string& name) const {
    const auto tree = api::read_json(outcome.out);
    const api::JsonTree* found = tree ? tree->find(name) : nullptr;
    return found == nullptr ? "" : found->text;
  }

  /// Of the app: each counts once, so it is that of a later step than the one before.
  std::string code(const std::string& name) {
    App& app = apps.at(name);
    app.step = std::max(app.step + 1, accounts::totp_step(system_clock().civil_now()) - 1);
    return accounts::hotp(app.secret, app.step);
  }
  void enrol(const std::string& name, const std::string& word) {
    const Outcome offer = sekisho({"enrolment", "begin", name}, word + "\n", true);
    ASSERT_EQ(offer.code, kOk) << offer.complaint;
    apps[name] = {*accounts::from_base32(member(offer, "totp_secret")), 0};
    const Outcome done =
        sekisho({"enrolment", "finish", name}, word + "\n" + kPassword + "\n" + code(name) + "\n");
    ASSERT_EQ(done.code, kOk) << done.complaint;
    EXPECT_THAT(done.out, HasSubstr("codes:\n  "));
  }
  void come(const std::string& name) {
    const Outcome in = sekisho({"session", "open", name}, std::string(kPassword) + "\n" + code(name) + "\n");
    ASSERT_EQ(in.code, kOk) << in.complaint;
    EXPECT_EQ(in.out, name + " is signed in. When you are done: sekisho session close\n");
  }
  void settle() {
    const Outcome claimed =
        sekisho({"box", "claim", "first", "--person", "院長"}, std::string(kLabel) + "\n");
    ASSERT_EQ(claimed.code, kOk) << claimed.complaint;
    EXPECT_EQ(claimed.out, "Done.\n");
    enrol("first", std::string(kLabel));
    come("first");
  }
  fs::path kept() const {
    const fs::path folder = fs::path(::getenv("XDG_RUNTIME_DIR")) / "sekisho";
    const auto begin = fs::directory_iterator(folder);
    return begin == fs::directory_iterator() ? fs::path() : begin->path();
  }

  struct App {
    std::vector<std::uint8_t> secret{};
    std::uint64_t step = 0;
  };
  std::map<std::string, App> apps;
  std::optional<BoxAnswering> box;
};

TEST_F(Administer, to_be_root_makes_nobody_an_administrator) {
  const Outcome outcome = sekisho({"accounts", "list"});
  EXPECT_EQ(outcome.code, kNotPermitted);
  EXPECT_THAT(outcome.complaint, HasSubstr("sign in first: sekisho session open NAME"));
}

TEST_F(Administer, whoever_signs_in_lists_makes_and_disables_accounts) {
  settle();
  EXPECT_THAT(sekisho({"accounts", "list"}).out, HasSubstr("first  院長"));
  const Outcome made = sekisho({"accounts", "create", "helper", "--person", "助手", "--role", "viewer"});
  ASSERT_EQ(made.code, kOk) << made.complaint;
  EXPECT_THAT(made.out, HasSubstr("name: helper\ncode: "));
  const Outcome twice =
      sekisho({"accounts", "create", "helper", "--person", "x", "--role", "viewer", "--lang", "ja"});
  EXPECT_EQ(twice.code, kFailed);
  EXPECT_EQ(twice.complaint,
            "sekisho: その名前のアカウントは既にあります。(account.exists_already: helper)\n");
  const Outcome listed = sekisho({"accounts", "list"}, "", true);
  EXPECT_EQ(api::read_json(listed.out)->find("accounts")->items.size(), 2u);
  EXPECT_EQ(sekisho({"accounts", "disable", "helper"}).code, kOk);
  EXPECT_THAT(sekisho({"accounts", "list"}).out, HasSubstr("disabled"));
}

TEST_F(Administer, a_role_that_does_not_allow_it_is_told_so) {
  settle();
  const Outcome made =
      sekisho({"accounts", "create", "helper", "--person", "助手", "--role", "viewer"}, "", true);
  stands_there("helper");
  enrol("helper", member(made, "code"));
  come("helper");
  const Outcome refused = sekisho({"accounts", "disable", "first"}, "", true);
  EXPECT_EQ(refused.code, kNotPermitted);
  EXPECT_EQ(member(refused, "code"), "account.forbidden");
  EXPECT_EQ(member(refused, "title"), "The role does not allow it.");
  EXPECT_THAT(refused.complaint, HasSubstr("account.forbidden"));
}

TEST_F(Administer, a_session_ends_for_good_when_it_is_closed) {  // ADM-05
  settle();
  const fs::path file = kept(), copy = root() / "copy";
  fs::copy_file(file, copy);
  const Outcome closed = sekisho({"session", "close"});
  EXPECT_EQ(closed.out, "Nobody is signed in any more.\n");
  EXPECT_THAT(kept().string(), IsEmpty());
  fs::copy_file(copy, file);
  const Outcome again = sekisho({"session", "show"});
  EXPECT_EQ(again.code, kNotPermitted);
  EXPECT_THAT(again.complaint, HasSubstr("account.session_ended"));
  EXPECT_THAT(kept().string(), IsEmpty()) << "what is over is not kept";
}

TEST_F(Administer, a_wrong_password_is_not_permitted) {
  settle();
  const Outcome wrong = sekisho({"session", "open", "first"}, "another one\n" + code("first") + "\n");
  EXPECT_EQ(wrong.code, kNotPermitted);
  EXPECT_THAT(wrong.complaint, HasSubstr("(account.refused)"));
  EXPECT_THAT(kept().string(), Not(IsEmpty())) << "the session before goes on";
}

TEST_F(Administer, what_cannot_be_is_said_before_anybody_is_asked) {
  settle();
  const Outcome name = sekisho({"accounts", "disable", "Not A Name"});
  EXPECT_EQ(name.code, kUsage);
  EXPECT_EQ(name.complaint, "sekisho: NAME: It is not in the form it has to have.\n");
  const Outcome limit = sekisho({"records", "find", "--limit", "0", "--lang", "ja"});
  EXPECT_EQ(limit.complaint, "sekisho: --limit: 値が範囲の外です。\n");
  const Outcome ends =
      sekisho({"accounts", "create", "a", "--person", "x", "--role", "viewer", "--ends", "soon"});
  EXPECT_THAT(ends.complaint, HasSubstr("--ends: "));
  const Outcome secret = sekisho({"account", "password"}, "one line\n");
  EXPECT_EQ(secret.code, kUsage);
  EXPECT_THAT(secret.complaint, HasSubstr("there is no new password"));
}

TEST_F(Administer, nobody_is_there_when_the_box_is_not) {
  box.reset();
  fs::remove(root() / "control");
  const Outcome outcome = sekisho({"session", "open", "x"}, "a\n\n");
  EXPECT_EQ(outcome.code, kDaemonUnreachable);
}

/// Something that the contract takes; `file` is one that can be read.
std::string some_value(const api::Parameter& parameter, const std::string& file) {
  switch (parameter.type) {
    case api::Type::document:
      return file;
    case api::Type::number:
      return std::to_string(parameter.low);
    case api::Type::flag:
      return "true";
    case api::Type::time:
      return "2030-01-01";
    case api::Type::digest:
      return std::string(64, 'a');
    case api::Type::role:
      return "viewer";
    default:
      return std::string("nobody-there").substr(0, parameter.high);
  }
}

/// What it answers is JSON in any case, also that somebody behind it is away.
TEST_F(Administer, every_operation_of_the_contract_is_reached) {
  settle();
  const std::string file = root() / "some.yaml";
  std::ofstream(file) << "version: 1\n";
  for (const api::Operation& row : api::operations()) {
    if (row.id == api::OperationId::session_close) continue;
    const auto found = std::ranges::find(commands(), std::optional(row.id), &Command::operation);
    const std::size_t space = found->words.find(' ');
    std::vector<std::string> words{found->words.substr(0, space), found->words.substr(space + 1)}, options;
    std::string secrets;
    for (const api::Parameter& parameter : api::parameters_of(row.id)) {
      if (parameter.is_secret())
        secrets += "a secret of nobody\n";
      else if (is_operand(parameter))
        words.push_back(some_value(parameter, file));
      else if (parameter.need == api::Need::required)
        options.insert(options.end(), {"--" + std::string(parameter.name), some_value(parameter, file)});
    }
    words.insert(words.end(), options.begin(), options.end());
    const Outcome outcome = sekisho(words, secrets, true);
    EXPECT_NE(outcome.code, kUsage) << row.name << ": " << outcome.complaint;
    EXPECT_TRUE(api::read_json(outcome.out)) << row.name << ": " << outcome.out;
    EXPECT_THAT(outcome.complaint, Not(HasSubstr("session_ended"))) << row.name;
  }
  EXPECT_EQ(sekisho({"session", "close"}).code, kOk);
}

}  // namespace
}  // namespace gw::cli
