#include "daemons/supervisor/identity_shelf.h"

#include <gtest/gtest.h>
#include <stdlib.h>
#include <sys/stat.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "daemons/supervisor/key_files.h"
#include "sys/sealed.h"

namespace gw::supervisor {
namespace {

namespace fs = std::filesystem;

class IdentityShelfTest : public testing::Test {
 protected:
  IdentityShelfTest() {
    std::string pattern = "/tmp/gw-identities-XXXXXX";
    state_ = ::mkdtemp(pattern.data());
  }
  ~IdentityShelfTest() override { fs::remove_all(state_); }

  void write(const std::string& path, const std::string& text) const {
    const fs::path file = state_ / "identities" / path;
    fs::create_directories(file.parent_path());
    std::ofstream(file) << text;
  }
  /// "karte/emr-client.current", in order, a space after each.
  std::string found() const {
    std::vector<std::string> paths;
    for (const auto& file : IdentityShelf(state_).in_use().files) paths.push_back(file.path);
    std::sort(paths.begin(), paths.end());
    std::string out;
    for (const std::string& path : paths) out += path + " ";
    return out;
  }

  fs::path state_;
};

TEST_F(IdentityShelfTest, none_is_there_before_the_first) { EXPECT_EQ(found(), ""); }

TEST_F(IdentityShelfTest, what_is_in_use_is_read_and_nothing_else) {
  write("karte/emr.current", "key and chain");
  write("karte/emr.next", "a key");
  write("karte/emr.ticket", "secret");
  write("karte/Not a name.current", "x");
  write("imaging/pacs.current", "key and chain");
  write("stray.current", "x");
  EXPECT_EQ(found(), "imaging/pacs.current karte/emr.current ");
}

TEST_F(IdentityShelfTest, what_cannot_be_an_identity_is_not_there) {
  write("karte/large.current", std::string(model::kMostSlotText + 1, 'x'));
  write("karte/binary.current", std::string("a\0b", 3));
  write("karte/empty.current", "");
  write("karte/good.current", std::string(model::kMostSlotText, 'x'));
  fs::create_symlink("/etc/hostname", state_ / "identities" / "karte" / "link.current");
  ASSERT_EQ(::mkfifo((state_ / "identities" / "karte" / "pipe.current").c_str(), 0600), 0);
  EXPECT_EQ(found(), "karte/good.current ");
}

TEST_F(IdentityShelfTest, what_is_kept_is_read_again_by_its_owner_alone) {
  using ipc::renewal::Place;
  const IdentityShelf shelf(state_);
  ASSERT_TRUE(shelf.keep("karte", "emr", Place::next, "a key"));
  ASSERT_TRUE(shelf.keep("karte", "emr", Place::ticket, "once"));
  EXPECT_EQ(shelf.slot_of("karte", "emr").next, "a key");
  EXPECT_EQ(shelf.slot_of("karte", "emr").ticket, "once");
  EXPECT_EQ(shelf.slot_of("karte", "emr").current, "");
  EXPECT_EQ(fs::status(state_ / "identities" / "karte" / "emr.next").permissions(),
            fs::perms::owner_read | fs::perms::owner_write);
  ASSERT_TRUE(shelf.keep("karte", "emr", Place::ticket, ""));
  ASSERT_TRUE(shelf.keep("karte", "emr", Place::ticket, "")) << "gone is gone";
  EXPECT_EQ(shelf.slot_of("karte", "emr").ticket, "");
  EXPECT_EQ(shelf.slot_of("imaging", "emr").next, "");
}

TEST_F(IdentityShelfTest, nothing_is_kept_beside_the_shelf_or_beyond_its_measure) {
  using ipc::renewal::Place;
  const IdentityShelf shelf(state_);
  EXPECT_EQ(shelf.keep("..", "emr", Place::next, "x").error().code, ErrorCode::identity_unknown);
  EXPECT_EQ(shelf.keep("karte", "a/../b", Place::next, "x").error().code, ErrorCode::identity_unknown);
  EXPECT_EQ(shelf.keep("karte", "emr", Place::ticket, std::string(model::kMostTicket + 1, 'x')).error().code,
            ErrorCode::file_too_large);
  EXPECT_FALSE(fs::exists(state_ / "identities"));
}

TEST_F(IdentityShelfTest, keyd_is_given_what_was_read_with_the_chain) {
  write("karte/emr.current", "key and chain");
  const model::KeptIdentities kept = IdentityShelf(state_).in_use();
  write("karte/emr.current", "another key");
  Edition edition;
  edition.wiring = {model::Generation{7}, {}};
  edition.wiring.compartments = {{.tenant = model::TenantId{0}, .name = "karte"}};
  auto& keys = edition.wiring.compartments[0].keys;
  keys.push_back(
      {.key = model::KeyId{0}, .file = "karte/emr.current", .place = model::Wiring::Place::identities});
  keys.push_back({.key = model::KeyId{1}, .file = "own.key"});
  const KeyReader others = [](const std::string&, const model::Wiring::Key& key) {
    return Result<std::vector<std::uint8_t>>({key.file.begin(), key.file.end()});
  };
  ASSERT_TRUE(collect_keys(edition, keys_in(kept, others)));
  const auto ring = decode<model::KeyRing>(*sys::read_sealed(edition.key_ring.get(), 1024));
  ASSERT_TRUE(ring);
  EXPECT_EQ(as_text(ring->entries[0].content), "key and chain");
  EXPECT_EQ(as_text(ring->entries[1].content), "own.key");
}

}  // namespace
}  // namespace gw::supervisor
