#include "net/socket.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "net/raw_sockets.h"
#include "unit/net/two_tenants.h"

// ISO-04, WLS-01: which sockets have a place in a plan.

namespace gw::net {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using tests::address;

constexpr std::uint32_t kRoot = 0, kDialer = model::dialer_account(model::TenantId{0});

struct Case {
  Role role;
  SocketKind kind;
  const char* local;
  std::uint16_t port;
  std::uint32_t account;
  bool placed;
};

TEST(SocketPlace, is_an_opening_a_callers_or_the_boxs_own) {
  using enum SocketKind;
  const Case cases[] = {
      {Role::lan, tcp_listening, "10.1.0.1", 443, kRoot, true},
      {Role::lan, tcp_listening, "fd00:1::1", 443, kRoot, true},
      {Role::lan, tcp_listening, "10.1.0.1", 444, kRoot, false},
      {Role::lan, tcp_listening, "0.0.0.0", 443, kRoot, false},
      {Role::lan, tcp_listening, "::", 443, kRoot, false},
      {Role::lan, tcp_calling, "10.1.0.1", 443, kRoot, false},
      {Role::lan, tcp_calling, "10.1.0.1", 40'000, kDialer, false},
      {Role::lan, udp, "10.1.0.1", 443, kRoot, false},
      {Role::lan, udp, "10.1.0.1", 68, model::kDhcpAccount, false},
      {Role::lan, raw, "0.0.0.0", 6, kRoot, false},
      {Role::lan, packet, "0.0.0.0", 0, kRoot, false},
      {Role::lan, packet, "0.0.0.0", 0, model::kLanWatchAccount, true},
      {Role::lan, packet, "0.0.0.0", 0, model::kWanWatchAccount, false},
      {Role::wan, tcp_listening, "203.0.113.2", 443, kDialer, false},
      {Role::wan, tcp_listening, "10.1.0.1", 443, kRoot, false},
      {Role::wan, tcp_calling, "203.0.113.2", 40'000, kDialer, true},
      {Role::wan, tcp_calling, "203.0.113.2", 40'000, kRoot, false},
      {Role::wan, tcp_calling, "203.0.113.2", 40'000, kDialer + 100, false},
      {Role::wan, udp, "0.0.0.0", 40'000, kDialer, true},
      {Role::wan, udp, "0.0.0.0", 40'000, kRoot, false},
      {Role::wan, udp, "203.0.113.2", 68, model::kDhcpAccount, true},
      {Role::wan, udp, "203.0.113.2", 67, model::kDhcpAccount, false},
      {Role::wan, raw, "0.0.0.0", 6, kDialer, false},
      {Role::wan, packet, "0.0.0.0", 0, model::kDhcpAccount, true},
      {Role::wan, packet, "0.0.0.0", 0, model::kLanWatchAccount, false},
      {Role::mgmt, tcp_listening, "10.1.0.1", 443, kRoot, false},
      {Role::mgmt, udp, "0.0.0.0", 40'000, kDialer, false},
      {Role::mgmt, packet, "0.0.0.0", 0, model::kLanWatchAccount, false},
  };
  const Plan wanted = plan(tests::two_tenants());
  for (const Case& each : cases) {
    const Socket socket{each.kind, {address(each.local), each.port}, each.account};
    EXPECT_EQ(has_place(wanted, each.role, socket), each.placed)
        << to_text(socket) << " in namespace " << static_cast<int>(each.role);
  }
}

TEST(SocketPlace, an_account_that_calls_over_one_protocol_does_not_over_the_other) {
  Plan wanted;
  wanted.wan.permissions = {{kDialer, Protocol::tcp, tests::prefix("198.51.100.1/32"), 443}};
  EXPECT_TRUE(has_place(wanted, Role::wan, {SocketKind::tcp_calling, {address("0.0.0.0"), 1}, kDialer}));
  EXPECT_FALSE(has_place(wanted, Role::wan, {SocketKind::udp, {address("0.0.0.0"), 1}, kDialer}));
}

TEST(SilentOpenings, are_those_without_a_listener) {
  const Plan wanted = plan(tests::two_tenants());
  std::vector<Socket> sockets{{SocketKind::tcp_listening, {address("10.1.0.1"), 443}, kRoot},
                              {SocketKind::tcp_calling, {address("10.2.0.1"), 2762}, kRoot},
                              {SocketKind::udp, {address("10.2.0.1"), 2762}, kRoot}};
  EXPECT_THAT(silent_openings(wanted, Role::lan, sockets),
              ElementsAre("TCP [fd00:1::1]:443", "TCP 10.2.0.1:2762"));
  EXPECT_THAT(silent_openings(wanted, Role::wan, sockets), IsEmpty());
  EXPECT_THAT(silent_openings(wanted, Role::mgmt, sockets), IsEmpty());
}

constexpr const char* kRaw4 =
    "   sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref "
    "pointer "
    "drops\n"
    "    6: 0100007F:0006 00000000:0000 07 00000000:00000000 00:00000000 00000000  1000        0 21 2 "
    "ffff0 0\n";
constexpr const char* kRaw6 =
    "  sl  local_address                         remote_address                        st tx_queue rx_queue "
    "tr "
    "tm->when retrnsmt   uid  timeout inode ref pointer drops\n"
    "    3a: 00000000000000000000000001000000:003A 00000000000000000000000000000000:0000 07 "
    "00000000:00000000 "
    "00:00000000 00000000     0        0 22 2 ffff0 0\n";

TEST(RawSockets, are_read_from_the_kernels_listing) {
  EXPECT_THAT(raw_sockets_in(kRaw4, model::Family::ipv4),
              ElementsAre(Socket{SocketKind::raw, {address("127.0.0.1"), 6}, 1'000}));
  EXPECT_THAT(raw_sockets_in(kRaw6, model::Family::ipv6),
              ElementsAre(Socket{SocketKind::raw, {address("::1"), 58}, 0}));
}

TEST(RawSockets, are_not_read_from_anything_else) {
  for (const char* text : {"", "\n\n", "sl", "1: x 2 3 4 5 6 7 8", "1: 0100007F 0 07 0 0 0 1000 0 0",
                           "1: 0100007F:0006 0 07 0 0 0 -1 0", "1: 0100007:0006 0 07 0 0 0 1000 0"})
    EXPECT_THAT(raw_sockets_in(text, model::Family::ipv4), IsEmpty()) << text;
  EXPECT_THAT(raw_sockets_in(kRaw4, model::Family::ipv6), IsEmpty());
}

}  // namespace
}  // namespace gw::net
