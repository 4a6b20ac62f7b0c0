#include "model/terminal_roll.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace gw::model {
namespace {

using testing::ElementsAre;
using testing::Field;
using testing::IsEmpty;
using testing::SizeIs;
using Row = TerminalRoll::Row;
using Standing = TerminalRoll::Standing;
using What = Cut::What;

const std::string kFingerprint(64, 'a');

Wiring two_tenants() {
  Wiring wiring;
  wiring.compartments = {
      {.tenant = TenantId(0), .name = "karte", .terminals = {{"desk-1"}, {"desk-2", true}}},
      {.tenant = TenantId(1), .name = "imaging", .terminals = {{"ct-1"}}}};
  return wiring;
}
/// "karte/desk-1 known"; with "?" for what the configuration has no more.
std::vector<std::string> words(const std::vector<Cut>& cuts) {
  std::vector<std::string> out;
  for (const Row& row : roll_of(two_tenants(), cuts).rows)
    out.push_back(row.tenant + "/" + row.terminal + (row.configured ? " " : "? ") +
                  std::string(to_string(row.standing)));
  return out;
}

TEST(TerminalRollTest, has_every_terminal_of_the_configuration) {
  EXPECT_THAT(words({}), ElementsAre("karte/desk-1 known", "karte/desk-2 blocked_in_configuration",
                                     "imaging/ct-1 known"));
}

TEST(TerminalRollTest, tells_what_is_blocked_from_what_is_cut_off) {
  EXPECT_THAT(
      words({{What::certificates, "karte", "desk-1"}, {What::terminal, "imaging", "ct-1"}}),
      ElementsAre("karte/desk-1 blocked", "karte/desk-2 blocked_in_configuration", "imaging/ct-1 cut_off"));
  EXPECT_THAT(words({{What::tenant, "imaging"}, {What::certificates, "imaging", "ct-1"}}).back(),
              "imaging/ct-1 blocked");
  EXPECT_THAT(words({{}}).front(), "karte/desk-1 cut_off");
}

TEST(TerminalRollTest, one_blocked_certificate_leaves_its_terminal_known) {
  const TerminalRoll roll = roll_of(two_tenants(), {{What::certificates, "karte", "desk-1", kFingerprint}});
  EXPECT_EQ(roll.rows[0].standing, Standing::known);
  EXPECT_THAT(roll.rows[0].certificates,
              ElementsAre(Field(&TerminalRoll::Certificate::fingerprint, kFingerprint)));
  EXPECT_THAT(roll.rows[1].certificates, IsEmpty());
}

TEST(TerminalRollTest, a_block_of_a_terminal_that_has_gone_is_not_forgotten) {
  const auto rows = words({{What::certificates, "karte", "desk-9"},
                           {What::certificates, "karte", "desk-9", kFingerprint},
                           {What::service, "karte", "emr"},
                           {What::source, "", "10.1.0.7"}});
  EXPECT_THAT(rows, SizeIs(4));
  EXPECT_EQ(rows.back(), "karte/desk-9? blocked");
}

TEST(TerminalRollTest, travels_whole) {
  const TerminalRoll roll = roll_of(two_tenants(), {{What::certificates, "karte", "desk-1", kFingerprint}});
  const auto bytes = encode(roll);
  const auto back = decode<TerminalRoll>(bytes);
  ASSERT_TRUE(back);
  EXPECT_EQ(encode(*back), bytes);
}

}  // namespace
}  // namespace gw::model
