// Every attempt against every role that must not have the power: in the role's own confinement, with its
// walls up (what a stranger who took the daemon over would meet), and before its walls are up (what the outer
// walls alone keep back).

#include <arpa/inet.h>
#include <fcntl.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <string>
#include <vector>

#include "daemons/supervisor/ear.h"
#include "daemons/supervisor/proof_plan.h"
#include "daemons/supervisor/topology.h"
#include "ipc/inherited.h"
#include "probe/attempts.h"
#include "probe/outcome.h"
#include "support/in_child.h"
#include "support/namespaces.h"
#include "sys/child.h"
#include "sys/memory_directory.h"
#include "sys/seccomp.h"

namespace gw::hostile {
namespace {

using probe::Attempt;
using probe::attempts;
using probe::kConfused;
using probe::kConnectedFd;
using probe::kEarFd;
using probe::kListenerFd;
using probe::kNamespaceFd;
using probe::kRefused;
using probe::kWorked;

using supervisor::Role;
using supervisor::RoleId;

struct Listener {
  UniqueFd fd{::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)};
  sockaddr_in address{};

  Listener() {
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    if (::bind(fd.get(), reinterpret_cast<const sockaddr*>(&address), size) != 0 ||
        ::listen(fd.get(), 8) != 0 ||
        ::getsockname(fd.get(), reinterpret_cast<sockaddr*>(&address), &size) != 0)
      throw std::runtime_error("no listener");
  }
  unsigned short port() const { return ntohs(address.sin_port); }
  UniqueFd connected() const {
    UniqueFd out(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    if (::connect(out.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
      throw std::runtime_error("no connection");
    return out;
  }
};

/// A process of another tenant, waiting to be hurt.
struct Victim {
  pid_t pid;
  explicit Victim(std::uint32_t account) : pid(::fork()) {
    if (pid != 0) return;
    if (::setresuid(account, account, account) == 0) ::pause();
    ::_exit(0);
  }
  Victim(const Victim&) = delete;
  ~Victim() {
    ::kill(pid, SIGKILL);
    support::wait_status(pid);
  }
};

/// The neighbourhood of a role: sockets it was handed, and things it was not.
class Place {
 public:
  /// How the attempt ends in the role's confinement.
  std::string try_it(RoleId id, const std::string& attempt, bool walls) const {
    const Role& role = supervisor::role(id);
    std::vector<std::string> arguments{"hostile", attempt, std::to_string(forbidden_.port()),
                                       std::to_string(victim_.pid)};
    if (walls) arguments.push_back(sys::seccomp::name_of(role.filter));
    const Result<UniqueFd> program = sys::open_program(GW_BINARY_DIR "/bin/hostile_program");
    if (!program) return program.error().to_text();
    const std::optional<int> network =
        role.ground == supervisor::Ground::none ? std::nullopt : std::optional<int>(ground_.fd());
    std::vector<sys::Placed> handed{
        {connection_.get(), kConnectedFd}, {handed_.fd.get(), kListenerFd}, {ground_.fd(), kNamespaceFd}};
    if (supervisor::hears_a_network(id)) handed.push_back({ear_.get(), kEarFd});
    const Result<sys::Child> child = sys::spawn(
        {program->get(), arguments, handed}, supervisor::confinement_of(role, model::TenantId{0}, network));
    if (!child) return child.error().to_text();
    return name(*sys::wait_for(*child));
  }
  /// How it ends behind the cage, in the kept program's place.
  std::string try_caged(const Role& role, const std::string& attempt) const {
    const Result<UniqueFd> program = sys::open_program(GW_BINARY_DIR "/bin/hostile_kept");
    const Result<UniqueFd> files = sys::make_memory_directory(supervisor::account_of(role, {}));
    if (!program || !files) return "no cage";
    const std::vector<std::string> arguments{"cage", attempt, std::to_string(forbidden_.port()),
                                             std::to_string(victim_.pid)};
    // The directory stands where attempts look for a connection; none is handed to a kept program.
    const Result<sys::Child> child = sys::spawn(
        {program->get(), arguments, {{files->get(), ipc::kInputFd}, {handed_.fd.get(), kListenerFd}}},
        supervisor::confinement_of(role, model::TenantId{0}, ground_.fd()));
    if (!child) return child.error().to_text();
    return name(*sys::wait_for(*child));
  }
  /// How the same attempt ends for root without any wall.
  std::string try_unconfined(const std::string& attempt) const {
    const int status = support::in_child([&] {
      // Out of the way first: one of the three may already have another's number.
      std::array<int, 4> fds{connection_.get(), handed_.fd.get(), ground_.fd(), ear_.get()};
      for (int& fd : fds) fd = ::fcntl(fd, F_DUPFD, 100);
      ::dup2(fds[0], kConnectedFd);
      ::dup2(fds[1], kListenerFd);
      ::dup2(fds[2], kNamespaceFd);
      ::dup2(fds[3], kEarFd);
      const std::string port = std::to_string(forbidden_.port()), victim = std::to_string(victim_.pid);
      ::execl(GW_BINARY_DIR "/bin/hostile_program", "hostile", attempt.c_str(), port.c_str(), victim.c_str(),
              nullptr);
      return kConfused;
    });
    return status < 0 ? name({sys::Ending::How::killed, -status}) : name({sys::Ending::How::exited, status});
  }

 private:
  static std::string name(const sys::Ending& ending) {
    if (ending.how == sys::Ending::How::killed) return ending.number == SIGSYS ? "killed" : ending.to_text();
    if (ending.number == kRefused) return "refused";
    return ending.number == kWorked || ending.number == 0 ? "worked" : ending.to_text();
  }

  support::Network ground_;
  Listener handed_, forbidden_;
  UniqueFd connection_ = handed_.connected();
  UniqueFd ear_ = ground_.run([] { return *supervisor::open_ear(*supervisor::Grounds::here(), {}); });
  Victim victim_{supervisor::account_of(supervisor::role(RoleId::proxyd), model::TenantId{1})};
};

/// Powers that the role has until its walls are up: the DHCP client needs frames, and reaches ns wan by them;
/// the probe stands where nobody else is.
bool sends_frames(RoleId role, const std::string& attempt) {
  const bool may = role == RoleId::dhcp_client || role == RoleId::isolation_probe;
  return may && (attempt == "make_raw_socket" || attempt == "make_packet_socket");
}

class WallsTest : public testing::TestWithParam<RoleId> {
 protected:
  void SetUp() override {
    if (::geteuid() != 0) GTEST_SKIP() << "needs root";
  }
};

TEST_P(WallsTest, nothing_a_taken_over_process_tries_works) {
  const Place place;
  for (const Attempt& attempt : attempts()) {
    if (supervisor::is_own_power(GetParam(), attempt.name)) continue;
    const std::string outcome = place.try_it(GetParam(), attempt.name, true);
    EXPECT_TRUE(outcome == "killed" || outcome == "refused") << attempt.name << ": " << outcome;
  }
}

TEST_P(WallsTest, the_outer_walls_alone_keep_it_from_everybody_else) {
  const Place place;
  for (const char* attempt : {"make_raw_socket", "make_packet_socket", "enter_a_namespace",
                              "read_the_secrets_of_the_system", "mount_something", "change_root",
                              "kill_another", "kill_all", "trace_another", "read_another_ones_memory",
                              "become_root", "take_a_capability", "raise_a_limit", "allow_core_dumps"}) {
    if (sends_frames(GetParam(), attempt)) continue;
    EXPECT_EQ(place.try_it(GetParam(), attempt, false), "refused") << attempt;
  }
}

INSTANTIATE_TEST_SUITE_P(Roles, WallsTest,
                         testing::Values(RoleId::conf_compile, RoleId::net_apply, RoleId::proxyd,
                                         RoleId::dialerd, RoleId::lan_watch, RoleId::dhcp_client,
                                         RoleId::isolation_probe, RoleId::evidence_sign, RoleId::keyd,
                                         RoleId::tokend, RoleId::controld, RoleId::registrar, RoleId::renewer,
                                         RoleId::packet_capture, RoleId::agent),
                         [](const auto& role) {
                           std::string name = supervisor::role(role.param).name;
                           std::replace(name.begin(), name.end(), '-', '_');
                           return name;
                         });

class ProxyWallsTest : public WallsTest {};

TEST_P(ProxyWallsTest, without_an_interface_there_is_nobody_to_call) {
  EXPECT_EQ(Place().try_it(GetParam(), "connect_out", false), "refused");
  EXPECT_EQ(Place().try_it(GetParam(), "change_a_kernel_setting", false), "refused");
}

TEST_P(ProxyWallsTest, a_handed_socket_cannot_be_turned_against_us) {
  for (const char* attempt :
       {"make_tcp_socket", "reaim_a_connection", "turn_a_listener_into_a_caller", "call_by_fast_open",
        "call_by_fast_open_message", "listen_on_a_connection", "put_a_program_on_a_socket",
        "make_memory_executable", "make_its_memory_executable"})
    EXPECT_EQ(Place().try_it(GetParam(), attempt, true), "killed") << attempt;
}

INSTANTIATE_TEST_SUITE_P(Roles, ProxyWallsTest,
                         testing::Values(RoleId::proxyd, RoleId::enrold, RoleId::namesd, RoleId::keyd,
                                         RoleId::renewer, RoleId::agent, RoleId::webd),
                         [](const auto& role) { return std::string(supervisor::role(role.param).name); });

class CageTest : public WallsTest {};

/// Behind the real cage, walls up by it and nobody else: what a stranger who took the kept program over would
/// meet.
TEST_P(CageTest, nothing_a_taken_over_kept_program_tries_works) {
  const Place place;
  for (const Attempt& attempt : attempts()) {
    if (supervisor::is_own_power(GetParam(), attempt.name)) continue;
    const std::string outcome = place.try_caged(supervisor::role(GetParam()), attempt.name);
    EXPECT_TRUE(outcome == "killed" || outcome == "refused") << attempt.name << ": " << outcome;
  }
}

TEST_P(CageTest, a_caged_program_runs_at_all) {
  EXPECT_EQ(Place().try_caged(supervisor::role(GetParam()), "make_memory_executable"), "worked");
}

INSTANTIATE_TEST_SUITE_P(Kept, CageTest, testing::Values(RoleId::chronyd),
                         [](const auto&) { return std::string("chronyd"); });

class EarTest : public WallsTest {};

TEST_P(EarTest, who_hears_the_segments_cannot_speak_on_them) {  // ISO-05
  for (const char* attempt : {"send_a_frame", "send_a_frame_in_a_message", "send_a_frame_in_a_batch",
                              "bind_the_ear_and_send", "hear_everything"})
    EXPECT_EQ(Place().try_it(GetParam(), attempt, true), "killed") << attempt;
  for (const char* attempt : {"write_a_frame", "send_a_frame_to_nobody"})
    EXPECT_EQ(Place().try_it(GetParam(), attempt, true), "refused") << attempt;
}

INSTANTIATE_TEST_SUITE_P(Roles, EarTest, testing::Values(RoleId::lan_watch, RoleId::packet_capture),
                         [](const auto& role) {
                           return role.param == RoleId::lan_watch ? "watchd" : "packet_capture";
                         });

class AttemptsTest : public testing::Test {
 protected:
  void SetUp() override {
    if (::geteuid() != 0) GTEST_SKIP() << "needs root";
  }
};

/// An attempt that never works proves nothing by failing.
TEST_F(AttemptsTest, are_real_where_no_wall_stands) {
  for (const char* attempt : {"make_tcp_socket",
                              "make_raw_socket",
                              "make_packet_socket",
                              "make_unix_socket",
                              "make_netlink_socket",
                              "connect_out",
                              "take_a_port",
                              "listen_without_a_port",
                              "reaim_a_connection",
                              "turn_a_listener_into_a_caller",
                              "put_a_program_on_a_socket",
                              "send_a_frame",
                              "send_a_frame_in_a_message",
                              "send_a_frame_in_a_batch",
                              "bind_the_ear_and_send",
                              "enter_a_namespace",
                              "read_a_file",
                              "read_the_secrets_of_the_system",
                              "write_a_file",
                              "write_own_memory_through_proc",
                              "change_a_kernel_setting",
                              "change_root",
                              "run_a_program",
                              "divide",
                              "kill_another",
                              "trace_another",
                              "make_memory_executable",
                              "make_its_memory_executable",
                              "become_root",

                              "allow_core_dumps"})
    EXPECT_EQ(Place().try_unconfined(attempt), "worked") << attempt;
}

}  // namespace
}  // namespace gw::hostile
