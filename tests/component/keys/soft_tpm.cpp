#include "component/keys/soft_tpm.h"

#include <gtest/gtest.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstring>

namespace gw::keys {
namespace {

constexpr int kTries = 500;

UniqueFd connect_to(const std::string& path) {
  UniqueFd socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::strncpy(address.sun_path, path.c_str(), sizeof address.sun_path - 1);
  if (::connect(socket.get(), reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) return {};
  return socket;
}

}  // namespace

SoftTpm::SoftTpm() { start_again(); }

SoftTpm::~SoftTpm() { kill(); }

void SoftTpm::start_again() {
  const std::string server = "type=unixio,path=" + socket_path();
  const std::string control = "type=unixio,path=" + socket_path() + ".ctrl";
  const std::string state = "dir=" + folder_.path("");
  process_ = ::fork();
  if (process_ == 0) {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);  // a test that dies leaves no swtpm behind
    ::execlp("swtpm", "swtpm", "socket", "--tpm2", "--server", server.c_str(), "--ctrl", control.c_str(),
             "--tpmstate", state.c_str(), "--flags", "startup-clear", "--log", "level=0,file=/dev/null",
             nullptr);
    ::_exit(127);
  }
}

UniqueFd SoftTpm::connect() const {
  for (int i = 0; i < kTries; ++i) {
    if (UniqueFd socket = connect_to(socket_path())) return socket;
    ::poll(nullptr, 0, 10);
  }
  ADD_FAILURE() << "swtpm is not there; is it installed?";
  return {};
}

void SoftTpm::stop() const { ::kill(process_, SIGSTOP); }
void SoftTpm::go_on() const { ::kill(process_, SIGCONT); }

void SoftTpm::reset() const { EXPECT_EQ(run("swtpm_ioctl --unix " + socket_path() + ".ctrl -i"), 0); }

void SoftTpm::kill() {
  if (process_ <= 0) return;
  ::kill(process_, SIGKILL);
  ::waitpid(process_, nullptr, 0);
  process_ = -1;
}

}  // namespace gw::keys
