#pragma once

#include <netinet/in.h>

#include <vector>

#include "link.h"
#include "options.h"

namespace gw::bench {

/// The first byte of a connection says what the backend does with it.
enum class Wish : std::uint8_t { echo = 'E', sink = 'K', source = 'G' };

/// `127.x.y.z:PORT`. Gives up on any other address: nothing here may ever load a network.
sockaddr_in loopback_address(const std::string& text);

/// What all client connections of a run share: --to ADDRESS[,ADDRESS...] in turn, --certs FOLDER, --name
/// STEM.
class Clients {
 public:
  Clients(Loop& loop, const Options& options);
  Loop& loop() { return loop_; }
  SSL_CTX* context() { return context_.get(); }
  /// On its way to the next address; the handshake finds out whether it got there. Invalid: out of ports or
  /// descriptors.
  UniqueFd connect();

 private:
  Loop& loop_;
  Context context_;
  std::vector<sockaddr_in> addresses_;
  std::size_t next_ = 0;
};

/// Handshakes and has its byte echoed: the whole way to the backend and back works.
sys::Task<bool> prove(Link& link, Loop& loop);

}  // namespace gw::bench
