#pragma once

#include <memory>
#include <string>

#include "model/endpoint_grade.h"
#include "pki/handles.h"
#include "tls/context.h"
#include "tls/socket.h"

namespace gw::tls {

/// A handshake that only looks (NET-06): what an endpoint chooses and shows of the two versions that the
/// profiles have. It has no certificate and no key, so it can show none; it believes everybody, so it proves
/// nothing; it sends no octet of data. Its set-up is its own and goes with it, with whatever an endpoint
/// handed out. Borrows the socket. One thread.
class ProbeHandshake {
 public:
  /// Probe::tls13 or Probe::tls12. tls.setup_failed.
  static Result<std::unique_ptr<ProbeHandshake>> make(model::Probe probe, const std::string& server_name,
                                                      Socket& socket);
  ProbeHandshake(const ProbeHandshake&) = delete;
  ProbeHandshake& operator=(const ProbeHandshake&) = delete;

  enum class State : std::uint8_t {
    shaking,    ///< wants the peer
    listening,  ///< stands; an objection or a ticket may follow (RFC 8446 4.4.2.4, 4.6.1)
    over,
  };
  State go_on();
  /// Queues close_notify.
  void close();
  /// Puts what was seen up to now into the grade; what it does not know stays as it is there.
  void tell(model::EndpointGrade& grade) const;

 private:
  ProbeHandshake(model::Probe probe, std::string server_name, Socket& socket);
  Result<> set_up();
  State listen();
  State fail();
  bool has_chosen() const;
  model::Probed probed() const;
  std::optional<model::EndpointCertificate> certificate() const;
  model::Asked asked() const;
  static ProbeHandshake& behind(const SSL* ssl);

  model::Probe probe_;
  std::string server_name_;
  Socket& socket_;
  ContextHandle context_;
  std::unique_ptr<SSL, pki::Freer<SSL_free>> ssl_;
  State state_ = State::shaking;
  std::string failure_;     // the library's words
  bool heard_no_ = false;   // by an alert, or an end
  bool was_asked_ = false;  // for a certificate
  model::Seen resumption_{};
  model::Seen stapled_{};
};

}  // namespace gw::tls
