#include "daemons/supervisor/edition.h"

#include <gtest/gtest.h>

#include "ipc/messages/compile.h"
#include "sys/sealed.h"

namespace gw::supervisor {
namespace {

using ipc::compile::Part;
using ipc::compile::PartKind;

ipc::Frame frame_of(PartKind kind, std::uint16_t tenant, Bytes content) {
  ipc::Frame frame;
  frame.body = encode(Part{kind, model::TenantId{tenant}});
  frame.fds.push_back(*sys::seal(content, "part"));
  return frame;
}

model::Wiring wiring(std::initializer_list<const char*> names) {
  model::Wiring out{model::Generation{7}, {}};
  for (const char* name : names)
    out.compartments.push_back(
        {model::TenantId{static_cast<std::uint16_t>(out.compartments.size())}, name, {}, {}});
  return out;
}

Result<> add(Edition& edition, PartKind kind, std::uint16_t tenant, Bytes content = as_bytes("x")) {
  ipc::Frame frame = frame_of(kind, tenant, content);
  return add_part(edition, frame);
}

Edition whole(const model::Wiring& wired) {
  Edition edition;
  edition.generation = model::Generation{7};
  EXPECT_TRUE(add(edition, PartKind::wiring, 0, encode(wired)));
  EXPECT_TRUE(add(edition, PartKind::net_plan, 0));
  EXPECT_TRUE(add(edition, PartKind::aims, 0));
  EXPECT_TRUE(add(edition, PartKind::sources, 0));
  EXPECT_TRUE(add(edition, PartKind::rules, 0));
  EXPECT_TRUE(add(edition, PartKind::certificates, 0));
  EXPECT_TRUE(add(edition, PartKind::network, 0));
  for (const auto& compartment : wired.compartments) {
    EXPECT_TRUE(add(edition, PartKind::snapshot, compartment.tenant.number()));
    EXPECT_TRUE(add(edition, PartKind::dial_table, compartment.tenant.number()));
  }
  return edition;
}

TEST(Edition, is_complete_with_a_part_for_each) { EXPECT_TRUE(check_complete(whole(wiring({"a", "b"})))); }

TEST(Edition, without_a_tenants_part_is_not) {
  Edition edition = whole(wiring({"a", "b"}));
  edition.dial_tables.erase(model::TenantId{1});
  EXPECT_FALSE(check_complete(edition));
}

TEST(Edition, without_its_sources_is_not) {
  Edition edition = whole(wiring({"a"}));
  edition.sources.reset();
  EXPECT_FALSE(check_complete(edition));
}

TEST(Edition, of_another_generation_is_refused) {
  Edition edition = whole(wiring({"a"}));
  edition.generation = model::Generation{8};
  EXPECT_FALSE(check_complete(edition));
}

TEST(Edition, with_a_tenant_twice_is_refused) {
  model::Wiring wired = wiring({"a"});
  wired.compartments.push_back({model::TenantId{0}, "b", {}, {}});
  Edition edition;
  edition.generation = model::Generation{7};
  ASSERT_TRUE(add(edition, PartKind::wiring, 0, encode(wired)));
  ASSERT_TRUE(add(edition, PartKind::net_plan, 0));
  ASSERT_TRUE(add(edition, PartKind::aims, 0));
  ASSERT_TRUE(add(edition, PartKind::sources, 0));
  ASSERT_TRUE(add(edition, PartKind::rules, 0));
  ASSERT_TRUE(add(edition, PartKind::certificates, 0));
  ASSERT_TRUE(add(edition, PartKind::network, 0));
  ASSERT_TRUE(add(edition, PartKind::snapshot, 0));
  ASSERT_TRUE(add(edition, PartKind::dial_table, 0));
  EXPECT_FALSE(check_complete(edition));
}

TEST(Edition, takes_no_part_twice) {
  Edition edition = whole(wiring({"a"}));
  EXPECT_FALSE(add(edition, PartKind::snapshot, 0));
  EXPECT_FALSE(add(edition, PartKind::net_plan, 0));
}

TEST(Edition, a_wiring_that_does_not_decode_is_refused) {
  Edition edition;
  EXPECT_FALSE(add(edition, PartKind::wiring, 0, as_bytes("garbage")));
}

}  // namespace
}  // namespace gw::supervisor
