#include "lines.h"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>

#include "options.h"

namespace gw::bench {

Lines::Lines(Loop& loop) : wake_(*loop.reactor) {
  if (::fcntl(STDIN_FILENO, F_SETFL, O_NONBLOCK) != 0 ||
      !readiness_.attach(*loop.reactor, STDIN_FILENO, wake_))
    give_up("standard input must be a pipe");
}

sys::Task<std::string> Lines::next() {
  for (;;) {
    const std::size_t end = waiting_.find('\n');
    if (end != std::string::npos) {
      std::string line = waiting_.substr(0, end);
      waiting_.erase(0, end + 1);
      co_return line;
    }
    std::array<char, 256> room;
    const ssize_t size = ::read(STDIN_FILENO, room.data(), room.size());
    if (size > 0)
      waiting_.append(room.data(), static_cast<std::size_t>(size));
    else if (size < 0 && errno == EAGAIN)
      co_await wake_;
    else
      co_return {};
  }
}

}  // namespace gw::bench
