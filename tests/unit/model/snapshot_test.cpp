#include "model/snapshot.h"

#include <gtest/gtest.h>

#include <functional>

#include "base/bytes.h"
#include "base/codec.h"
#include "support/mutations.h"
#include "unit/model/clinic.h"

namespace gw::model {
namespace {

/// A change that leaves an id leading nowhere.
struct Row {
  const char* name;
  std::function<void(Tenant&)> change;
};

class InconsistentSnapshotTest : public testing::TestWithParam<Row> {};

TEST_P(InconsistentSnapshotTest, is_refused) {
  Tenant tenant = small_tenant();
  GetParam().change(tenant);
  const auto made = Snapshot::make(Generation(1), tenant);
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().code, ErrorCode::message_malformed);
  EXPECT_FALSE(Snapshot::decode(Snapshot::encode(Generation(1), tenant)));
}

INSTANTIATE_TEST_SUITE_P(
    Table, InconsistentSnapshotTest,
    testing::Values(Row{"service_id", [](Tenant& made) { made.services[0].id = ServiceId(1); }},
                    Row{"listener_id", [](Tenant& made) { made.listeners[0].id = ListenerId(1); }},
                    Row{"terminal_id", [](Tenant& made) { made.terminals[0].id = TerminalId(1); }},
                    Row{"rule_id", [](Tenant& made) { made.rules[0].id = RuleId(1); }},
                    Row{"listeners_service",
                        [](Tenant& made) { made.listeners[0].services = {ServiceId(1)}; }},
                    Row{"listener_without_service", [](Tenant& made) { made.listeners[0].services.clear(); }},
                    Row{"rules_service", [](Tenant& made) { made.rules[0].service = ServiceId(1); }},
                    Row{"rules_terminal", [](Tenant& made) { made.rules[0].terminals = {TerminalId(1)}; }}),
    [](const auto& row) { return row.param.name; });

TEST(SnapshotTest, what_was_sealed_is_read_again) {
  const auto sealed = Snapshot::encode(Generation(7), small_tenant());
  const auto snapshot = Snapshot::decode(sealed);
  ASSERT_TRUE(snapshot);
  EXPECT_EQ((*snapshot)->generation(), Generation(7));
  EXPECT_EQ(Snapshot::encode((*snapshot)->generation(), (*snapshot)->tenant()), sealed);
}

TEST(SnapshotTest, no_cut_is_a_snapshot) {
  support::for_each_cut(Snapshot::encode(Generation(7), small_tenant()), [](const support::Octets& cut) {
    EXPECT_FALSE(Snapshot::decode(cut)) << cut.size();
  });
}

TEST(SnapshotTest, a_changed_octet_is_refused_or_another_consistent_snapshot) {
  support::for_each_change(
      Snapshot::encode(Generation(7), small_tenant()), [](const support::Octets& changed) {
        const auto snapshot = Snapshot::decode(changed);
        if (snapshot) {
          EXPECT_EQ(Snapshot::encode((*snapshot)->generation(), (*snapshot)->tenant()), changed);
        }
      });
}

TEST(SnapshotTest, file_paths_stay_behind) {
  Tenant tenant = small_tenant();
  Service& service = tenant.services[0];
  tenant.terminal_anchors = service.upstream.anchors = {{.file = "secret/place"}};
  tenant.terminal_revocation.lists = service.upstream.revocation.lists = {{.file = "secret/place"}};
  for (Credential* c : {&service.downstream.credential, &service.upstream.credential})
    c->certificate_file = c->key_file = "secret/place";
  const auto sealed = Snapshot::encode(Generation(1), tenant);
  EXPECT_EQ(as_text(sealed).find("secret/place"), std::string_view::npos);
}

TEST(SnapshotTest, names_that_lead_to_two_terminals_lead_to_none) {
  Tenant tenant = small_tenant();
  tenant.terminals.push_back({TerminalId(1), "mr", SanKind::dns, "mr.clinic.example"});
  const auto snapshot = *Snapshot::make(Generation(1), tenant);
  const CertificateIdentity::Name ct{SanKind::uri, "urn:sekisho:imaging:ct"},
      mr{SanKind::dns, "mr.clinic.example"}, stranger{SanKind::email, "a@b.example"};
  EXPECT_EQ(snapshot->find_terminal(pki::IdentityReader::of({ct, mr})), nullptr);
  EXPECT_EQ(snapshot->find_terminal(pki::IdentityReader::of({stranger, mr}))->name, "mr");
  EXPECT_EQ(snapshot->find_terminal(pki::IdentityReader::of({stranger})), nullptr);
  EXPECT_EQ(snapshot->find_terminal(pki::IdentityReader::of({})), nullptr);
}

TEST(SnapshotTest, a_name_of_another_kind_is_another_name) {
  const auto snapshot = *Snapshot::make(Generation(1), small_tenant());
  EXPECT_EQ(snapshot->find_terminal(pki::IdentityReader::of({{SanKind::dns, "urn:sekisho:imaging:ct"}})),
            nullptr);
}

}  // namespace
}  // namespace gw::model
