// The real sekisho-dialerd under its account and behind its walls, with a cloud and a name server in a
// namespace of their own. The test is its supervisor and its proxyd.

#include <gtest/gtest.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdlib>

#include "base/codec.h"
#include "component/dial/name_server.h"
#include "component/dial/stage.h"
#include "ipc/inherited.h"
#include "ipc/messages/control_compartment.h"
#include "ipc/messages/proxy_dial.h"
#include "model/accounts.h"
#include "sys/namespaces.h"
#include "sys/sealed.h"
#include "sys/spawn.h"

namespace gw::dial {
namespace {

namespace wire = ipc::compartment;
using ipc::type_number;
using Replies = std::vector<NameServer::Octets>;

constexpr const char* kCloudAddress = "203.0.113.1";
constexpr const char* kOwnAddress = "203.0.113.2";

UniqueFd network() { return *sys::make_network(); }

void run(const UniqueFd& in, const std::string& command) {
  const auto visit = *sys::NetworkVisit::enter(in.get());
  ASSERT_EQ(std::system(command.c_str()), 0) << command;
}

template <class Make>
auto made_in(const UniqueFd& in, Make make) {
  const auto visit = *sys::NetworkVisit::enter(in.get());
  return make();
}

class DialerdTest : public testing::Test {
 protected:
  UniqueFd wan, internet;
  std::unique_ptr<NameServer> names;
  std::unique_ptr<Cloud> cloud;
  std::pair<ipc::Channel, ipc::Channel> control = *ipc::Channel::pair(), log = *ipc::Channel::pair(),
                                        peer = *ipc::Channel::pair();
  std::optional<sys::Child> dialerd;

  void SetUp() override {
    if (::geteuid() != 0) GTEST_SKIP() << "needs root";
    wan = network(), internet = network();
    run(wan, "ip link add wan0 type veth peer name cloud0 netns /proc/" + std::to_string(::getpid()) +
                 "/fd/" + std::to_string(internet.get()));
    run(wan, std::string("ip addr add ") + kOwnAddress +
                 "/24 dev wan0 && ip link set wan0 up && ip link set lo up");
    run(internet, std::string("ip addr add ") + kCloudAddress + "/24 dev cloud0 && ip link set cloud0 up");
    names =
        made_in(internet, [] { return std::make_unique<NameServer>(kCloudAddress, says({kCloudAddress})); });
    cloud = made_in(internet, [] { return std::make_unique<Cloud>(kCloudAddress); });
    start();
  }

  void start() {
    const auto program = sys::open_program(GW_BINARY_DIR "/bin/sekisho-dialerd");
    ASSERT_TRUE(program) << program.error().to_text();
    const sys::Start what{program->get(),
                          {"sekisho-dialerd"},
                          {{control.second.fd(), ipc::kControlFd}, {log.second.fd(), ipc::kLogFd}}};
    sys::Confinement confinement;
    confinement.account = model::dialer_account(model::TenantId(0));
    confinement.network = wan.get();
    auto child = sys::spawn(what, confinement);
    ASSERT_TRUE(child) << child.error().to_text();
    dialerd = *std::move(child);
    control.second.release();
    ASSERT_EQ(next(control.first).type, type_number(wire::Msg::ready));
  }

  void TearDown() override {
    if (!dialerd) return;
    control.first.release();
    if (const auto ending = sys::wait_for(*dialerd)) {
      EXPECT_EQ(ending->to_text(), "exit 0") << "without its supervisor it ends at once";
    }
  }

  /// The next frame while the name server does its work; type zero if there will be none.
  ipc::Frame next(const ipc::Channel& channel) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(10);
    while (std::chrono::steady_clock::now() < end) {
      names->act();
      auto received = channel.receive();
      if (!received) return {};
      if (*received) return std::move(**received);
      pollfd quiet{channel.fd(), POLLIN, 0};
      ::poll(&quiet, 1, 1);
    }
    return {};
  }

  void publish(std::vector<model::IpAddress> addresses = {}) {
    auto table = one_service(cloud->endpoint().port, std::move(addresses));
    table.resolvers = {names->endpoint()};
    table.forbidden = {*model::Prefix::parse("10.1.0.0/16")};
    const auto sealed = sys::seal(encode(table), "table");
    const auto staged = encode(wire::Staged{table.generation});
    const ipc::Channel& to = control.first;
    ASSERT_TRUE(to.send(type_number(wire::Msg::peer), 0, {}, {peer.second.fd()}));
    ASSERT_TRUE(to.send(type_number(wire::Msg::dial_table), 0, staged, {sealed->get()}));
    ASSERT_TRUE(to.send(type_number(wire::Msg::prepare), 0, staged));
    ASSERT_EQ(next(to).type, type_number(wire::Msg::prepared));
    ASSERT_TRUE(to.send(type_number(wire::Msg::commit), 0, staged));
    ASSERT_EQ(next(to).type, type_number(wire::Msg::adopted));
  }

  /// "connected" after bytes have crossed, or the reason.
  std::string dial() {
    const ipc::dial::Dial asked{model::Generation(1), model::ServiceId(0), std::chrono::seconds(5)};
    EXPECT_TRUE(peer.first.send(type_number(ipc::dial::Msg::dial), 1, encode(asked)));
    const ipc::Frame frame = next(peer.first);
    if (frame.type == type_number(ipc::dial::Msg::connected))
      return bytes_cross(frame.fds.at(0)) ? "connected" : "dumb";
    const auto failed = decode<ipc::dial::Failed>(frame.body);
    return failed ? std::string(to_string(failed->reason)) : "ended";
  }
  bool bytes_cross(const UniqueFd& socket) {
    const UniqueFd accepted = cloud->accept();
    char octet = 0;
    return ::write(socket.get(), "x", 1) == 1 && ::read(accepted.get(), &octet, 1) == 1;
  }
};

TEST_F(DialerdTest, a_named_service_is_resolved_and_reached) {
  publish();
  EXPECT_EQ(dial(), "connected");
  EXPECT_EQ(dial(), "connected");
  EXPECT_EQ(names->heard().size(), 2u) << "one question for each family";
}

TEST_F(DialerdTest, a_fixed_service_is_reached_without_asking_anybody) {
  publish({address(kCloudAddress)});
  EXPECT_EQ(dial(), "connected");
  EXPECT_TRUE(names->heard().empty());
}

TEST_F(DialerdTest, an_answer_that_needs_tcp_is_fetched_behind_the_walls_too) {
  names->follow([](const dns::Question& question, NameServer::Via via) {
    if (via == NameServer::Via::udp) return Replies{dns::Reply(question, dns::Reply::kTruncated).octets()};
    return says({kCloudAddress})(question, via);
  });
  publish();
  EXPECT_EQ(dial(), "connected");
}

TEST_F(DialerdTest, an_ipv6_address_without_a_route_costs_nothing) {
  names->follow(says({"2001:db8::1", kCloudAddress}));
  publish();
  EXPECT_EQ(dial(), "connected");
}

TEST_F(DialerdTest, a_name_that_leads_to_the_box_itself_is_refused) {
  names->follow(says({kOwnAddress}));
  publish();
  EXPECT_EQ(dial(), "upstream_forbidden");
}

TEST_F(DialerdTest, a_name_that_leads_into_the_clinic_is_refused) {
  names->follow(says({"10.1.0.5"}));
  publish();
  EXPECT_EQ(dial(), "upstream_forbidden");
}

TEST_F(DialerdTest, draining_ends_it_in_order) {
  publish();
  ASSERT_TRUE(control.first.send(type_number(wire::Msg::drain), 0, {}));
  const auto ending = sys::wait_for(*dialerd);
  ASSERT_TRUE(ending);
  EXPECT_EQ(ending->to_text(), "exit 0");
  dialerd.reset();
}

}  // namespace
}  // namespace gw::dial
