#include "dial/resolver.h"

#include <gtest/gtest.h>

#include <set>

#include "component/dial/name_server.h"
#include "component/dial/stage.h"

namespace gw::dial {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using Via = NameServer::Via;
using Replies = std::vector<NameServer::Octets>;

const std::string kName = "cloud.example";

struct Asked {
  std::optional<Addresses> addresses;
};

sys::Detached ask(Resolver& resolver, const std::string& name, Instant deadline, Asked& asked) {
  asked.addresses = co_await resolver.resolve(name, deadline);
}

class ResolverTest : public testing::Test {
 protected:
  Stage stage;
  Resolver resolver{*stage.reactor};
  NameServer first{"127.0.0.1", says({"203.0.113.7", "2001:db8::7"})};
  NameServer second{"127.0.0.1", says({"203.0.113.8"})};

  ResolverTest() {
    stage.actors = {[this] { first.act(); }, [this] { second.act(); }};
    resolver.use({first.endpoint(), second.endpoint()});
  }

  void TearDown() override {
    EXPECT_TRUE(stage.let_time_pass_until([this] { return resolver.idle(); }));
  }

  void start(Asked& asked, const std::string& name = kName, seconds patience = seconds(20)) {
    ask(resolver, name, stage.clock.now() + patience, asked);
  }
  std::vector<std::string> finish(Asked& asked) {
    EXPECT_TRUE(stage.run_until([&] { return asked.addresses.has_value(); }));
    std::vector<std::string> texts;
    if (asked.addresses)
      for (const auto& a : *asked.addresses) texts.push_back(a.to_text());
    return texts;
  }
  std::vector<std::string> resolve(const std::string& name = kName) {
    Asked asked;
    start(asked, name);
    return finish(asked);
  }
  using Texts = std::vector<std::string>;
};

TEST_F(ResolverTest, asks_for_both_families_at_once_and_gives_them_by_turns) {
  EXPECT_EQ(resolve(), (Texts{"2001:db8::7", "203.0.113.7"}));
  ASSERT_EQ(first.heard().size(), 2u);
  EXPECT_NE(first.heard()[0].question.type, first.heard()[1].question.type);
  EXPECT_TRUE(second.heard().empty());
}

TEST_F(ResolverTest, an_answer_is_kept_for_its_ttl) {
  resolve();
  stage.clock.advance(seconds(299));
  resolve();
  EXPECT_EQ(first.heard().size(), 2u);
  stage.clock.advance(seconds(1));
  resolve();
  EXPECT_EQ(first.heard().size(), 4u);
}

TEST_F(ResolverTest, asks_for_one_name_at_the_same_time_share_one_lookup) {
  std::array<Asked, 5> askers;
  for (Asked& asked : askers) start(asked);
  for (Asked& asked : askers) EXPECT_EQ(finish(asked).size(), 2u);
  EXPECT_EQ(first.heard().size(), 2u);
}

TEST_F(ResolverTest, every_question_has_a_port_and_an_id_of_its_own) {
  std::set<std::uint16_t> ports, ids;
  for (int i = 0; i < 20; ++i) resolve("host" + std::to_string(i) + ".example");
  for (const auto& heard : first.heard()) {
    ports.insert(heard.source_port);
    ids.insert(heard.question.id);
  }
  EXPECT_EQ(first.heard().size(), 40u);
  EXPECT_GT(ports.size(), 30u);  // random, so a few may meet
  EXPECT_GT(ids.size(), 30u);
}

TEST_F(ResolverTest, replies_with_a_wrong_id_or_name_are_not_believed) {
  first.follow([](const dns::Question& question, Via via) {
    dns::Question other_id = question, other_name = question;
    other_id.id = static_cast<std::uint16_t>(question.id + 1);
    other_name.name = "other.example";
    Replies replies{{0xff}, {}};
    for (const auto& wrong : {other_id, other_name})
      replies.push_back(says({"192.0.2.66", "2001:db8::66"})(wrong, via).front());
    replies.push_back(says({"203.0.113.7"})(question, via).front());
    return replies;
  });
  EXPECT_EQ(resolve(), Texts{"203.0.113.7"});
}

TEST_F(ResolverTest, a_flood_of_wrong_replies_ends_the_question_and_the_next_server_is_asked) {
  first.follow([](const dns::Question& question, Via via) {
    dns::Question wrong = question;
    Replies replies;
    for (int i = 1; i <= 40; ++i) {
      wrong.id = static_cast<std::uint16_t>(question.id + i);
      replies.push_back(says({"192.0.2.66"})(wrong, via).front());
    }
    return replies;
  });
  EXPECT_EQ(resolve(), Texts{"203.0.113.8"});
}

TEST_F(ResolverTest, a_truncated_answer_is_fetched_over_tcp) {
  first.follow([](const dns::Question& question, Via via) {
    if (via == Via::udp) return Replies{dns::Reply(question, dns::Reply::kTruncated).octets()};
    return says({"203.0.113.7", "2001:db8::7"})(question, via);
  });
  EXPECT_EQ(resolve(), (Texts{"2001:db8::7", "203.0.113.7"}));
  EXPECT_EQ(first.heard().size(), 4u);
}

TEST_F(ResolverTest, aliases_are_followed) {
  first.follow([](const dns::Question& question, Via) {
    dns::Reply reply(question);
    reply.alias(dns::kAsked, dns::wire_name("edge.example"));
    if (question.type == dns::Type::a) reply.address(dns::wire_name("edge.example"), "203.0.113.9");
    return Replies{reply.octets()};
  });
  EXPECT_EQ(resolve(), Texts{"203.0.113.9"});
}

TEST_F(ResolverTest, a_silent_server_is_passed_over_and_asked_last_from_then_on) {
  first.follow(stays_silent());
  Asked asked;
  start(asked);
  stage.run_until([&] { return first.heard().size() == 2; });
  stage.clock.advance(seconds(1));
  EXPECT_EQ(finish(asked), Texts{"203.0.113.8"});
  EXPECT_EQ(resolve("other.example"), Texts{"203.0.113.8"}) << "without another second of waiting";
  EXPECT_EQ(first.heard().size(), 2u);
}

TEST_F(ResolverTest, a_server_that_fails_is_passed_over_at_once) {
  first.follow([](const dns::Question& question, Via) {
    return Replies{dns::Reply(question, dns::Reply::kServerFailure).octets()};
  });
  EXPECT_EQ(resolve(), Texts{"203.0.113.8"});
}

TEST_F(ResolverTest, a_port_where_nobody_listens_is_passed_over_at_once) {
  resolver.use({closed_endpoint("127.0.0.1"), second.endpoint()});
  EXPECT_EQ(resolve(), Texts{"203.0.113.8"});
}

TEST_F(ResolverTest, no_such_name_is_believed_and_kept_for_a_moment) {
  first.follow([](const dns::Question& question, Via) {
    return Replies{dns::Reply(question, dns::Reply::kNoSuchName).soa(60, 60).octets()};
  });
  EXPECT_EQ(resolve(), Texts{});
  EXPECT_EQ(resolve(), Texts{});
  EXPECT_EQ(first.heard().size(), 2u);
  EXPECT_TRUE(second.heard().empty());
  stage.clock.advance(seconds(5));
  resolve();
  EXPECT_EQ(first.heard().size(), 4u);
}

TEST_F(ResolverTest, one_family_is_enough_when_the_other_is_slow) {
  first.follow([](const dns::Question& question, Via via) {
    return question.type == dns::Type::a ? says({"203.0.113.7"})(question, via) : Replies();
  });
  Asked asked;
  start(asked);
  stage.run_until([&] { return first.heard().size() == 2; });
  stage.run_a_while();
  EXPECT_FALSE(asked.addresses) << "the other family has 200 ms more";
  stage.clock.advance(milliseconds(200));
  EXPECT_EQ(finish(asked), Texts{"203.0.113.7"});
}

TEST_F(ResolverTest, when_nobody_answers_the_old_addresses_serve_for_a_while) {
  resolve();
  first.follow(stays_silent());
  second.follow(stays_silent());
  stage.clock.advance(seconds(301));
  Asked asked;
  start(asked);
  stage.run_until([&] { return first.heard().size() == 4; });
  stage.clock.advance(milliseconds(1'800));  // RFC 8767 5
  EXPECT_EQ(finish(asked), (Texts{"2001:db8::7", "203.0.113.7"}));
}

TEST_F(ResolverTest, who_asks_waits_no_longer_than_its_deadline) {
  first.follow(stays_silent());
  Asked patient, hasty;
  start(patient);
  start(hasty, kName, seconds(1));
  stage.run_until([&] { return first.heard().size() == 2; });
  stage.clock.advance(seconds(1));
  EXPECT_EQ(finish(hasty), Texts{});
  EXPECT_EQ(finish(patient), Texts{"203.0.113.8"});
}

TEST_F(ResolverTest, without_servers_nothing_resolves) {
  resolver.use({});
  EXPECT_EQ(resolve(), Texts{});
}

TEST_F(ResolverTest, other_servers_make_earlier_answers_void) {
  resolve();
  resolver.use({second.endpoint()});
  EXPECT_EQ(resolve(), Texts{"203.0.113.8"});
}

TEST_F(ResolverTest, an_answer_under_way_when_the_servers_change_is_not_kept) {
  first.follow(stays_silent());
  Asked asked;
  start(asked);
  stage.run_until([&] { return first.heard().size() == 2; });
  resolver.use({second.endpoint()});
  stage.clock.advance(seconds(1));
  EXPECT_EQ(finish(asked), Texts{"203.0.113.8"});
  EXPECT_EQ(second.heard().size(), 4u) << "once for the lookup that began before, once after";
}

}  // namespace
}  // namespace gw::dial
