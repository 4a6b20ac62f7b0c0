#pragma once

#include "model/configuration.h"

namespace gw::model {

/// Which side of TLS the box is on a leg: the server towards terminals, the client towards clouds.
enum class TlsRole : std::uint8_t { terminal_side, cloud_side };

/// What a key of the box may sign; everything else is refused by whoever holds it.
struct KeyUse {
  bool terminal_side = false;
  bool cloud_side = false;
  CivilSeconds tls12_until{0};  ///< end of the TLS 1.2 exception; zero: there is none (NET-02)

  bool allows(TlsRole role) const { return role == TlsRole::terminal_side ? terminal_side : cloud_side; }
};

template <class Io>
void visit(Io& io, KeyUse& u) {
  io.field(u.terminal_side);
  io.field(u.cloud_side);
  io.field(u.tls12_until);
}

}  // namespace gw::model
