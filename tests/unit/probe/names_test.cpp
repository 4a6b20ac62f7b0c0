#include "probe/names.h"

#include <gtest/gtest.h>

namespace gw::probe {
namespace {

using Outcome = model::ProofCase::Outcome;

model::DialTable table(std::initializer_list<const char*> forbidden) {
  model::DialTable out;
  for (const char* prefix : forbidden) out.forbidden.push_back(*model::Prefix::parse(prefix));
  return out;
}

TEST(FollowNames, the_clinics_prefixes_are_tried_plain_and_wrapped) {
  const auto cases = follow_names(table({"10.21.1.0/24", "fd00:1::/64"}));
  std::size_t of_the_clinic = 0;
  for (const model::ProofCase& one : cases) {
    EXPECT_EQ(one.outcome, Outcome::held) << one.tried;
    EXPECT_EQ(one.way, "W8");
    of_the_clinic += one.tried.find("of the clinic") != std::string::npos;
  }
  EXPECT_EQ(of_the_clinic, 3u);
}

TEST(FollowNames, where_no_cloud_lives_is_tried_even_with_an_empty_table) {
  EXPECT_GE(follow_names(table({})).size(), 8u);
}

}  // namespace
}  // namespace gw::probe
