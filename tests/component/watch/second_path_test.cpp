// What the real watchd hears on a real segment: real neighbours of the box, a real DHCP server and router.

#include <gmock/gmock.h>

#include <sys/socket.h>
#include <sys/wait.h>

#include <algorithm>
#include <array>
#include <csignal>

#include "component/watch/watchd_under_test.h"
#include "daemons/supervisor/ear.h"
#include "watch/frame.h"

namespace gw::watch {
namespace {

using model::Finding;
using std::chrono::milliseconds;
using std::chrono::seconds;

/// A switch with the box, a desk and a stranger on it.
class SecondPathTest : public WatchdTest {
 protected:
  support::Network cables, desk, stranger;
  model::LanSegment segment;

  void SetUp() override {
    WatchdTest::SetUp();
    // A switch says nothing in its own name.
    in(cables, "sysctl -qw net.ipv6.conf.default.disable_ipv6=1 net.ipv6.conf.all.disable_ipv6=1");
    in(cables, "ip link add sw type bridge mcast_snooping 0 && ip link set sw up");
    plug(network, "lan0", "02:00:00:00:00:fe");
    plug(desk, "eth0", "02:00:00:00:00:09");
    plug(stranger, "eth0", "02:00:00:00:00:66");
    in(network, "ip addr add 10.1.0.1/24 dev lan0 && ip -6 addr add fd00::1/64 dev lan0 nodad");
    in(desk, "ip addr add 10.1.0.9/24 dev eth0 && ip -6 addr add fd00::9/64 dev eth0 nodad");
    segment.name = "desks";
    segment.interface = "lan0";
    segment.addresses = {*model::Prefix::parse("10.1.0.1/24"), *model::Prefix::parse("fd00::1/64")};
  }
  static void in(const support::Network& where, const std::string& command) {
    where.run(
        [&] { ASSERT_EQ(std::system(("{ " + command + "; } >/dev/null 2>&1").c_str()), 0) << command; });
  }
  void plug(const support::Network& whom, const std::string& name, const std::string& mac) {
    const std::string port = "p" + std::to_string(++ports_);
    const std::string there = "/proc/" + std::to_string(::getpid()) + "/fd/" + std::to_string(whom.fd());
    in(cables, "ip link add " + port + " master sw type veth peer name " + name + " address " + mac +
                   " netns " + there + " && ip link set " + port + " up");
    in(whom, "ip link set " + name + " up");
  }
  /// As the supervisor does with each configuration.
  void configure() {
    const UniqueFd sealed = *sys::seal(encode(msg::Owners{{}, {segment}}), "owners");
    ASSERT_TRUE(control.first.send(ipc::type_number(Msg::owners), 0, {}, {sealed.get()}));
    const UniqueFd ear =
        network.run([&] { return *supervisor::open_ear(*supervisor::Grounds::here(), {segment}); });
    ASSERT_TRUE(control.first.send(ipc::type_number(Msg::ear), 0, {}, {ear.get()}));
    in(network, "ip link add known type bridge");
    ASSERT_TRUE(hears(Msg::changed)) << "so the segments have been read";
    hears_nothing();
  }
  /// The record of this finding, or nothing within a time in which it would have come.
  const Event* finds(Finding finding, milliseconds most = seconds(10)) {
    while (wait_for(log.first, most)) {
      const auto frame = log.first.receive();
      if (!frame || !*frame) return nullptr;
      records.push_back(*decode<Event>((*frame)->body));
      const Event& event = records.back();
      if (event.id() == EventId::second_path_seen && text(event, Field::finding) == to_string(finding))
        return &event;
    }
    return nullptr;
  }
  std::size_t count(Finding finding) const {
    return static_cast<std::size_t>(std::count_if(records.begin(), records.end(), [&](const Event& event) {
      return event.id() == EventId::second_path_seen && text(event, Field::finding) == to_string(finding);
    }));
  }
  /// A datagram that nobody waits for: the sender's kernel looks for whom it takes for the next on the way.
  static void send(const support::Network& from, const std::string& whom) {
    const bool is_v4 = model::IpAddress::parse(whom)->family() == model::Family::ipv4;
    in(from, "python3 -c \"import socket; s = socket.socket(socket.AF_INET" + std::string(is_v4 ? "" : "6") +
                 ", socket.SOCK_DGRAM); s.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1); "
                 "s.sendto(b'?', ('" +
                 whom + "', 9))\"");
  }

 private:
  int ports_ = 0;
};

/// dnsmasq in the stranger's place, as long as this lives.
class StrangeServer {
 public:
  StrangeServer(const support::Network& where, const std::string& options) {
    const std::string command =
        "exec dnsmasq --no-daemon --conf-file=/dev/null --port=0 --interface=eth0 --bind-interfaces "
        "--no-ping --leasefile-ro --user=root --pid-file= " +
        options + " >/dev/null 2>&1";
    pid_ = where.run([&] {
      const pid_t child = ::fork();
      if (child == 0) {
        ::execl("/bin/sh", "sh", "-c", command.c_str(), nullptr);
        ::_exit(127);
      }
      return child;
    });
  }
  StrangeServer(const StrangeServer&) = delete;
  ~StrangeServer() {
    ::kill(pid_, SIGKILL);
    ::waitpid(pid_, nullptr, 0);
  }

 private:
  pid_t pid_ = -1;
};

/// A DHCP client's first words, which ask to be answered by broadcast (RFC 2131 4.1).
constexpr const char* kDiscover =
    "python3 -c \"import socket; s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); "
    "s.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1); s.bind(('', 68)); "
    "s.sendto(bytes([1, 1, 6, 0, 1, 2, 3, 4, 0, 0, 128, 0]) + bytes(16) + bytes([2, 0, 0, 0, 0, 9]) + "
    "bytes(202) + "
    "bytes([99, 130, 83, 99, 53, 1, 1, 255]), ('255.255.255.255', 67))\"";

TEST_F(SecondPathTest, a_dhcp_server_of_somebody_elses_is_told_with_advice) {  // ISO-05
  configure();
  in(stranger, "ip addr add 10.1.0.66/24 dev eth0");
  const StrangeServer server(stranger, "--dhcp-range=10.1.0.100,10.1.0.120 --dhcp-option=3,10.1.0.66");
  in(desk, "ip route add 255.255.255.255 dev eth0");
  const Event* event = nullptr;
  for (int i = 0; i < 20 && event == nullptr; ++i) {  // until the server is up
    in(desk, kDiscover);
    event = finds(Finding::dhcp_server, seconds(1));
  }
  ASSERT_NE(event, nullptr);
  EXPECT_EQ(text(*event, Field::interface), "lan0");
  EXPECT_EQ(text(*event, Field::mac), "02:00:00:00:00:66");
  EXPECT_EQ(text(*event, Field::source), "10.1.0.66");
  EXPECT_EQ(text(*event, Field::destination), "10.1.0.66") << "the router it offers";
  EXPECT_EQ(text(*event, Field::advice), advice_of(Finding::dhcp_server));
}

TEST_F(SecondPathTest, a_router_that_announces_itself_is_told) {  // ISO-08
  configure();
  in(stranger, "ip -6 addr add fd66::66/64 dev eth0 nodad");
  const StrangeServer router(stranger, "--enable-ra --ra-param=eth0,high,4 --dhcp-range=fd66::,ra-only,64");
  const Event* event = finds(Finding::router_advertisement, seconds(20));
  ASSERT_NE(event, nullptr);
  EXPECT_EQ(text(*event, Field::mac), "02:00:00:00:00:66");
}

TEST_F(SecondPathTest, a_terminal_with_another_gateway_is_told_once) {
  configure();
  in(desk, "ip addr add 192.168.7.2/24 dev eth0 && ip route add default via 192.168.7.1");
  for (int i = 0; i < 3; ++i) send(desk, "203.0.113.7");
  const Event* event = finds(Finding::foreign_gateway);
  ASSERT_NE(event, nullptr);
  EXPECT_EQ(text(*event, Field::mac), "02:00:00:00:00:09");
  EXPECT_EQ(text(*event, Field::destination), "192.168.7.1");
  EXPECT_EQ(finds(Finding::foreign_gateway, milliseconds(500)), nullptr);
}

TEST_F(SecondPathTest, a_gateway_of_ipv6_is_told_as_well) {  // ISO-08
  configure();
  in(desk, "ip -6 addr add fd77::2/64 dev eth0 nodad && ip -6 route add default via fd77::1");
  send(desk, "2001:db8::7");
  const Event* event = finds(Finding::foreign_gateway);
  ASSERT_NE(event, nullptr);
  EXPECT_EQ(text(*event, Field::destination), "fd77::1");
}

TEST_F(SecondPathTest, somebody_with_the_boxs_own_address_is_told) {
  configure();
  in(stranger, "ip addr add 10.1.0.1/24 dev eth0");
  send(stranger, "10.1.0.9");
  const Event* event = finds(Finding::box_address_claimed);
  ASSERT_NE(event, nullptr);
  EXPECT_EQ(text(*event, Field::mac), "02:00:00:00:00:66");
  EXPECT_EQ(text(*event, Field::source), "10.1.0.1");
}

TEST_F(SecondPathTest, two_devices_with_one_address_are_told) {
  configure();
  in(stranger, "ip addr add 10.1.0.9/24 dev eth0");
  send(desk, "10.1.0.1");
  send(stranger, "10.1.0.1");
  const Event* event = finds(Finding::duplicate_address);
  ASSERT_NE(event, nullptr);
  EXPECT_EQ(text(*event, Field::source), "10.1.0.9");
}

TEST_F(SecondPathTest, a_device_that_nobody_declared_is_told_and_a_declared_one_is_not) {  // LAN-03
  segment.devices = {{"desk-1", {{2, 0, 0, 0, 0, 9}}, {}}};
  configure();
  in(stranger, "ip addr add 10.1.0.66/24 dev eth0");
  send(desk, "10.1.0.1");
  send(stranger, "10.1.0.1");
  const Event* event = finds(Finding::unknown_device);
  ASSERT_NE(event, nullptr);
  EXPECT_EQ(text(*event, Field::mac), "02:00:00:00:00:66");
  EXPECT_EQ(finds(Finding::unknown_device, milliseconds(500)), nullptr);
}

TEST_F(SecondPathTest, what_the_box_is_to_pass_on_is_told) {
  configure();
  in(desk, "ip route add default via 10.1.0.1");
  send(desk, "203.0.113.7");
  const Event* event = finds(Finding::used_as_router);
  ASSERT_NE(event, nullptr);
  EXPECT_EQ(text(*event, Field::source), "10.1.0.9");
  EXPECT_EQ(text(*event, Field::destination), "203.0.113.7");
}

TEST_F(SecondPathTest, a_broadcast_of_another_network_is_told) {
  configure();
  in(desk, "ip addr add 192.168.7.2/24 broadcast 192.168.7.255 dev eth0");
  send(desk, "192.168.7.255");
  const Event* event = finds(Finding::foreign_source);
  ASSERT_NE(event, nullptr);
  EXPECT_EQ(text(*event, Field::source), "192.168.7.2");
}

TEST_F(SecondPathTest, what_terminals_ordinarily_do_is_no_finding) {
  configure();
  in(stranger, "ip addr add 10.1.0.66/24 dev eth0");
  send(desk, "10.1.0.1");
  send(desk, "10.1.0.66");
  send(desk, "fd00::1");
  send(desk, "10.1.0.255");
  EXPECT_FALSE(wait_for(log.first, milliseconds(500)) && record(EventId::second_path_seen) != nullptr);
}

TEST_F(SecondPathTest, a_terminal_with_a_second_path_is_named_to_the_supervisor_where_it_is_to_be_refused) {
  segment.second_path = model::SecondPath::refuse_terminal;
  configure();
  send(desk, "10.1.0.1");
  in(desk, "ip addr add 192.168.7.2/24 dev eth0 && ip route add default via 192.168.7.1");
  send(desk, "203.0.113.7");
  const auto frame = next(Msg::second_path);
  ASSERT_TRUE(frame);
  const auto told = *decode<msg::SecondPath>(frame->body);
  EXPECT_EQ(told.source.to_text(), "10.1.0.9");
  EXPECT_EQ(told.finding, Finding::foreign_gateway);
}

TEST_F(SecondPathTest, where_it_is_only_told_nobody_is_named) {
  configure();
  send(desk, "10.1.0.1");
  in(desk, "ip addr add 192.168.7.2/24 dev eth0 && ip route add default via 192.168.7.1");
  send(desk, "203.0.113.7");
  ASSERT_NE(finds(Finding::foreign_gateway), nullptr);
  EXPECT_FALSE(next(Msg::second_path, milliseconds(500)));
}

TEST_F(SecondPathTest, a_segment_that_comes_later_is_heard_too) {
  segment.interface = "lan7";
  configure();
  in(network, "ip link set lan0 down && ip link set lan0 name lan7 && ip link set lan7 up");
  in(network, "ip addr replace 10.1.0.1/24 dev lan7");
  in(stranger, "ip addr add 10.1.0.1/24 dev eth0");
  send(stranger, "10.1.0.9");
  EXPECT_NE(finds(Finding::box_address_claimed), nullptr);
}

TEST_F(SecondPathTest, nothing_that_is_meant_for_the_box_reaches_it) {
  const UniqueFd ear =
      network.run([&] { return *supervisor::open_ear(*supervisor::Grounds::here(), {segment}); });
  send(desk, "10.1.0.1");
  send(desk, "fd00::1");
  int heard = 0;
  std::array<std::uint8_t, 2'048> frame;
  for (ssize_t size; (size = ::recv(ear.get(), frame.data(), frame.size(), MSG_DONTWAIT)) > 0; ++heard) {
    const auto seen = read_frame(Bytes(frame.data(), static_cast<std::size_t>(size)));
    ASSERT_TRUE(seen);
    EXPECT_FALSE(seen->kind == Frame::Kind::packet && !seen->to_group)
        << seen->sender.to_text() << " to " << seen->target.to_text();
    EXPECT_LE(size, 512);
  }
  EXPECT_GT(heard, 0) << "they had to find each other";
}

TEST_F(SecondPathTest, nobody_puts_another_program_before_the_ear) {
  const UniqueFd ear =
      network.run([&] { return *supervisor::open_ear(*supervisor::Grounds::here(), {segment}); });
  sock_filter all[] = {BPF_STMT(BPF_RET | BPF_K, 0xffff)};
  const sock_fprog program{1, all};
  EXPECT_NE(::setsockopt(ear.get(), SOL_SOCKET, SO_ATTACH_FILTER, &program, sizeof program), 0);
  EXPECT_EQ(errno, EPERM);
}

}  // namespace
}  // namespace gw::watch
