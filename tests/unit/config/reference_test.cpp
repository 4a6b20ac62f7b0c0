#include <gtest/gtest.h>

#include <set>

#include "config/schema.h"
#include "config/source.h"
#include "sample.h"

namespace gw::config {
namespace {

/// "tenants.services.upstream.port" for each key of the table.
class TableKeys {
 public:
  explicit TableKeys(std::string prefix) : prefix_(std::move(prefix)) {}
  template <class T>
  void operator()(std::string_view key, Given<T>& target, Presence, const char*) {
    found.insert(prefix_ + std::string(key));
    TableKeys inner(prefix_ + std::string(key) + ".");
    if constexpr (IsList<T>) {
      using Item = typename decltype(target.value.items)::value_type;
      Item item;
      inner.into(item.value);
    } else {
      inner.into(target.value);
    }
    found.merge(inner.found);
  }
  template <class T>
  void into(T& value) {
    if constexpr (!IsValue<T> && !std::is_same_v<T, TerminalNames>) each_key(*this, value);
  }
  std::set<std::string> found{};

 private:
  std::string prefix_;
};

void collect(const Node& node, const std::string& prefix, std::set<std::string>& found) {
  for (const Node& item : node.items) collect(item, prefix, found);
  for (const Node::Entry& entry : node.entries) {
    found.insert(prefix + entry.key);
    collect(entry.value, prefix + entry.key + ".", found);
  }
}

std::string without(const std::set<std::string>& all, const std::set<std::string>& known) {
  std::string out;
  for (const std::string& key : all)
    if (!known.contains(key)) out += key + "\n";
  return out;
}

TEST(Reference, shows_every_key_of_the_table_except_what_a_short_form_hides) {
  RootKeys root;
  TableKeys table("");
  each_key(table, root);
  Problems problems;
  const auto tree = read_source(read_text("configs/reference/sekisho.yaml"), problems);
  ASSERT_TRUE(tree);
  std::set<std::string> shown;
  collect(*tree, "", shown);
  for (const char* key : {"name", "until", "reason", "approver"})
    if (shown.contains(std::string("tenants.services.upstream.profile.") + key))
      shown.insert(std::string("tenants.services.downstream.profile.") + key);
  for (const char* key : {"file", "from", "until"})
    if (shown.contains(std::string("tenants.terminal_anchors.") + key))
      for (const char* section :
           {"tenants.services.upstream.anchors.", "management.anchors.", "noc.anchors."})
        shown.insert(std::string(section) + key);
  if (shown.contains("tenants.services.upstream.identity"))
    shown.insert("tenants.services.downstream.identity");
  const std::set<std::string> so_far = shown;
  for (const std::string& key : so_far)  // the same section once more
    if (const std::string section = "tenants.services.downstream"; key.starts_with(section))
      shown.insert("tenants.enrolment.downstream" + key.substr(section.size()));
  EXPECT_EQ(without(table.found, shown), "");
  EXPECT_GT(table.found.size(), 60u);
}

TEST(Reference, is_usable_without_a_remark) {
  const auto compiled = compile_sample(read_text("configs/reference/sekisho.yaml"));
  EXPECT_EQ(places(compiled), "");
  EXPECT_TRUE(compiled.configuration);
}

/// What a comment calls a default is one: the first service of the second tenant gives nothing but what it
/// must.
TEST(Reference, shows_the_defaults) {
  const auto compiled = compile_sample(read_text("configs/reference/sekisho.yaml"));
  ASSERT_TRUE(compiled.configuration);
  const model::Tenant &shown = compiled.configuration->tenants[0], &bare = compiled.configuration->tenants[1];
  EXPECT_EQ(shown.limits.sessions, bare.limits.sessions);
  EXPECT_EQ(shown.limits.sessions_per_terminal, bare.limits.sessions_per_terminal);
  EXPECT_EQ(shown.limits.sessions_per_source, bare.limits.sessions_per_source);
  EXPECT_EQ(shown.limits.handshakes, bare.limits.handshakes);
  EXPECT_EQ(shown.limits.connections, bare.limits.connections);
  EXPECT_EQ(shown.limits.connections_per_terminal, bare.limits.connections_per_terminal);
  EXPECT_EQ(shown.limits.connections_per_source, bare.limits.connections_per_source);
  EXPECT_EQ(shown.services[0].limits.idle, bare.services[0].limits.idle);
  EXPECT_EQ(shown.services[0].limits.lifetime, bare.services[0].limits.lifetime);
  EXPECT_EQ(shown.services[0].limits.connect, bare.services[0].limits.connect);
  EXPECT_EQ(shown.services[0].limits.handshake, bare.services[0].limits.handshake);
  EXPECT_EQ(shown.services[0].mode, bare.services[0].mode);
  EXPECT_EQ(shown.services[0].upstream.resume, bare.services[0].upstream.resume);
  EXPECT_EQ(shown.services[0].upstream.proxy_header, bare.services[0].upstream.proxy_header);
}

TEST(Sites, the_demo_is_usable_without_a_remark) {
  EXPECT_EQ(places(compile_sample(read_text("configs/sites/demo.yaml"))), "");
}

}  // namespace
}  // namespace gw::config
