#include "config/narrowing.h"

#include <gtest/gtest.h>

#include "config/diff.h"
#include "config/schema.h"
#include "sample.h"

namespace gw::config {
namespace {

/// Whether one of the differences may allow more than before; there is one at least.
bool widens(const Sample& before, const Sample& after) {
  const auto old = before.compiled(), fresh = after.compiled();
  EXPECT_TRUE(old.configuration && fresh.configuration) << places(old) << places(fresh);
  if (!old.configuration || !fresh.configuration) return true;
  const auto all = differences(*old.configuration, *fresh.configuration);
  EXPECT_FALSE(all.empty());
  for (const Difference& each : all)
    if (each.widens) return true;
  return false;
}

Sample with_rules(const std::string& rules) {
  Sample out;
  out.terminals = "      - {name: t1}\n      - {name: t2}\n";
  out.rules = rules;
  return out;
}

TEST(Narrowing, a_terminal_that_loses_its_rule_is_one_and_one_that_gains_it_is_none) {  // ADM-12
  const Sample both = with_rules("      - {name: r, terminals: [t1, t2], service: s}\n");
  const Sample one = with_rules("      - {name: r, terminals: [t1], service: s}\n");
  EXPECT_FALSE(widens(both, one));
  EXPECT_TRUE(widens(one, both));
}

TEST(Narrowing, an_earlier_end_is_one_and_a_later_one_or_none_is_none) {
  const Sample open = with_rules("      - {name: r, terminals: [t1], service: s}\n");
  const Sample early = with_rules("      - {name: r, terminals: [t1], service: s, until: 2026-12-31}\n");
  const Sample late = with_rules("      - {name: r, terminals: [t1], service: s, until: 2027-01-31}\n");
  EXPECT_FALSE(widens(open, early));
  EXPECT_FALSE(widens(late, early));
  EXPECT_TRUE(widens(early, late));
  EXPECT_TRUE(widens(early, open));
}

TEST(Narrowing, a_blocked_terminal_is_one_and_its_release_is_none) {
  Sample blocked;
  blocked.terminals = "      - {name: t1, blocked: on}\n";
  EXPECT_FALSE(widens({}, blocked));
  EXPECT_TRUE(widens(blocked, {}));
}

TEST(Narrowing, an_exception_from_the_profile_is_none_and_its_end_is_one) {
  const auto weak_until = [](const std::string& day) {
    Sample out;
    out.upstream_extra =
        "          profile: {name: HIGH-12, until: " + day + ", reason: an old server, approver: hanako}\n";
    return out;
  };
  EXPECT_TRUE(widens({}, weak_until("2027-01-31")));
  EXPECT_FALSE(widens(weak_until("2027-01-31"), {}));
  EXPECT_FALSE(widens(weak_until("2027-01-31"), weak_until("2026-12-31")));
  EXPECT_TRUE(widens(weak_until("2026-12-31"), weak_until("2027-01-31")));
}

TEST(Narrowing, an_earlier_end_of_what_is_passed_through_is_one) {
  const auto until = [](const std::string& day) {
    Sample out;
    out.downstream = "";
    out.upstream = "{server_name: s.example, port: 443}";
    out.terminals = "      - {name: t1, match: {source: 10.1.0.40}}\n";
    out.service_extra =
        "        mode: pass_through\n        exception: {until: " + day + ", reason: x, approver: y}\n";
    return out;
  };
  EXPECT_FALSE(widens(until("2027-01-31"), until("2026-12-31")));
  EXPECT_TRUE(widens(until("2026-12-31"), until("2027-01-31")));
  EXPECT_TRUE(widens({}, until("2026-12-31"))) << "another mode";
}

TEST(Narrowing, another_address_of_the_cloud_is_none) {
  Sample other;
  other.upstream_extra = "          addresses: [203.0.113.1]\n";
  EXPECT_TRUE(widens({}, other));
  EXPECT_TRUE(widens(other, {}));
}

TEST(Narrowing, who_answers_for_an_exception_is_not_changed_by_the_way) {
  const auto exempt = [](const std::string& reason, const std::string& approver) {
    Sample out;
    out.upstream_extra = "          profile: {name: HIGH-12, until: 2027-01-31, reason: " + reason +
                         ", approver: " + approver + "}\n";
    return out;
  };
  EXPECT_TRUE(widens(exempt("an old server", "hanako"), exempt("an old server", "taro")));
  EXPECT_TRUE(widens(exempt("an old server", "hanako"), exempt("because", "hanako")));
}

TEST(Narrowing, a_shorter_deadline_is_one_and_a_longer_one_is_none) {
  const auto limited = [](const std::string& limits) {
    Sample out;
    out.service_extra = "        limits: {" + limits + "}\n";
    return out;
  };
  for (const char* key : {"idle", "lifetime", "connect", "handshake"}) {
    const Sample brief = limited(std::string(key) + ": 2 s"), patient = limited(std::string(key) + ": 1 min");
    EXPECT_TRUE(widens(brief, patient)) << key;
    EXPECT_FALSE(widens(patient, brief)) << key;
  }
  EXPECT_FALSE(widens(limited("connect: 1 s"), limited("connect: 500 ms"))) << "in whatever unit";
}

/// A certificate that names two terminals is nobody's; with one of them gone it would be the other's.
TEST(Narrowing, a_terminal_that_goes_is_none_since_its_certificate_may_be_anothers_then) {
  const Sample both = with_rules("      - {name: r, terminals: [t2], service: s}\n");
  Sample one = both;
  one.terminals = "      - {name: t2}\n";
  EXPECT_TRUE(widens(both, one));
}

TEST(Narrowing, another_key_by_which_orders_are_signed_is_none_even_behind_the_same_path) {
  Sample site;
  site.more_tenants =
      "noc: {operated_by: V, country: JP, certificate: noc.pem, key: noc.key, anchors: noc-ca.pem, "
      "figures: {server_name: f.example, port: 443}, records: {server_name: r.example, port: 6514}, "
      "orders: orders.pem}\n";
  const auto before = site.compiled();
  Surroundings surroundings = sample_surroundings();
  surroundings.read = [](const std::string& path) -> Result<std::string> {
    if (path != "orders.pem") return sample_file(path);
    return std::string("-----BEGIN PUBLIC KEY-----\nMIIC\n-----END PUBLIC KEY-----\n");
  };
  const auto after = compile(site.text(), surroundings);
  ASSERT_TRUE(before.configuration && after.configuration) << places(before) << places(after);
  const auto found = differences(*before.configuration, *after.configuration);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_TRUE(found.front().widens);
  EXPECT_EQ(found.front().words, "the key in orders.pem changes");
}

TEST(Narrowing, a_segment_that_goes_is_none_since_its_addresses_may_be_dialled_then) {
  EXPECT_FALSE(only_narrows({Edit::What::thing_goes, "LAN segment", "", "", ""}));
}

TEST(Narrowing, what_nobody_has_thought_about_is_none) {
  for (const auto what :
       {Edit::What::thing_comes, Edit::What::thing_goes, Edit::What::item_comes, Edit::What::item_goes,
        Edit::What::order, Edit::What::value, Edit::What::key_comes, Edit::What::key_goes})
    EXPECT_FALSE(only_narrows({what, "something new", "of the format", "a", "b"}));
  EXPECT_FALSE(only_narrows({Edit::What::value, "", "second_person", "widening", "never"}));
}

// ---------------------------------------------------------------- every row of the format

/// "tenants.rules.until: value earlier, key_comes always" for each key of schema.def, as differences see it.
class Verdicts {
 public:
  std::string text{};

  template <class T>
  void operator()(std::string_view key, Given<T>& target, Presence, const char*) {
    const Place outer = place_;
    place_.path += (outer.path.empty() ? "" : ".") + std::string(key);
    place_.keys += (outer.keys.empty() ? "" : " ") + std::string(key);
    if constexpr (IsList<T>) {
      typename decltype(target.value.items)::value_type item;
      list(key, item.value);
    } else if constexpr (std::is_same_v<T, TerminalNames>) {
      tell({What::item_comes, What::item_goes, What::order});
    } else {
      tell({What::value, What::key_comes, What::key_goes});
      if constexpr (!IsValue<T>) each_key(*this, target.value);
    }
    place_ = outer;
  }

 private:
  using What = Edit::What;
  struct Place {
    std::string path{}, thing{}, keys{};
  };

  template <class Item>
  void list(std::string_view key, Item& item) {
    if constexpr (requires { item.name; }) {
      place_.thing = noun_of(key);
      place_.keys.clear();
      tell({What::thing_comes, What::thing_goes});
      each_key(*this, item);
    } else {  // told whole, as the file it is
      tell({What::item_comes, What::item_goes, What::order});
    }
  }
  void tell(std::initializer_list<What> whats) {
    constexpr const char* kWords[] = {"comes", "goes",  "item comes", "item goes",
                                      "order", "value", "key comes",  "key goes"};
    std::string said;
    for (const What what : whats) {
      const std::string_view when = narrows_when(what, place_.thing, place_.keys);
      if (!when.empty())
        said += (said.empty() ? "" : ", ") + std::string(kWords[static_cast<std::size_t>(what)]) + " " +
                std::string(when);
    }
    text += place_.path + ": " + (said.empty() ? "never" : said) + "\n";
  }

  Place place_{};
};

std::string verdicts() {
  Verdicts verdicts;
  RootKeys root;
  each_key(verdicts, root);
  return verdicts.text;
}

/// A key that is new in the format is in the golden table by the hand of whoever thought about it.
TEST(Narrowing, of_every_key_of_the_format_is_what_was_agreed) {
  EXPECT_EQ(verdicts(), read_text("tests/data/golden/narrowing.txt"));
}

TEST(Narrowing, knows_no_key_that_the_format_has_not) {
  const std::string all = verdicts();
  std::size_t told = 0;
  for (const char* word : {" always", " earlier", " shorter", " on", " HIGH-13"})
    for (std::size_t at = all.find(word); at != std::string::npos; at = all.find(word, at + 1)) ++told;
  EXPECT_EQ(told, kNarrowings);
}

}  // namespace
}  // namespace gw::config
