// Certificate profiles are read as strictly as the configuration (CRT-02, CRT-08).

#include "ca/profile.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "ca/profile_text.h"
#include "unit/ca/site_authority.h"

namespace gw::ca {
namespace {

const std::string kGood =
    "version: 1\nrole: terminal\nsubject: [common_name]\nkeys: [p256]\nusage: [digital_signature]\n"
    "purposes: [client_auth]\nnames: terminal\nlongest: 397 d\n";

std::string replaced(const std::string& what, const std::string& with) {
  std::string text = kGood;
  const std::size_t at = text.find(what);
  EXPECT_NE(at, std::string::npos) << what;
  return text.replace(at, what.size(), with);
}

/// The first problem as "line:column code", or "" for a profile without any.
std::string first_problem(const std::string& text) {
  const ReadProfile read = read_profile(text);
  EXPECT_EQ(read.profile.has_value(), read.problems.empty());
  if (read.problems.empty()) return "";
  const config::Problem& problem = read.problems.front();
  return std::to_string(problem.at.line) + ":" + std::to_string(problem.at.column) + " " +
         std::string(to_string(problem.code));
}

TEST(ProfileText, every_mistake_has_its_place) {
  EXPECT_EQ(first_problem(kGood), "");
  EXPECT_EQ(first_problem(kGood + "colour: red\n"), "9:1 config.key.unknown");
  EXPECT_EQ(first_problem(kGood + "role: web\n"), "9:1 config.key.repeated");
  EXPECT_EQ(first_problem(replaced("role: terminal\n", "")), "1:1 config.key.missing");
  EXPECT_EQ(first_problem(replaced("version: 1", "version: 2")), "1:10 config.version");
  EXPECT_EQ(first_problem(replaced("role: terminal", "role: terminals")), "2:7 config.value.choice");
  EXPECT_EQ(first_problem(replaced("[p256]", "[p256, p192]")), "4:14 config.value.choice");
  EXPECT_EQ(first_problem(replaced("[p256]", "[p256, p256]")), "4:14 config.name.repeated");
  EXPECT_EQ(first_problem(replaced("[p256]", "p256")), "4:7 config.value.type");
  EXPECT_EQ(first_problem(replaced("397 d", "397")), "8:10 config.value.unit");
  EXPECT_EQ(first_problem(replaced("397 d", "0 d")), "8:10 config.value.range");
  EXPECT_EQ(first_problem("- a\n"), "1:1 config.value.type");
  EXPECT_NE(first_problem(""), "");
}

TEST(ProfileText, a_near_miss_is_helped) {
  const ReadProfile read = read_profile(kGood + "purpose: [client_auth]\n");
  ASSERT_EQ(read.problems.size(), 1u);
  EXPECT_NE(read.problems.front().text.find("did you mean `purposes`?"), std::string::npos)
      << read.problems.front().text;
}

struct Contradiction {
  const char* name;
  void (*make)(Profile& profile);
};
void PrintTo(const Contradiction& row, std::ostream* out) { *out << row.name; }
class ProfileContradictionTest : public testing::TestWithParam<Contradiction> {};

TEST_P(ProfileContradictionTest, is_refused) {
  Profile profile = profile_named("terminal");
  ASSERT_TRUE(check_profile(profile));
  GetParam().make(profile);
  EXPECT_EQ(refusal(check_profile(profile)), "profile.contradictory");
}

const Contradiction kContradictions[] = {
    {"a_terminal_that_certifies", [](Profile& p) { p.usage.push_back(Usage::sign_certificates); }},
    {"a_terminal_that_revokes", [](Profile& p) { p.usage.push_back(Usage::sign_lists); }},
    {"an_authority_with_a_purpose",
     [](Profile& p) {
       p = profile_named("site_ca");
       p.purposes = {Purpose::client_auth};
     }},
    {"an_authority_with_names",
     [](Profile& p) {
       p = profile_named("site_ca");
       p.names = NameForm::hosts;
     }},
    {"an_authority_that_may_not_certify",
     [](Profile& p) {
       p = profile_named("site_ca");
       p.usage = {Usage::sign_lists};
     }},
    {"a_terminal_that_is_a_server_too", [](Profile& p) { p.purposes.push_back(Purpose::server_auth); }},
    {"a_terminal_for_no_side", [](Profile& p) { p.purposes.clear(); }},
    {"a_terminal_whose_key_does_not_sign", [](Profile& p) { p.usage.clear(); }},
    {"a_terminal_with_constraints", [](Profile& p) { p.has_territory = true; }},
    {"a_terminal_that_lives_for_fourteen_months", [](Profile& p) { p.longest += kDay; }},
};
INSTANTIATE_TEST_SUITE_P(Rules, ProfileContradictionTest, testing::ValuesIn(kContradictions),
                         [](const auto& row) { return row.param.name; });

class ProfileFileTest : public testing::TestWithParam<Word<Role>> {};

TEST_P(ProfileFileTest, holds_the_role_it_is_named_for) {
  EXPECT_EQ(profile_named(std::string(GetParam().text)).role, GetParam().value);
}
INSTANTIATE_TEST_SUITE_P(Roles, ProfileFileTest, testing::ValuesIn(kRoleWords),
                         [](const auto& row) { return std::string(row.param.text); });

/// What the files may not lose, whoever edits them (CRT-02, CRT-08, SRV-06).
TEST(ProfileFiles, keep_what_they_are_there_for) {
  const Profile terminal = profile_named("terminal"), site = profile_named("site_ca");
  EXPECT_EQ(terminal.purposes, std::vector{Purpose::client_auth});
  EXPECT_LE(terminal.longest, kLongestClient);
  EXPECT_EQ(terminal.names, NameForm::terminal);
  EXPECT_EQ(site.path_length, 0);
  EXPECT_TRUE(site.has_territory);
  EXPECT_EQ(site.keys, std::vector{KeyKind::p384});
  EXPECT_LE(site.longest, 3653 * kDay);
  for (const char* server : {"box_server", "web"})
    EXPECT_EQ(profile_named(server).purposes, std::vector{Purpose::server_auth}) << server;
}

}  // namespace
}  // namespace gw::ca
