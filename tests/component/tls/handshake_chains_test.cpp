// The rows of tests/support/chains once more, over the wire: stock OpenSSL sends each chain as a terminal and
// as a cloud; the box gives its reason and the peer hears the alert that belongs to it (RFC 8446 6.2, CRT-08,
// SRV-01).

#include <gtest/gtest.h>

#include "component/tls/meeting.h"
#include "support/chains/chain_case.h"

namespace gw::tls {
namespace {

using model::CloseReason;
using support::ChainCase;
using support::ChainDraft;

struct Case {
  ChainCase row;
  pki::Peer side;
};
void PrintTo(const Case& one, std::ostream* out) { *out << one.row.clause; }

class HandshakeChainsTest : public testing::TestWithParam<Case> {
 protected:
  static Meeting::Setup setup_of(const Case& one) {
    ChainDraft chain = ChainDraft::good(one.side);
    one.row.make(chain);
    return {.peer = one.side,
            .stranger = {.credential = chain.credential()},
            .anchors_pem = chain.anchors_pem(),
            .now = CivilTime(support::moment_of(chain.now))};
  }
};

TEST_P(HandshakeChainsTest, ends_as_its_row_says) {
  const ChainCase& row = GetParam().row;
  if (row.kept_in_memory != nullptr) GTEST_SKIP() << row.kept_in_memory;
  Meeting meeting(setup_of(GetParam()));
  ASSERT_TRUE(meeting.shake_hands()) << row.name;
  EXPECT_EQ(meeting.stranger().alert(),
            row.expected.of(GetParam().side) == CloseReason::finished ? 0 : row.expected.alert);
  if (row.expected.of(GetParam().side) == CloseReason::finished) {
    ASSERT_EQ(meeting.state(), HandshakeState::done) << model::to_string(meeting.stream().failure());
    EXPECT_TRUE(meeting.stream().peer());
    return;
  }
  ASSERT_EQ(meeting.state(), HandshakeState::failed) << row.clause;
  EXPECT_EQ(model::to_string(meeting.stream().failure()), model::to_string(row.expected.of(GetParam().side)));
}

std::vector<Case> both_sides() {
  std::vector<Case> cases;
  for (const ChainCase& row : support::all_chain_cases())
    for (const pki::Peer side : {pki::Peer::terminal, pki::Peer::cloud}) cases.push_back({row, side});
  return cases;
}

std::string name_of(const testing::TestParamInfo<Case>& one) {
  return std::string(one.param.row.name) +
         (one.param.side == pki::Peer::terminal ? "_of_a_terminal" : "_of_a_cloud");
}

INSTANTIATE_TEST_SUITE_P(Chains, HandshakeChainsTest, testing::ValuesIn(both_sides()), name_of);

}  // namespace
}  // namespace gw::tls
