// Every class of chain that RFC 5280 speaks of, with its verdict on both sides: the rows of
// tests/support/chains (CRT-08, SRV-01). The component test sends the same rows in real handshakes.

#include <gtest/gtest.h>

#include <set>

#include "support/chains/chain_case.h"
#include "unit/pki/chain_check.h"

namespace gw::pki {
namespace {

using model::CloseReason;
using support::Alone;
using support::ChainCase;
using support::ChainDraft;

PeerDemands demands_on(Peer side) {
  return {.peer = side, .host_name = side == Peer::cloud ? support::kCloudHost : ""};
}

ChainDraft draft_of(const ChainCase& row, Peer side) {
  ChainDraft chain = ChainDraft::good(side);
  row.make(chain);
  return chain;
}

ChainCheck check_for(const ChainDraft& chain) {
  return {demands_on(chain.side), chain.anchors_pem(), CivilTime(support::moment_of(chain.now))};
}

struct Case {
  ChainCase row;
  Peer side;
};
void PrintTo(const Case& one, std::ostream* out) { *out << one.row.clause; }

class ChainCasesTest : public testing::TestWithParam<Case> {
 protected:
  const ChainCase& row = GetParam().row;
  ChainDraft chain = draft_of(row, GetParam().side);
  ChainCheck check = check_for(chain);
};

TEST_P(ChainCasesTest, is_judged_as_its_row_says) {
  const CloseReason reason = check.refusal(chain.credential().chain_pem);
  EXPECT_EQ(model::to_string(reason), model::to_string(row.expected.of(chain.side)))
      << row.clause << ": " << check.words();
}

std::vector<Case> both_sides() {
  std::vector<Case> cases;
  for (const ChainCase& row : support::all_chain_cases())
    for (const Peer side : {Peer::terminal, Peer::cloud}) cases.push_back({row, side});
  return cases;
}

std::string name_of(const testing::TestParamInfo<Case>& one) {
  return std::string(one.param.row.name) +
         (one.param.side == Peer::terminal ? "_of_a_terminal" : "_of_a_cloud");
}

INSTANTIATE_TEST_SUITE_P(Chains, ChainCasesTest, testing::ValuesIn(both_sides()), name_of);

/// The most that libcrypto lets through of a refused row, on either side.
Alone alone(const ChainCase& row) {
  Alone most = Alone::refuses;
  for (const Peer side : {Peer::terminal, Peer::cloud}) {
    const ChainDraft chain = draft_of(row, side);
    if (row.expected.of(side) == CloseReason::finished) continue;
    ChainCheck check = check_for(chain);
    const std::string sent = chain.credential().chain_pem;
    if (check.library_believes(sent, X509_V_FLAG_X509_STRICT)) return Alone::believes;
    if (check.library_believes(sent, 0)) most = Alone::refuses_flag;
  }
  return most;
}

TEST(ChainRowsTest, say_truly_what_the_library_alone_lets_through) {
  for (const ChainCase& row : support::all_chain_cases())
    EXPECT_EQ(static_cast<int>(alone(row)), static_cast<int>(row.alone)) << row.name;
}

TEST(ChainRowsTest, are_many_and_each_has_a_name_of_its_own) {
  std::set<std::string> names;
  for (const ChainCase& row : support::all_chain_cases())
    EXPECT_TRUE(names.insert(row.name).second) << row.name;
  EXPECT_GE(names.size(), 150u);
}

}  // namespace
}  // namespace gw::pki
