#pragma once

// What the stand-ins for the box's programs have in common: frames on the control channel, one at a time.

#include <poll.h>
#include <unistd.h>

#include <cstdlib>
#include <string>
#include <vector>

#include "base/codec.h"
#include "ipc/channel.h"
#include "ipc/conversation.h"
#include "ipc/inherited.h"
#include "sys/sealed.h"

namespace gw::dummy {

class Control {
 public:
  /// Waits for the next frame; ends the program when the supervisor is gone.
  ipc::Frame next() const {
    for (;;) {
      Result<std::optional<ipc::Frame>> frame = channel_.receive();
      if (!frame) std::exit(0);
      if (*frame) return std::move(**frame);
      pollfd ready{channel_.fd(), POLLIN, 0};
      ::poll(&ready, 1, -1);
    }
  }
  template <class Msg, class Body>
  void tell(Msg message, const Body& body, std::vector<int> fds = {}) const {
    static_cast<void>(channel_.send(ipc::type_number(message), 0, encode(body), std::move(fds)));
  }
  template <class Msg>
  void tell(Msg message) const {
    static_cast<void>(channel_.send(ipc::type_number(message), 0, {}));
  }
  int fd() const { return channel_.fd(); }

 private:
  ipc::Channel channel_{UniqueFd(ipc::kControlFd)};
};

inline std::string text_of(int fd) {
  const auto bytes = sys::read_sealed(fd, 64 * 1024);
  return bytes ? std::string(as_text(*bytes)) : std::string();
}

}  // namespace gw::dummy
