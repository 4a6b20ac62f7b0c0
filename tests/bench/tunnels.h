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
  /// Lets everybody be quiet for so long that buffers are given back.
  void rest();

  support::Compartment box;

 private:
  bool ask(support::TlsPeer& terminal);
  bool answer(support::TlsPeer& terminal, const UniqueFd& cloud);

  std::vector<Session> sessions_;
  std::optional<support::TlsPeer> model_;  // whose TLS set-up the others share
};

}  // namespace gw::bench
