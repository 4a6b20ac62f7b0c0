#include "daemons/supervisor/service_notice.h"

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <string>

namespace gw::supervisor {
namespace {

using namespace std::chrono_literals;

/// The service manager's end of it, at an abstract name of this process.
class Listener {
 public:
  Listener() : fd_(::socket(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0)) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    name_.copy(address.sun_path + 1, name_.size());
    const auto size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + 1 + name_.size());
    EXPECT_EQ(::bind(fd_.get(), reinterpret_cast<const sockaddr*>(&address), size), 0);
  }

  std::string name() const { return "@" + name_; }

  /// The next one; empty if there is none.
  std::string heard() const {
    std::array<char, 256> text{};
    const ssize_t size = ::recv(fd_.get(), text.data(), text.size(), 0);
    return size > 0 ? std::string(text.data(), static_cast<std::size_t>(size)) : std::string();
  }

 private:
  std::string name_ = "service-notice-test-" + std::to_string(::getpid());
  UniqueFd fd_;
};

ServiceNotice notice_with(const char* socket, const char* limit) {
  ::setenv("NOTIFY_SOCKET", socket, 1);
  ::setenv("WATCHDOG_USEC", limit, 1);
  ServiceNotice notice = ServiceNotice::from_environment();
  ::unsetenv("NOTIFY_SOCKET");
  ::unsetenv("WATCHDOG_USEC");
  return notice;
}

TEST(ServiceNotice, says_once_that_the_box_serves_and_that_it_stops) {
  const Listener manager;
  ServiceNotice notice = notice_with(manager.name().c_str(), "");
  notice.tick(Instant{}, false);
  EXPECT_EQ(manager.heard(), "");
  notice.tick(Instant{}, true);
  EXPECT_EQ(manager.heard(), "READY=1\nSTATUS=serving");
  notice.tick(Instant{} + 1h, true);
  EXPECT_EQ(manager.heard(), "");
  notice.stopping();
  EXPECT_EQ(manager.heard(), "STOPPING=1");
}

TEST(ServiceNotice, gives_a_sign_of_life_twice_within_the_time_it_has_and_not_more_often) {
  const Listener manager;
  ServiceNotice notice = notice_with(manager.name().c_str(), "20000000");
  notice.tick(Instant{}, false);
  EXPECT_EQ(manager.heard(), "WATCHDOG=1");
  notice.tick(Instant{} + 9s, false);
  EXPECT_EQ(manager.heard(), "");
  notice.tick(Instant{} + 10s, false);
  EXPECT_EQ(manager.heard(), "WATCHDOG=1");
}

TEST(ServiceNotice, tells_nobody_where_nobody_listens) {
  const Listener manager;
  for (const char* socket : {"", "@", "vsock:2:1", "@service-notice-test-nobody"}) {
    ServiceNotice notice = notice_with(socket, "20000000");
    notice.tick(Instant{}, true);
    notice.stopping();
  }
  EXPECT_EQ(manager.heard(), "");
}

}  // namespace
}  // namespace gw::supervisor
