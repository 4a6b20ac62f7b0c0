#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <future>

#include "net/settings.h"
#include "support/namespaces.h"

// ISO-01: the kernel settings are held while interfaces come and go.

namespace gw::net {
namespace {

constexpr int kCables = 500;

/// Cables come and go in the calling thread's namespace; the kernel makes and removes their settings one by
/// one.
int make_and_remove_cables() {
  std::string name = "/tmp/cables.XXXXXX";
  const UniqueFd file(::mkstemp(name.data()));
  std::ofstream batch(name);
  for (int i = 0; i < kCables; ++i)
    batch << "link add canary0 type veth peer name canary1\nlink del canary0\n";
  batch.close();
  const int status = std::system(("ip -batch " + name).c_str());
  ::unlink(name.c_str());
  return status;
}

TEST(NetSettings, interfaces_that_come_and_go_are_no_fault) {
  const support::Network network;
  auto cables = std::async(std::launch::async, [&] { return network.run(make_and_remove_cables); });
  int rounds = 0;
  for (; cables.wait_for(std::chrono::seconds(0)) != std::future_status::ready; ++rounds) {
    Repairs repairs;
    const Result<> settled = network.run([&] { return settle_settings(repairs); });
    ASSERT_TRUE(settled) << settled.error().to_text() << " in round " << rounds;
  }
  EXPECT_EQ(cables.get(), 0);
  EXPECT_GT(rounds, 10);
}

}  // namespace
}  // namespace gw::net
