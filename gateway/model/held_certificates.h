#pragma once

#include "model/certificate_roll.h"

namespace gw::model {

/// The certificates that the box has shown as its own in whatever configuration was in force, and that have
/// not ended since: what their issuers are to revoke when it forgets everything (DSP-01). The supervisor
/// keeps it in the state folder, and sekisho-erase reads it.
struct HeldCertificates {
  std::vector<CertificateRoll::Certificate> all{};
  bool is_whole = true;  ///< false: there were others, which an earlier list would have named
};

inline constexpr const char* kHeldFile = "certificates";  ///< in the state folder
inline constexpr std::size_t kMostHeld = 2 * kMostOwn, kMostHeldOctets = 64u << 20;

template <class Io>
void visit(Io& io, HeldCertificates& h) {
  io.list(h.all, kMostHeld);
  io.field(h.is_whole);
}

}  // namespace gw::model
