#pragma once

#include <string>
#include <vector>

#include "support/compartment.h"

namespace gw::bench {

/// Sessions of a wrapped service, many at once: stock OpenSSL plays the terminals' side of the box's TLS;
/// what is inside are a hello and an answer of TLS 1.3 and then octets, as the box sees them.
class Tunnels {
 public:
  struct Session {
    support::TlsPeer terminal;
    UniqueFd cloud;
  };

  Tunnels();

  /// So many more; false if one does not come to stand.
  bool open(std::size_t count);
  Session& operator[](std::size_t i) { return sessions_[i]; }
  std::size_t size() const { return sessions_.size(); }
  /// Leaves the clouds' ends to the kernel: they stay open, say nothing, and are no descriptors of this
  /// process any more. At most kParkedAtOnce since the last time.
  void park_clouds();
  static constexpr std::size_t kParkedAtOnce = 253;  // SCM_MAX_FD
  /// Lets everybody be quiet for so long that buffers are given back.
  void rest();

  support::Compartment box;

 private:
  bool ask(support::TlsPeer& terminal);
  bool answer(support::TlsPeer& terminal, const UniqueFd& cloud);

  std::vector<Session> sessions_;
  UniqueFd parked_[2];                     // a pair of sockets; in the queue between them are the parked ends
  std::optional<support::TlsPeer> model_;  // whose TLS set-up the others share
};

}  // namespace gw::bench
