#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/cut.h"
#include "model/snapshot.h"

namespace gw::model {

/// Every terminal of the configuration in force with its standing, and besides them those that it has no more
/// and that are blocked or cut off all the same.
struct TerminalRoll {
  /// What a terminal would meet first, the rules aside.
  enum class Standing : std::uint8_t {
    known,                     ///< nothing: the rules decide
    blocked_in_configuration,  ///< `blocked: true`
    blocked,                   ///< all its certificates, by hand (CRT-04)
    cut_off,                   ///< itself, its tenant or everything, by hand (ISO-10)
  };
  struct Certificate {
    std::string fingerprint{};  ///< SHA-256 in hex
  };
  struct Row {
    std::string tenant{};
    std::string terminal{};
    Standing standing{};
    bool configured = false;                  ///< the configuration in force has it
    std::vector<Certificate> certificates{};  ///< blocked one by one
  };
  std::vector<Row> rows{};  ///< tenants and their terminals in the configuration's order, the others last
};
std::string_view to_string(TerminalRoll::Standing standing);

TerminalRoll roll_of(const Wiring& wiring, const std::vector<Cut>& cuts);

/// Bytes; every row of the largest configuration fits in.
inline constexpr std::size_t kMostRoll = 256 * 1024 * 1024;

template <class Io>
void visit(Io& io, TerminalRoll::Certificate& c) {
  io.text(c.fingerprint, kFingerprintDigits);
  if (!is_fingerprint(c.fingerprint)) io.fail();
}
template <class Io>
void visit(Io& io, TerminalRoll::Row& r) {
  io.text(r.tenant, kMaxName);
  io.text(r.terminal, kMaxName);
  io.choice(r.standing, TerminalRoll::Standing::cut_off);
  io.field(r.configured);
  io.list(r.certificates, kMaxCuts);
}
template <class Io>
void visit(Io& io, TerminalRoll& r) {
  io.list(r.rows, kMaxTenants * kMaxTerminals + kMaxCuts);
}

}  // namespace gw::model
