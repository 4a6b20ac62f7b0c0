// Each wall that stands around a process from its birth, seen from outside in the kernel's own books
// (architecture 1.2, ISO-02). The program inside is an ordinary one: nothing it does could put these walls
// up.

#include <fcntl.h>
#include <gmock/gmock.h>
#include <grp.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <string>

#include "daemons/supervisor/topology.h"
#include "support/namespaces.h"
#include "sys/child.h"
#include "sys/spawn.h"

namespace gw::isolation {
namespace {

using supervisor::Ground;
using supervisor::Role;
using testing::HasSubstr;

struct stat inode_of(const std::string& path) {
  struct stat found {};
  if (::stat(path.c_str(), &found) != 0) ADD_FAILURE() << path;
  return found;
}

std::string text_of(const std::string& path) {
  std::ostringstream out;
  out << std::ifstream(path).rdbuf();
  return out.str();
}

/// A process in the place of a role.
struct Inmate {
  support::Network ground;
  sys::Child child;

  explicit Inmate(const Role& role) : child(born(role, ground)) {
    for (int i = 0; i < 1000 && text_of(at("stat")).find("(sleep) S") == std::string::npos; ++i)
      ::poll(nullptr, 0, 10);  // until its libraries are loaded
  }
  Inmate(const Inmate&) = delete;
  ~Inmate() {
    sys::kill(child);
    sys::wait_until_dead(child);
  }
  static sys::Child born(const Role& role, const support::Network& ground) {
    const auto network = role.ground == Ground::none ? std::nullopt : std::optional<int>(ground.fd());
    Result<UniqueFd> program = sys::open_program("/bin/sleep");
    if (!program) throw std::runtime_error(program.error().to_text());
    Result<sys::Child> child = sys::spawn({program->get(), {"sleep", "600"}, {}},
                                          supervisor::confinement_of(role, model::TenantId{0}, network));
    if (!child) throw std::runtime_error(child.error().to_text());
    return *std::move(child);
  }
  std::string at(const std::string& what) const { return "/proc/" + std::to_string(child.pid) + "/" + what; }
};

class NamespacesTest : public testing::TestWithParam<std::size_t> {
 protected:
  void SetUp() override {
    if (::geteuid() != 0) GTEST_SKIP() << "needs root";
    const gid_t inherited = 60'666;  // something to get rid of
    ASSERT_EQ(::setgroups(1, &inherited), 0);
  }
  void TearDown() override { EXPECT_EQ(::setgroups(0, nullptr), 0); }
  const Role& role() const { return supervisor::roles()[GetParam()]; }
};

TEST_P(NamespacesTest, none_is_shared_with_the_supervisor) {
  const Inmate inmate(role());
  for (const char* kind : {"mnt", "pid", "ipc", "uts", "net"})
    EXPECT_NE(inode_of(inmate.at(std::string("ns/") + kind)).st_ino,
              inode_of(std::string("/proc/self/ns/") + kind).st_ino)
        << kind;
}

TEST_P(NamespacesTest, none_is_shared_with_another_of_the_kind_but_the_ground_it_stands_on) {
  const Inmate inmate(role()), other(role());
  for (const char* kind : {"mnt", "pid", "ipc", "uts", "net"})
    EXPECT_NE(inode_of(inmate.at(std::string("ns/") + kind)).st_ino,
              inode_of(other.at(std::string("ns/") + kind)).st_ino)
        << kind;
}

TEST_P(NamespacesTest, powers_are_those_of_the_table_from_birth) {
  const Inmate inmate(role());
  const std::string status = text_of(inmate.at("status"));
  const std::string account = std::to_string(supervisor::account_of(role(), model::TenantId{0}));
  std::ostringstream capabilities;
  capabilities << std::hex << role().capabilities;
  const std::string padded = std::string(16 - capabilities.str().size(), '0') + capabilities.str();
  EXPECT_THAT(status, HasSubstr("NoNewPrivs:\t1\n"));
  EXPECT_THAT(status, HasSubstr("Groups:\t \n"));
  for (const char* set : {"CapBnd", "CapPrm", "CapEff", "CapInh", "CapAmb"})
    EXPECT_THAT(status, HasSubstr(std::string(set) + ":\t" + padded + "\n"));
  for (const char* ids : {"Uid", "Gid"})
    EXPECT_THAT(status, HasSubstr(std::string(ids) + ":\t" + account + "\t" + account + "\t" + account +
                                  "\t" + account + "\n"));
}

TEST_P(NamespacesTest, descriptors_that_nobody_listed_are_closed) {
  const int careless =
      ::fcntl(STDERR_FILENO, F_DUPFD, 200);  // without close-on-exec, above all that is placed
  ASSERT_GE(careless, 200);
  const Inmate inmate(role());
  ::close(careless);
  std::set<std::string> open;
  for (const auto& entry : std::filesystem::directory_iterator(inmate.at("fd")))
    open.insert(entry.path().filename());
  EXPECT_THAT(open, testing::ElementsAre("0", "1", "2"));
}

TEST_P(NamespacesTest, limits_session_and_environment_are_its_own_from_birth) {
  const Inmate inmate(role());
  EXPECT_THAT(text_of(inmate.at("limits")), testing::ContainsRegex("Max core file size +0 +0 "));
  EXPECT_EQ(text_of(inmate.at("environ")), "");
  EXPECT_EQ(::getsid(inmate.child.pid), inmate.child.pid);
}

INSTANTIATE_TEST_SUITE_P(Roles, NamespacesTest, testing::Range(std::size_t{0}, supervisor::roles().size()),
                         [](const auto& number) {
                           std::string name = supervisor::roles()[number.param].name;
                           std::replace(name.begin(), name.end(), '-', '_');
                           return name + "_" + std::to_string(number.param);
                         });

}  // namespace
}  // namespace gw::isolation
