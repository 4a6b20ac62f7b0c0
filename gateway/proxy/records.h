#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/clock.h"
#include "ipc/record_sink.h"
#include "model/address.h"
#include "model/close_reason.h"
#include "model/ids.h"
#include "pki/identity.h"
#include "proxy/whereabouts.h"
#include "tls/hello_fingerprint.h"

namespace gw::proxy {

/// What the record of a session says (LOG-02, NET-01). No payload, no path, no patient (LOG-08).
struct SessionFacts {
  model::SessionId id{};
  model::Generation generation{};
  model::Endpoint source{};  ///< the terminal
  model::Endpoint local{};   ///< the listener
  model::Endpoint remote{};  ///< the cloud; port zero: never dialled
  std::string listener{};
  std::string server_name{};
  std::string terminal{};  ///< empty until it is authorised
  std::string known_as{};  ///< whom its certificate names, authorised or not
  std::string service{};
  std::string rule{};
  std::string downstream_tls{};
  std::optional<tls::HelloFingerprint> hello{};  ///< the terminal's
  std::string upstream_tls{};
  std::string detail{};  ///< the library's words for a failure
  pki::IdentityPtr terminal_identity{};
  pki::IdentityPtr cloud_identity{};
  bool upstream_resumed = false;
  bool opened = false;  ///< session.opened was written
  Instant began{};
  Instant opened_at{};
  Instant::duration dialled{};           ///< how long the dialer took
  Instant::duration resolved{};          ///< how much of that the service's name took
  std::optional<Instant> first_octet{};  ///< when the cloud's first one came, once it was opened
  std::uint64_t bytes_up = 0;
  std::uint64_t bytes_down = 0;
};

/// Writes the compartment's records. Refusals can be provoked by anybody, so they are written at a bounded
/// rate and counted beyond it. One thread.
class Records {
 public:
  Records(ipc::RecordSink& sink, const Clock& clock) : sink_(sink), clock_(clock) {}

  /// session.opened, and certificate.two_places if the terminal's key is at work from another address, too.
  void opened(SessionFacts& facts);
  /// session.closed if it was opened, session.refused otherwise.
  void ended(const SessionFacts& facts, model::CloseReason reason);
  /// Turned away by a limit before it was a session.
  void limited(const model::IpAddress& source) {
    ++limited_;
    last_limited_ = source;
  }
  void write(const Event& event) { sink_.write(event); }
  /// Once a second: tells what was counted and allows new refusals.
  void tick();

 private:
  void tell_two_places(const SessionFacts& facts);

  static constexpr std::uint32_t kRefusalsPerSecond = 100;

  ipc::RecordSink& sink_;
  const Clock& clock_;
  Whereabouts whereabouts_;
  std::uint64_t limited_ = 0;
  model::IpAddress last_limited_{};
  std::uint64_t folded_ = 0;
  std::uint32_t refusals_left_ = kRefusalsPerSecond;
};

}  // namespace gw::proxy
