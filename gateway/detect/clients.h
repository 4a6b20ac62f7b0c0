#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "detect/learning.h"

namespace gw::detect {

/// Which TLS clients somebody uses, by their fingerprints (tls/hello_fingerprint.h); the newest few. One
/// thread.
class Clients {
 public:
  static constexpr std::size_t kLength = 36;

  /// Is it one that was not seen before? It was then. Who has shown many within the time that is remembered
  /// is one whose client changes by itself, and no other one is new.
  bool is_new(std::string_view fingerprint, Day today);

  template <class Io>
  friend void visit(Io& io, Clients& o) {
    io.list(o.all_, kClientsKept);
  }

 private:
  struct Client {
    std::string fingerprint{};
    Day last = 0;
    template <class Io>
    friend void visit(Io& io, Client& o) {
      io.text(o.fingerprint, kLength);
      io.field(o.last);
    }
  };
  std::vector<Client> all_{};
};

}  // namespace gw::detect
