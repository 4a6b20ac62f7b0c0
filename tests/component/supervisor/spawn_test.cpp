#include "sys/spawn.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <linux/capability.h>
#include <sys/resource.h>
#include <unistd.h>

#include <array>
#include <csignal>

#include "sys/namespaces.h"

namespace gw::sys {
namespace {

using testing::HasSubstr;

constexpr std::uint32_t kAccount = 60'650;

struct Pipe {
  UniqueFd reading, writing;
  Pipe() {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) == 0) reading.reset(ends[0]), writing.reset(ends[1]);
  }
};

/// The probe under a confinement: what it says, and how it ends once `hold` is let go.
struct Probe {
  Pipe says, hold;
  Result<Child> child = Error{ErrorCode::system_call_failed};

  explicit Probe(const Confinement& confinement, std::vector<std::string> arguments = {"probe"}) {
    const Result<UniqueFd> program = open_program(GW_BINARY_DIR "/bin/spawn_probe");
    child = spawn({program ? program->get() : -1,
                   std::move(arguments),
                   {{says.writing.get(), 3}, {hold.reading.get(), 4}}},
                  confinement);
    says.writing.reset();
    hold.reading.reset();
  }
  std::string words() const {
    std::string out;
    char buffer[4096];
    for (ssize_t size; (size = ::read(says.reading.get(), buffer, sizeof buffer)) > 0;)
      out.append(buffer, static_cast<std::size_t>(size));
    return out;
  }
  Ending end() {
    hold.writing.reset();
    return *wait_for(*child);
  }
};

class SpawnTest : public testing::Test {
 protected:
  void SetUp() override {
    if (::geteuid() != 0) GTEST_SKIP() << "needs root";
  }
};

TEST_F(SpawnTest, the_process_has_its_account_and_no_groups) {
  Probe probe({.account = kAccount});
  ASSERT_TRUE(probe.child) << probe.child.error().to_text();
  const std::string words = probe.words();
  EXPECT_THAT(words, HasSubstr("Uid:\t60650\t60650\t60650\t60650\n"));
  EXPECT_THAT(words, HasSubstr("Gid:\t60650\t60650\t60650\t60650\n"));
  EXPECT_THAT(words, HasSubstr("Groups:\t \n"));
  EXPECT_TRUE(probe.end().to_text() == "exit 42");
}

TEST_F(SpawnTest, the_process_has_no_capability_and_can_gain_none) {
  Probe probe({.account = kAccount});
  const std::string words = probe.words();
  for (const char* set : {"CapPrm", "CapEff", "CapBnd", "CapAmb"})
    EXPECT_THAT(words, HasSubstr(std::string(set) + ":\t0000000000000000\n"));
  EXPECT_THAT(words, HasSubstr("NoNewPrivs:\t1\n"));
}

TEST_F(SpawnTest, a_listed_capability_is_kept_and_no_other) {
  Probe probe({.account = kAccount, .capabilities = std::uint64_t{1} << CAP_NET_ADMIN});
  const std::string words = probe.words();
  for (const char* set : {"CapPrm", "CapEff", "CapBnd", "CapAmb"})
    EXPECT_THAT(words, HasSubstr(std::string(set) + ":\t0000000000001000\n"));
}

TEST_F(SpawnTest, only_the_listed_descriptors_are_open) {
  Probe probe({.account = kAccount});
  EXPECT_THAT(probe.words(), HasSubstr("fds: 0 1 2 3 4\n"));
}

TEST_F(SpawnTest, there_is_no_interface_but_a_loopback_of_its_own) {
  Probe probe({.account = kAccount});
  EXPECT_THAT(probe.words(), HasSubstr("interfaces: lo\n"));
}

TEST_F(SpawnTest, the_environment_is_empty_and_the_arguments_are_ours) {
  Probe probe({.account = kAccount}, {"probe", "lan"});
  const std::string words = probe.words();
  EXPECT_THAT(words, HasSubstr("environment: empty\n"));
  EXPECT_THAT(words, HasSubstr("argument: probe\nargument: lan\n"));
}

TEST_F(SpawnTest, nobody_else_can_be_named_by_number) {
  Probe probe({.account = kAccount});
  EXPECT_THAT(probe.words(), HasSubstr("pid: 1\nparent: 0\n"));
}

TEST_F(SpawnTest, there_are_no_core_dumps) {
  Probe probe({.account = kAccount});
  EXPECT_THAT(probe.words(), HasSubstr("core: 0 0\n"));
}

TEST_F(SpawnTest, descriptors_are_limited_or_as_many_as_allowed) {
  rlimit own{};
  ::getrlimit(RLIMIT_NOFILE, &own);
  const std::string most = std::to_string(own.rlim_max);
  EXPECT_THAT(Probe({.account = kAccount, .files = 100}).words(), HasSubstr("nofile: 100 100\n"));
  EXPECT_THAT(Probe({.account = kAccount}).words(), HasSubstr("nofile: " + most + " " + most + "\n"));
}

TEST_F(SpawnTest, a_given_network_namespace_is_entered) {
  const Result<UniqueFd> own = own_network();
  Probe probe({.account = kAccount, .network = own->get()});
  ASSERT_TRUE(probe.child);
  const std::string theirs = "/proc/" + std::to_string(probe.child->pid) + "/ns/net";
  char a[64] = {}, b[64] = {};
  ASSERT_GT(::readlink(theirs.c_str(), a, sizeof a - 1), 0);
  ASSERT_GT(::readlink("/proc/self/ns/net", b, sizeof b - 1), 0);
  EXPECT_STREQ(a, b);
}

TEST_F(SpawnTest, the_process_dies_with_its_parent) {
  Probe probe({.account = kAccount});
  EXPECT_THAT(probe.words(), HasSubstr("death signal: 9\n"));
}

TEST_F(SpawnTest, a_killed_process_is_told_from_one_that_ended) {
  Probe probe({.account = kAccount});
  EXPECT_FALSE(*collect(*probe.child));
  kill(*probe.child);
  EXPECT_EQ(wait_for(*probe.child)->to_text(), "signal 9");
}

TEST_F(SpawnTest, the_step_that_failed_is_named) {
  const UniqueFd not_a_namespace(::open("/dev/null", O_RDONLY | O_CLOEXEC));
  Probe probe({.account = kAccount, .network = not_a_namespace.get()});
  ASSERT_FALSE(probe.child);
  EXPECT_THAT(probe.child.error().to_text(), HasSubstr("spawn: network namespace"));
}

TEST_F(SpawnTest, a_program_that_cannot_be_run_is_an_error_and_no_process) {
  const UniqueFd text(::open("/etc/passwd", O_PATH | O_CLOEXEC));
  const Result<Child> child = spawn({text.get(), {"x"}, {}}, {.account = kAccount});
  ASSERT_FALSE(child);
  EXPECT_THAT(child.error().to_text(), HasSubstr("spawn: program"));
}

}  // namespace
}  // namespace gw::sys
