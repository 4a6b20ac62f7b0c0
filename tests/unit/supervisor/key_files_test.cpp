#include "daemons/supervisor/key_files.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "sys/sealed.h"

namespace gw::supervisor {
namespace {

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

  /// A generation with these keys.
  void wire(const std::vector<std::string>& files) {
    edition_.wiring = {model::Generation{7}, {}};
    edition_.wiring.compartments = {{.tenant = model::TenantId{0}, .name = "a"}};
    for (const std::string& file : files)
      edition_.wiring.compartments[0].keys.push_back({model::KeyId{3}, file});
    edition_.key_ring.reset();
  }
  Result<> read(const std::string& file) {
    wire({file});
    return collect_keys(edition_, keys_beneath(directory_.get()));
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

TEST_F(KeysTest, the_next_generation_may_have_them_as_the_one_before_had_them) {
  ASSERT_TRUE(read("a.key"));
  Edition before = std::move(edition_);
  edition_ = {};
  write("site/a.key", "another key");
  const auto kept = keys_kept_in(before);
  ASSERT_TRUE(kept);
  wire({"a.key"});
  ASSERT_TRUE(collect_keys(edition_, *kept));
  EXPECT_EQ(content(), "the key");
  wire({"b.key"});
  EXPECT_EQ(collect_keys(edition_, *kept).error().code, ErrorCode::config_file_unreadable);
  edition_.wiring.compartments[0] = {
      .tenant = model::TenantId{0}, .name = "b", .keys = {{model::KeyId{3}, "a.key"}}};
  EXPECT_FALSE(collect_keys(edition_, *kept)) << "another tenant has nothing of this one's";
}

}  // namespace
}  // namespace gw::supervisor
