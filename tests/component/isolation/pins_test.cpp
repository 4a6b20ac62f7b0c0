// What makes a box that died a closed box: namespaces that need no process (W7).

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/mount.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <fstream>

#include "support/in_child.h"
#include "support/namespaces.h"
#include "sys/namespaces.h"

namespace gw::isolation {
namespace {

namespace fs = std::filesystem;

class PinsTest : public testing::Test {
 protected:
  void SetUp() override {
    if (::geteuid() != 0) GTEST_SKIP() << "needs root";
    std::string pattern = "/tmp/gw-pins-XXXXXX";
    folder_ = ::mkdtemp(pattern.data());
    place_ = folder_ / "lan";
  }
  void TearDown() override {
    ::umount2(place_.c_str(), MNT_DETACH);
    fs::remove_all(folder_);
  }
  /// In a process of its own, which is gone when this returns.
  void pin_and_end() const {
    const int status = support::in_child([&] {
      const Result<UniqueFd> made = sys::make_network();
      return made && sys::pin_network(made->get(), place_) ? 0 : 1;
    });
    ASSERT_EQ(status, 0);
  }

  fs::path folder_, place_;
};

TEST_F(PinsTest, a_pinned_namespace_outlives_every_process) {
  pin_and_end();
  const auto found = sys::pinned_network(place_);
  ASSERT_TRUE(found) << found.error().to_text();
  ASSERT_TRUE(*found);
  EXPECT_TRUE(sys::NetworkVisit::enter((*found)->get()));
}

TEST_F(PinsTest, where_nothing_was_pinned_nothing_is_found) {
  const auto nowhere = sys::pinned_network(place_);
  ASSERT_TRUE(nowhere);
  EXPECT_FALSE(*nowhere);
}

TEST_F(PinsTest, a_file_and_another_kind_of_namespace_are_no_pin) {
  std::ofstream(place_) << "text";
  EXPECT_FALSE(*sys::pinned_network(place_));
  ASSERT_EQ(::mount("/proc/self/ns/uts", place_.c_str(), nullptr, MS_BIND, nullptr), 0);
  EXPECT_FALSE(*sys::pinned_network(place_));
}

TEST_F(PinsTest, a_link_in_the_place_of_a_pin_is_not_followed) {
  const support::Network elsewhere;
  fs::create_symlink("/proc/self/fd/" + std::to_string(elsewhere.fd()), place_);
  EXPECT_FALSE(sys::pinned_network(place_));
  EXPECT_FALSE(sys::pin_network(elsewhere.fd(), place_));
}

}  // namespace
}  // namespace gw::isolation
