// What an administrator is told of the sessions that stand, and what a change would do to them.

#include <gmock/gmock.h>

#include "component/proxy/open_sessions.h"

namespace gw {
namespace {

using testing::ElementsAre;

class StandingSessions : public OpenSessions {
 protected:
  model::Effect foreseen(const std::function<void(model::Tenant&)>& change) {
    const auto next = box.snapshot_with(change);
    return box.worker().rehearse(next.get());
  }
};

TEST_F(StandingSessions, each_is_listed_as_it_stands_page_by_page) {
  const auto emr = open("t1", 0), labs = open("t2", 1);
  ASSERT_TRUE(echoes(*emr));
  const auto all = box.worker().list({});
  ASSERT_EQ(all.rows.size(), 2u);
  EXPECT_TRUE(all.is_last);
  EXPECT_EQ(all.rows[0].terminal, "t1");
  EXPECT_EQ(all.rows[0].bytes_up, 1u);
  EXPECT_EQ(all.rows[1].terminal, "t2");
  EXPECT_EQ(all.rows[1].bytes_up, 0u);
  const auto rest = box.worker().list(all.rows[0].session);
  ASSERT_EQ(rest.rows.size(), 1u);
  EXPECT_EQ(rest.rows[0].session, all.rows[1].session);
  EXPECT_TRUE(box.worker().list(rest.rows[0].session).rows.empty());
}

TEST_F(StandingSessions, an_administrator_ends_one_and_no_other) {
  const auto emr = open("t1", 0), labs = open("t2", 1);
  const model::SessionId first = box.worker().list({}).rows[0].session;
  EXPECT_TRUE(box.worker().end(first));
  ASSERT_TRUE(box.until([&] { return !box.reasons().empty(); }));
  EXPECT_THAT(box.reasons(), ElementsAre("aborted_by_admin"));
  EXPECT_TRUE(echoes(*labs));
  EXPECT_FALSE(box.worker().end(first));
}

TEST_F(StandingSessions, what_a_change_would_end_is_told_with_the_reason_and_nothing_ends) {  // WLS-04
  const auto emr = open("t1", 0), labs = open("t2", 1);
  const model::Effect effect = foreseen([](model::Tenant& tenant) { tenant.rules[0].terminals.clear(); });
  EXPECT_EQ(effect.stay, 1u);
  EXPECT_EQ(effect.end, 1u);
  ASSERT_EQ(effect.endings.size(), 1u);
  EXPECT_EQ(effect.endings[0].terminal, "t1");
  EXPECT_EQ(effect.endings[0].reason, model::CloseReason::rule_removed);
  EXPECT_EQ(effect.endings[0].sessions, 1u);
  EXPECT_TRUE(echoes(*emr));
  EXPECT_TRUE(echoes(*labs));
}

TEST_F(StandingSessions, what_is_foreseen_is_what_comes) {
  const auto emr = open("t1", 0), labs = open("t2", 1);
  const auto changes = {
      +[](model::Tenant&) {}, +[](model::Tenant& tenant) { tenant.rules[1].terminals.clear(); },
      +[](model::Tenant& tenant) { tenant.services[0].upstream.server_name = "elsewhere.cloud.example"; }};
  for (const auto change : changes) {
    const model::Effect effect = foreseen(change);
    const auto adopted = box.publish(change);
    EXPECT_EQ(effect.stay, adopted.sessions_kept);
    EXPECT_EQ(effect.end, adopted.sessions_closed);
    ASSERT_TRUE(box.until([&] { return box.worker().list({}).rows.size() == effect.stay; }));
  }
}

TEST_F(StandingSessions, a_tenant_that_goes_takes_all_of_them_along) {
  const auto emr = open("t1", 0);
  const model::Effect effect = box.worker().rehearse(nullptr);
  EXPECT_EQ(effect.end, 1u);
  EXPECT_EQ(effect.endings.at(0).reason, model::CloseReason::draining);
}

}  // namespace
}  // namespace gw
