#pragma once

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>

#include <cerrno>
#include <cstdlib>

#include "base/codec.h"
#include "daemons/supervisor/topology.h"
#include "ipc/inherited.h"
#include "ipc/messages/control_watch.h"
#include "ipc/messages/log.h"
#include "support/namespaces.h"
#include "sys/sealed.h"

namespace gw::watch {

namespace msg = ipc::watch;
using msg::Msg;
using supervisor::RoleId;

/// The real sekisho-watchd under its account and behind its walls, in a namespace of the test's. The test is
/// its supervisor.
class WatchdTest : public testing::Test {
 protected:
  support::Network network;
  std::pair<ipc::Channel, ipc::Channel> control = *ipc::Channel::pair(), log = *ipc::Channel::pair();
  std::optional<sys::Child> watchd;
  std::vector<Event> records;

  void SetUp() override {
    run("nft -f - <<'E'\ntable inet t {\n chain in { type filter hook input priority 0; policy accept;\n"
        "  ip daddr 127.0.0.66 log prefix \"not_listening\" group 1 snaplen 96 counter drop\n }\n}\nE");
    const UniqueFd program = *sys::open_program(GW_BINARY_DIR "/bin/sekisho-watchd");
    const sys::Start start{
        program.get(),
        {"sekisho-watchd"},
        {{control.second.fd(), ipc::kControlFd}, {log.second.fd(), ipc::kLogFd}, {2, STDERR_FILENO}}};
    watchd = *sys::spawn(start, supervisor::confinement_of(supervisor::role(RoleId::lan_watch),
                                                           model::TenantId{0}, network.fd()));
    ASSERT_TRUE(hears(Msg::ready));
    hears_nothing();
  }
  void TearDown() override {
    control.first = ipc::Channel(UniqueFd());
    sys::wait_until_dead(*watchd);
  }

  void run(const std::string& command) {
    network.run([&] { ASSERT_EQ(std::system(command.c_str()), 0) << command; });
  }
  static bool wait_for(const ipc::Channel& channel, std::chrono::milliseconds most) {
    pollfd ready{channel.fd(), POLLIN, 0};
    return ::poll(&ready, 1, static_cast<int>(most.count())) == 1;
  }
  /// The next message of this kind, or nothing if none comes.
  std::optional<ipc::Frame> next(Msg wanted, std::chrono::milliseconds most = std::chrono::seconds(10)) {
    while (wait_for(control.first, most)) {
      auto frame = control.first.receive();
      if (!frame || !*frame) return {};
      if (static_cast<Msg>((*frame)->type) == wanted) return *std::move(frame);
    }
    return {};
  }
  bool hears(Msg wanted) { return next(wanted).has_value(); }
  /// Takes in what still comes of a change until it is quiet.
  void hears_nothing() {
    while (wait_for(control.first, std::chrono::milliseconds(300)))
      if (!control.first.receive()) return;
  }
  const Event* record(EventId id) {
    while (wait_for(log.first, std::chrono::seconds(10))) {
      const auto frame = log.first.receive();
      if (!frame || !*frame) return nullptr;
      records.push_back(*decode<Event>((*frame)->body));
      if (records.back().id() == id) return &records.back();
    }
    return nullptr;
  }
  static std::string text(const Event& event, Field field) {
    for (const Event::Entry& entry : event.entries())
      if (entry.field == field) return is_text(field) ? entry.text : std::to_string(entry.number);
    return {};
  }
  /// Sends the first segment of a connection and waits for nothing.
  void knock(const char* address, std::uint16_t port) {
    network.run([&] {
      const UniqueFd socket(::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
      sockaddr_in to{};
      to.sin_family = AF_INET;
      to.sin_port = htons(port);
      ASSERT_EQ(::inet_pton(AF_INET, address, &to.sin_addr), 1);
      EXPECT_EQ(::connect(socket.get(), reinterpret_cast<const sockaddr*>(&to), sizeof to), -1);
      EXPECT_EQ(errno, EINPROGRESS);
    });
  }
};

}  // namespace gw::watch
