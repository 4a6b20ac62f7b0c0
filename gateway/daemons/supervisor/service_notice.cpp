#include "service_notice.h"

#include <sys/socket.h>
#include <sys/un.h>

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <cstdlib>

namespace gw::supervisor {
namespace {

/// A path, or `@` and a name of the abstract kind; nothing for whatever else it may say.
UniqueFd connected(std::string_view name) {
  sockaddr_un address{};
  const bool fits = name.size() > 1 && name.size() < sizeof address.sun_path;
  if (!fits || (name[0] != '/' && name[0] != '@')) return {};
  address.sun_family = AF_UNIX;
  std::copy(name.begin(), name.end(), address.sun_path);
  if (name[0] == '@') address.sun_path[0] = '\0';
  UniqueFd fd(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  const auto size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + name.size());
  if (!fd || ::connect(fd.get(), reinterpret_cast<const sockaddr*>(&address), size) != 0) return {};
  return fd;
}

std::string_view variable(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string_view() : std::string_view(value);
}

}  // namespace

ServiceNotice ServiceNotice::from_environment() {
  ServiceNotice notice;
  notice.socket_ = connected(variable("NOTIFY_SOCKET"));
  const std::string_view limit = variable("WATCHDOG_USEC");
  std::int64_t microseconds = 0;
  const auto [end, error] = std::from_chars(limit.data(), limit.data() + limit.size(), microseconds);
  if (error == std::errc() && end == limit.data() + limit.size() && microseconds > 0)
    notice.every_ = std::chrono::microseconds(microseconds / 2);
  return notice;
}

void ServiceNotice::tick(Instant now, bool serving) {
  if (!socket_) return;
  if (serving && !told_) tell("READY=1\nSTATUS=serving");
  told_ = told_ || serving;
  if (!every_ || now < due_) return;
  due_ = now + *every_;
  tell("WATCHDOG=1");
}

void ServiceNotice::stopping() {
  if (socket_) tell("STOPPING=1");
}

/// A manager that does not listen is no reason to wait.
void ServiceNotice::tell(std::string_view state) const {
  [[maybe_unused]] const ssize_t sent = ::send(socket_.get(), state.data(), state.size(), MSG_NOSIGNAL);
}

}  // namespace gw::supervisor
