// What is cut off ends at once and stays away; the others do not notice (ISO-10).

#include <gmock/gmock.h>

#include "base/text.h"
#include "component/proxy/open_sessions.h"
#include "pki/certificate.h"
#include "pki/twin.h"

namespace gw {
namespace {

using support::TlsPeer;
using testing::ElementsAre;

class CutTest : public OpenSessions {
 protected:
  /// Tries once and waits for what is written about it.
  std::vector<std::string> try_in_vain(const std::string& terminal, std::size_t listener) {
    const std::size_t before = box.reasons().size();
    const int dials = box.dials;
    TlsPeer client = box.connect(box.good_terminal(terminal), listener);
    EXPECT_TRUE(box.until([&] {
      client.step();
      return box.reasons().size() > before;
    }));
    EXPECT_EQ(box.dials, dials) << "the cloud hears nothing of it";
    return box.reasons();
  }
};

TEST_F(CutTest, a_terminal_that_is_cut_off_loses_its_sessions_and_gets_no_new_ones) {
  const auto emr = open("t1", 0), labs = open("t2", 1);
  box.worker().cut({.terminals = {{"t1"}}});
  ASSERT_TRUE(box.until([&] { return !box.reasons().empty(); }));
  EXPECT_THAT(box.reasons(), ElementsAre("cut_off"));
  EXPECT_THAT(try_in_vain("t1", 0), ElementsAre("cut_off", "cut_off"));
  EXPECT_TRUE(echoes(*labs));
}

TEST_F(CutTest, while_no_record_could_be_kept_nobody_begins_and_nobody_is_ended) {  // LOG-03
  const auto emr = open("t1", 0);
  box.worker().cut({.intake = model::Intake::closed});
  EXPECT_THAT(try_in_vain("t2", 1), ElementsAre("records_full"));
  EXPECT_TRUE(echoes(*emr));
  box.worker().cut({});
  const auto labs = open("t2", 1);
  EXPECT_TRUE(echoes(*labs));
  EXPECT_THAT(box.reasons(), ElementsAre("records_full"));
}

TEST_F(CutTest, before_the_box_is_claimed_nobody_begins) {  // ADM-04
  box.worker().cut({.intake = model::Intake::unclaimed});
  EXPECT_THAT(try_in_vain("t1", 0), ElementsAre("box_unclaimed"));
  box.worker().cut({});
  EXPECT_TRUE(echoes(*open("t1", 0)));
}

TEST_F(CutTest, a_terminal_that_is_blocked_loses_its_sessions_and_gets_no_new_ones) {  // CRT-04
  const auto emr = open("t1", 0), labs = open("t2", 1);
  box.worker().cut({.blocks = {{"t1", ""}}});
  ASSERT_TRUE(box.until([&] { return !box.reasons().empty(); }));
  EXPECT_THAT(box.reasons(), ElementsAre("terminal_blocked"));
  EXPECT_THAT(try_in_vain("t1", 0), ElementsAre("terminal_blocked", "terminal_blocked"));
  EXPECT_TRUE(echoes(*labs));
}

TEST_F(CutTest, a_certificate_that_is_blocked_shuts_out_the_lost_device_and_not_its_successor) {  // CRT-04
  const support::Issued lost = box.terminal("t1");
  const support::PeerOptions lost_device{.credential = lost, .trusts = box.terminal_ca.pem()};
  const auto thief = open_with(lost_device, box.good_cloud()), successor = open("t1", 0);
  const auto certificate = pki::read_certificates(lost.chain_pem);
  box.worker().cut({.blocks = {{"t1", to_hex(pki::fingerprint_of(certificate->front().get()))}}});
  ASSERT_TRUE(box.until([&] { return !box.reasons().empty(); }));
  EXPECT_THAT(box.reasons(), ElementsAre("terminal_blocked"));
  TlsPeer again = box.connect(lost_device);
  ASSERT_TRUE(box.until([&] {
    again.step();
    return box.reasons().size() == 2;
  }));
  EXPECT_THAT(box.reasons(), ElementsAre("terminal_blocked", "terminal_blocked"));
  EXPECT_TRUE(echoes(*successor));
}

/// A signature of ECDSA has two forms; whoever holds a certificate can write it with the other one.
TEST_F(CutTest, a_certificate_that_is_blocked_is_so_however_its_signature_is_written) {  // CRT-04
  const support::Issued lost = box.terminal("t1");
  const auto certificate = pki::read_certificates(lost.chain_pem);
  const auto authority = pki::read_certificates(box.terminal_ca.pem());
  const X509* leaf = certificate->front().get();
  const auto twin = pki::twin_fingerprint_of(leaf, X509_get0_pubkey(authority->front().get()));
  ASSERT_NE(twin, pki::fingerprint_of(leaf));
  box.worker().cut({.blocks = {{"t1", to_hex(twin)}}});
  TlsPeer device = box.connect({.credential = lost, .trusts = box.terminal_ca.pem()});
  ASSERT_TRUE(box.until([&] {
    device.step();
    return !box.reasons().empty();
  }));
  EXPECT_THAT(box.reasons(), ElementsAre("terminal_blocked"));
}

TEST_F(CutTest, a_terminal_that_has_a_new_name_is_blocked_by_it) {
  const support::Issued device = box.terminal("t1");
  const auto session = open("t1", 0);
  const auto rename = [](model::Tenant& tenant) {
    for (model::Terminal& terminal : tenant.terminals) {
      if (terminal.name != "t1") continue;
      terminal.name = "t7";
    }
  };
  box.publish(rename);
  ASSERT_THAT(box.reasons(), ElementsAre());
  box.worker().cut({.blocks = {{"t1", ""}}});
  EXPECT_TRUE(echoes(*session)) << "somebody else's name by now";
  box.worker().cut({.blocks = {{"t7", ""}}});
  ASSERT_TRUE(box.until([&] { return !box.reasons().empty(); }));
  EXPECT_THAT(box.reasons(), ElementsAre("terminal_blocked"));
}

TEST_F(CutTest, a_service_that_is_cut_off_is_reached_by_nobody) {
  const auto emr = open("t1", 0), labs = open("t2", 1);
  box.worker().cut({.services = {{"labs"}}});
  ASSERT_TRUE(box.until([&] { return !box.reasons().empty(); }));
  EXPECT_THAT(try_in_vain("t2", 1), ElementsAre("cut_off", "cut_off"));
  EXPECT_TRUE(echoes(*emr));
}

TEST_F(CutTest, a_tenant_that_is_cut_off_has_nothing_left) {
  const auto emr = open("t1", 0), labs = open("t2", 1);
  box.worker().cut({.whole = true});
  ASSERT_TRUE(box.until([&] { return box.reasons().size() == 2; }));
  EXPECT_THAT(try_in_vain("t1", 0), ElementsAre("cut_off", "cut_off", "cut_off"));
}

TEST_F(CutTest, an_address_that_is_cut_off_loses_its_sessions_and_gets_no_new_ones) {  // ISO-05
  const auto emr = open("t1", 0), labs = open("t2", 1);
  box.worker().cut({.sources = {*model::IpAddress::parse("203.0.113.1")}});
  box.round();
  EXPECT_TRUE(echoes(*emr)) << "somebody else's address";
  box.worker().cut({.sources = {*model::IpAddress::parse("127.0.0.1")}});
  ASSERT_TRUE(box.until([&] { return box.reasons().size() == 2; }));
  EXPECT_THAT(try_in_vain("t1", 0), ElementsAre("cut_off", "cut_off", "cut_off"));
}

TEST_F(CutTest, a_handshake_under_way_does_not_slip_through) {
  TlsPeer client = box.connect(box.good_terminal("t1"), 0);
  client.step();
  box.round();
  box.worker().cut({.terminals = {{"t1"}}});
  ASSERT_TRUE(box.until([&] {
    client.step();
    return !box.reasons().empty();
  }));
  EXPECT_THAT(box.reasons(), ElementsAre("cut_off"));
  EXPECT_EQ(box.dials, 0);
}

TEST_F(CutTest, a_publication_restores_nothing) {
  box.worker().cut({.terminals = {{"t1"}}});
  box.publish([](model::Tenant&) {});
  EXPECT_THAT(try_in_vain("t1", 0), ElementsAre("cut_off"));
}

TEST_F(CutTest, what_is_restored_is_let_in_again) {
  box.worker().cut({.whole = true});
  box.worker().cut({});
  const auto emr = open("t1", 0);
  EXPECT_TRUE(echoes(*emr));
}

}  // namespace
}  // namespace gw
