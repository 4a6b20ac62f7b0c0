#include "loop.h"

#include <sys/epoll.h>

#include <array>
#include <utility>

namespace gw::supervisor {

Result<Loop> Loop::make() {
  UniqueFd epoll(::epoll_create1(EPOLL_CLOEXEC));
  if (!epoll) return system_error("epoll_create1");
  return Loop(std::move(epoll));
}

void Loop::watch(int fd, Handler handler) {
  epoll_event event{};
  event.events = EPOLLIN;
  event.data.fd = fd;
  GW_CHECK(::epoll_ctl(epoll_.get(), EPOLL_CTL_ADD, fd, &event) == 0, "only sound descriptors are watched");
  handlers_[fd] = std::make_shared<Handler>(std::move(handler));
}

void Loop::forget(int fd) {
  if (handlers_.erase(fd) != 0) ::epoll_ctl(epoll_.get(), EPOLL_CTL_DEL, fd, nullptr);
}

void Loop::turn(std::chrono::milliseconds most) {
  std::array<epoll_event, 64> events{};
  const int count = ::epoll_wait(epoll_.get(), events.data(), static_cast<int>(events.size()),
                                 static_cast<int>(most.count()));
  for (int i = 0; i < count; ++i) {
    const auto found = handlers_.find(events[static_cast<std::size_t>(i)].data.fd);
    if (found == handlers_.end()) continue;  // forgotten by a handler before it
    const std::shared_ptr<Handler> handler = found->second;
    (*handler)();
  }
}

}  // namespace gw::supervisor
