#include "daemons/supervisor/second_path.h"

#include <gtest/gtest.h>

namespace gw::supervisor {
namespace {

using model::Finding;
using model::SecondPath;

model::IpAddress ip(const std::string& text) { return *model::IpAddress::parse(text); }

class MayRefuseTest : public testing::Test {
 protected:
  Edition edition;
  std::vector<model::Cut> cuts;

  void SetUp() override {
    model::LanSegment desks, wards;
    desks.addresses = {*model::Prefix::parse("10.1.0.1/24")};
    desks.second_path = SecondPath::refuse_terminal;
    desks.routers = {ip("10.1.0.254")};
    desks.dhcp_servers = {ip("10.1.0.2")};
    wards.addresses = {*model::Prefix::parse("10.2.0.1/24")};
    edition.wiring.segments = {desks, wards};
  }
  /// Empty, or why not.
  std::string told(const std::string& source, Finding finding = Finding::foreign_gateway) {
    const Result<> outcome = may_refuse({ip(source), finding}, edition, cuts);
    if (outcome) return {};
    EXPECT_EQ(outcome.error().code, ErrorCode::cut_not_by_itself);
    return outcome.error().detail;
  }
};

TEST_F(MayRefuseTest, a_terminal_of_a_segment_that_refuses_such_may_be_refused) {  // ISO-05
  EXPECT_EQ(told("10.1.0.9"), "");
}

TEST_F(MayRefuseTest, a_watcher_cannot_refuse_where_the_segment_only_alerts) {
  EXPECT_EQ(told("10.2.0.9"), "the segment's second_path is alert");
}

TEST_F(MayRefuseTest, a_watcher_cannot_refuse_for_a_finding_that_refuses_nobody) {
  EXPECT_EQ(told("10.1.0.9", Finding::used_as_router), "nobody is refused for this finding");
  EXPECT_EQ(told("10.1.0.9", Finding::box_address_claimed), "nobody is refused for this finding");
}

TEST_F(MayRefuseTest, neither_the_box_nor_a_declared_server_nor_a_stranger_elsewhere_is_refused) {
  for (const char* address : {"10.1.0.1", "10.1.0.254", "10.1.0.2", "203.0.113.7"})
    EXPECT_EQ(told(address), "no terminal of a segment has this address") << address;
}

TEST_F(MayRefuseTest, a_flood_of_refusals_leaves_room_in_the_book_for_people) {
  for (std::size_t i = 0; i < kMostRefused; ++i)
    cuts.push_back(cut_of(ip("10.1.0." + std::to_string(i + 3))));
  EXPECT_NE(told("10.1.0.200"), "");
  EXPECT_EQ(told("10.1.0.9"), "") << "who is cut off already may be told again";
  EXPECT_LT(kMostRefused, model::kMaxCuts);
}

}  // namespace
}  // namespace gw::supervisor
