#include "daemons/supervisor/edition.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "ipc/messages/compile.h"
#include "model/key_ring.h"
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

class KeysTest : public testing::Test {
 protected:
  KeysTest() {
    std::string pattern = "/tmp/gw-keys-XXXXXX";
    root_ = ::mkdtemp(pattern.data());
    std::filesystem::create_directory(root_ / "site");
    write("site/a.key", "the key");
    write("outside.key", "another's key");
    directory_.reset(::open((root_ / "site").c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  }
  ~KeysTest() override { std::filesystem::remove_all(root_); }
  void write(const std::string& name, const std::string& text) const { std::ofstream(root_ / name) << text; }

  Result<> read(const std::string& file) {
    edition_.wiring = wiring({"a"});
    edition_.wiring.compartments[0].keys.push_back({model::KeyId{3}, file});
    edition_.key_ring.reset();
    return read_keys(edition_, directory_.get());
  }
  std::string content() {
    const auto bytes = sys::read_sealed(edition_.key_ring.get(), 1024);
    if (!bytes) return bytes.error().to_text();
    const auto ring = decode<model::KeyRing>(*bytes);
    return ring && ring->entries.size() == 1 ? std::string(as_text(ring->entries[0].content)) : "no key";
  }

  std::filesystem::path root_;
  UniqueFd directory_;
  Edition edition_;
};

TEST_F(KeysTest, a_key_beneath_the_directory_is_copied_and_sealed) {
  ASSERT_TRUE(read("a.key"));
  EXPECT_EQ(content(), "the key");
}

TEST_F(KeysTest, no_way_leads_out_of_the_directory) {
  std::filesystem::create_symlink("../outside.key", root_ / "site" / "link.key");
  for (const std::string& file :
       {std::string("../outside.key"), (root_ / "outside.key").string(), std::string("link.key")})
    EXPECT_EQ(read(file).error().code, ErrorCode::config_file_unreadable) << file;
}

TEST_F(KeysTest, what_is_no_ordinary_small_file_is_refused) {
  ASSERT_EQ(::mkfifo((root_ / "site" / "pipe.key").c_str(), 0600), 0);
  write("site/large.key", std::string(17 * 1024, 'x'));
  for (const std::string file : {"pipe.key", "large.key", ".", "missing.key"})
    EXPECT_EQ(read(file).error().code, ErrorCode::config_file_unreadable) << file;
}

}  // namespace
}  // namespace gw::supervisor
