// Of a configuration nothing is left that its clinic has named.

#include "bundle/configuration.h"

#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "config/source.h"

namespace gw::bundle {
namespace {

using testing::HasSubstr;
using testing::Not;

std::string redacted(std::string_view text, Pseudonyms& names, Mode mode = Mode::ordinary) {
  const auto out = redact_configuration(text, names, mode);
  EXPECT_TRUE(out) << out.error().to_text();
  return out ? *out : std::string();
}

TEST(Configuration, names_have_pseudonyms_and_comments_are_gone) {
  Pseudonyms names;
  const std::string out = redacted(
      "# of Dr. Kato\nversion: 1\nsite: aoba\ntenants:\n  - name: karte\n    limits: {sessions: 900}\n"
      "    terminals: [{name: desk-1, blocked: on}]\n    rules:\n      - name: r1\n        terminals: "
      "[desk-1]\n"
      "        service: web\n      - name: r2\n        terminals: all\n        service: web\n",
      names);
  EXPECT_THAT(out, HasSubstr("version: 1\nsite: site-1\n"));
  EXPECT_THAT(out, HasSubstr("name: tenant-1"));
  EXPECT_THAT(out, HasSubstr("sessions: 900"));
  EXPECT_THAT(out, HasSubstr("terminals: [terminal-1]"));
  EXPECT_THAT(out, HasSubstr("terminals: all"));
  for (const char* real : {"Kato", "aoba", "karte", "desk-1", "web"}) EXPECT_THAT(out, Not(HasSubstr(real)));
}

TEST(Configuration, a_key_that_nobody_thought_of_gives_nothing_away) {
  Pseudonyms names;
  const std::string out = redacted("odd: Aoba Clinic\nspan: 15 min\nwhere: 10.1.2.3/24\n", names);
  EXPECT_EQ(out, "odd: word-1\nspan: 15 min\nwhere: 198.18.0.1/24\n");
  EXPECT_EQ(redact_configuration("a: [", names, Mode::ordinary).error().code, ErrorCode::config_syntax);
}

TEST(Configuration, it_is_the_same_for_the_same_names) {
  Pseudonyms names;
  const std::string_view text = "site: aoba\ntenants: [{name: karte}]\n";
  EXPECT_EQ(redacted(text, names), redacted(text, names));
  EXPECT_EQ(names.of(Kind::tenant, "karte"), "tenant-1");
}

/// Scalars of a tree that are a name of somebody, in all likelihood: not short, and with letters.
void collect(const config::Node& node, std::set<std::string>& out) {
  const bool has_letters = std::ranges::any_of(node.text, [](char c) { return std::isalpha(c) != 0; });
  if (node.text.size() > 3 && (has_letters || node.text.find('.') != std::string::npos))
    out.insert(node.text);
  for (const auto& item : node.items) collect(item, out);
  for (const auto& entry : node.entries) collect(entry.value, out);
}

/// Words of the box's own that configurations hold, and what the kernel calls its interfaces.
bool may_stay(const std::string& text) {
  static const std::set<std::string> words{
      "terminate",       "wrap",  "pass_through", "HIGH-13", "HIGH-12", "before-tls", "inside-tls", "alert",
      "refuse_terminal", "never", "widening",     "p256",    "p384",    "wards0"};
  const bool is_span =
      std::isdigit(static_cast<unsigned char>(text.front())) != 0 && text.find(' ') != std::string::npos;
  const bool is_time = text.size() > 18 && text[10] == 'T';
  return words.contains(text) || is_span || is_time || text.starts_with("lan") || text.starts_with("wan") ||
         text.starts_with("mgmt") || text.starts_with("eth");
}

TEST(Configuration, no_scalar_of_any_site_of_the_repository_is_left) {
  std::size_t looked_at = 0;
  for (const char* folder : {"/configs/reference", "/configs/sites"})
    for (const auto& entry :
         std::filesystem::recursive_directory_iterator(std::string(GW_SOURCE_DIR) + folder)) {
      if (entry.path().extension() != ".yaml") continue;
      std::stringstream text;
      text << std::ifstream(entry.path()).rdbuf();
      config::Problems problems;
      const auto tree = config::read_source(text.str(), problems);
      ASSERT_TRUE(tree) << entry.path();
      std::set<std::string> real;
      collect(*tree, real);
      Pseudonyms names;
      const std::string out = redacted(text.str(), names, Mode::strict);
      for (const std::string& one : real) {
        if (may_stay(one)) continue;
        EXPECT_THAT(out, Not(HasSubstr(": " + one + "\n"))) << entry.path();
        EXPECT_THAT(out, Not(HasSubstr("[" + one + "]"))) << entry.path();
        ++looked_at;
      }
    }
  EXPECT_GT(looked_at, 50u);
}

}  // namespace
}  // namespace gw::bundle
