// Real TLS clients are known again by their hellos, and told apart (decision 0071).

#include <gmock/gmock.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/socket.h>

#include <array>
#include <atomic>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <thread>

#include "support/command.h"
#include "support/loopback.h"
#include "tls/client_hello.h"

namespace gw::tls {
namespace {

using testing::SizeIs;

constexpr int kPatience = 60;  // seconds, of one client
/// As a shell has it, with $PORT; each asks for the same name.
const std::map<std::string, std::string> kClients = {
    {"openssl", "openssl s_client -connect 127.0.0.1:$PORT -servername emr.cloud.example </dev/null"},
    {"openssl of TLS 1.2",
     "openssl s_client -tls1_2 -connect 127.0.0.1:$PORT -servername emr.cloud.example </dev/null"},
    {"curl", "curl --resolve emr.cloud.example:$PORT:127.0.0.1 https://emr.cloud.example:$PORT/"},
    {"gnutls", "gnutls-cli --sni-hostname emr.cloud.example -p $PORT 127.0.0.1 </dev/null"},
    {"chromium",
     "HOME=$PWD chromium --headless=new --no-sandbox --disable-gpu --no-first-run --user-data-dir=profile "
     "--disable-background-networking --disable-component-update '--host-resolver-rules=MAP "
     "emr.cloud.example 127.0.0.1' --dump-dom https://emr.cloud.example:$PORT/"}};

class RealClientsTest : public testing::Test {
 protected:
  RealClientsTest() {
    std::string pattern = "/tmp/gw-clients-XXXXXX";
    EXPECT_NE(::mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
  }
  ~RealClientsTest() override { std::filesystem::remove_all(folder_); }

  /// Of all connections that it makes until it gives up; each is ended once its hello is there.
  std::set<std::string> prints_of(const std::string& client) {
    std::ofstream(folder_ / "client.sh") << client << '\n';
    const std::string port = std::to_string(listener_.endpoint.port);
    const std::string line = "PORT=" + port + " timeout " + std::to_string(kPatience) + " sh ./client.sh";
    std::atomic<bool> is_over = false;
    std::thread run([&] {
      support::run_in(folder_, line);
      is_over = true;
    });
    std::set<std::string> out;
    while (!is_over) {
      pollfd waiting{listener_.fd.get(), POLLIN, 0};
      if (::poll(&waiting, 1, 100) != 1) continue;
      const UniqueFd peer = support::accept_one(listener_.fd.get());
      if (const auto print = print_from(peer.get())) out.insert(*print);
    }
    run.join();
    return out;
  }

 private:
  static std::optional<std::string> print_from(int peer) {
    ClientHelloReader reader;
    std::vector<std::uint8_t> stream;
    for (;;) {
      pollfd waiting{peer, POLLIN, 0};
      std::array<std::uint8_t, 16'384> some{};
      if (::poll(&waiting, 1, kPatience * 1'000) != 1) return std::nullopt;
      const ssize_t size = ::recv(peer, some.data(), some.size(), 0);
      if (size <= 0) return std::nullopt;
      stream.insert(stream.end(), some.begin(), some.begin() + size);
      const auto read = reader.go_on(stream);
      if (!read) return std::nullopt;
      if (const auto* hello = std::get_if<ClientHello>(&*read))
        return std::string(text_of(hello->fingerprint));
    }
  }
  support::LoopbackListener listener_;
  std::filesystem::path folder_;
};

TEST_F(RealClientsTest, each_is_known_again_and_none_is_another) {
  std::map<std::string, std::string> whose;
  for (const auto& [name, client] : kClients) {
    const std::set<std::string> once = prints_of(client), again = prints_of(client);
    ASSERT_THAT(once, SizeIs(1)) << name;
    EXPECT_EQ(once, again) << name;
    const auto [other, is_new] = whose.emplace(*once.begin(), name);
    EXPECT_TRUE(is_new) << name << " and " << other->second << ": " << *once.begin();
  }
}

}  // namespace
}  // namespace gw::tls
