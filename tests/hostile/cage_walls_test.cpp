// A stranger took a kept program over: the hostile program in its place, in the cage that was put up around
// it, with the capabilities, account and namespace of its role.

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <csignal>
#include <string>

#include "daemons/supervisor/topology.h"
#include "ipc/inherited.h"
#include "probe/attempts.h"
#include "probe/outcome.h"
#include "support/in_child.h"
#include "support/namespaces.h"
#include "sys/child.h"

namespace gw::hostile {
namespace {

using probe::Attempt;
using probe::attempts;
using probe::kConfused;
using probe::kConnectedFd;
using probe::kListenerFd;
using probe::kNamespaceFd;
using probe::kRefused;
using probe::kWorked;
using supervisor::RoleId;

/// Somebody else, to be hurt.
struct Victim {
  pid_t pid = ::fork();
  Victim() {
    if (pid != 0) return;
    if (::setresuid(60'999, 60'999, 60'999) == 0) ::pause();
    ::_exit(0);
  }
  Victim(const Victim&) = delete;
  ~Victim() {
    ::kill(pid, SIGKILL);
    support::wait_status(pid);
  }
};

class CageWalls : public testing::Test {
 protected:
  void SetUp() override {
    if (::geteuid() != 0) GTEST_SKIP() << "needs root";
  }
  /// Where no wall stands the file is made, and seccomp ends the program before it takes it away.
  void TearDown() override { ::unlink("/tmp/gw-hostile"); }

  std::string try_it(const std::string& attempt) const {
    const Result<UniqueFd> cage = sys::open_program(GW_BINARY_DIR "/bin/hostile_cage");
    const Result<UniqueFd> hostile = sys::open_program(GW_BINARY_DIR "/bin/hostile_alone");
    if (!cage || !hostile) return "not built";
    const Result<sys::Child> child = sys::spawn(
        {cage->get(),
         {"hostile_cage", "dhcp-client", attempt, "9", std::to_string(victim_.pid)},
         {{null_.get(), ipc::kControlFd}, {hostile->get(), ipc::kInputFd}, {2, STDERR_FILENO}}},
        supervisor::confinement_of(supervisor::role(RoleId::dhcp_client), model::TenantId{0}, ground_.fd()));
    if (!child) return child.error().to_text();
    const sys::Ending ending = *sys::wait_for(*child);
    if (ending.how == sys::Ending::How::killed) return ending.number == SIGSYS ? "killed" : ending.to_text();
    if (ending.number == kRefused) return "refused";
    return ending.number == kWorked || ending.number == 0 ? "worked" : ending.to_text();
  }

 private:
  support::Network ground_;
  Victim victim_;
  UniqueFd null_{::open("/dev/null", O_RDWR | O_CLOEXEC)};
};

/// Else every other test here could pass with a program that never starts.
TEST_F(CageWalls, a_kept_program_starts_behind_them) { EXPECT_EQ(try_it("be_there"), "worked"); }

TEST_F(CageWalls, nothing_a_taken_over_kept_program_tries_works) {
  for (const Attempt& attempt : attempts()) {
    const std::string outcome = try_it(attempt.name);
    EXPECT_TRUE(outcome == "killed" || outcome == "refused") << attempt.name << ": " << outcome;
  }
}

/// Its table lets it open and start something; what, is Landlock's to say.
TEST_F(CageWalls, files_and_programs_are_refused_although_the_calls_are_its_own) {
  for (const char* attempt :
       {"read_a_file", "write_a_file", "read_the_secrets_of_the_system", "run_a_program"})
    EXPECT_EQ(try_it(attempt), "refused") << attempt;
}

}  // namespace
}  // namespace gw::hostile
