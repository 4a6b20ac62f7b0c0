#pragma once

#include <openssl/ssl.h>

#include <memory>
#include <string>

#include "base/fd.h"
#include "support/test_pki.h"

namespace gw::support {

/// What a test's TLS end is set up with. Empty credential: shows no certificate.
struct PeerOptions {
  Issued credential{};
  std::string trusts{};       ///< PEM; empty: believes anybody
  std::string server_name{};  ///< SNI
  int min_version = TLS1_3_VERSION;
  int max_version = TLS1_3_VERSION;
  bool tickets = true;  ///< of a server
  std::string groups{};
  std::string staple{};  ///< of a server: the OCSP answer it staples when asked
};

/// A terminal or a cloud service played by stock OpenSSL, non-blocking, one step at a time.
class TlsPeer {
 public:
  static TlsPeer client(const PeerOptions& options, UniqueFd fd);
  static TlsPeer server(const PeerOptions& options, UniqueFd fd);

  /// The same machine's next connection: it can resume what it handed out before.
  TlsPeer next(UniqueFd fd) const;

  /// Does what can be done now: handshake, sends what is to be sent, takes what has come.
  void step();
  void send(std::string bytes) { to_send_ += bytes; }
  /// Says close_notify once everything is sent.
  void close_write() { closing_ = true; }
  /// Takes nothing in from now on, or again.
  void set_reading(bool reading) { reading_ = reading; }
  /// Drops the connection: without close_notify, or with a reset.
  void cut() { fd_.reset(); }
  void reset();
  void ask_key_update() { SSL_key_update(ssl_.get(), SSL_KEY_UPDATE_REQUESTED); }

  bool established() const { return established_; }
  bool resumed() const { return SSL_session_reused(ssl_.get()) == 1; }
  const std::string& received() const { return received_; }
  bool all_sent() const { return to_send_.empty(); }
  /// The peer said close_notify.
  bool saw_close() const { return saw_close_; }
  /// The connection broke: an alert, a reset, an end without close_notify.
  bool broken() const { return broken_; }
  /// The fatal alert received, 0 for none.
  int alert() const { return alert_; }
  SSL* ssl() { return ssl_.get(); }

 private:
  using Context = std::shared_ptr<SSL_CTX>;
  TlsPeer(Context context, UniqueFd fd, bool is_server, const std::string& server_name = {});
  static Context make_context(const PeerOptions& options, bool is_server);
  static int staple(SSL* ssl, void* unused);
  static void note_alert(const SSL* ssl, int where, int value);
  void shake_hands();
  void write_some();
  void read_some();
  bool went_wrong(int result);

  UniqueFd fd_;
  Context context_;
  std::shared_ptr<const std::string> staple_;
  std::unique_ptr<SSL, pki::Freer<SSL_free>> ssl_;
  std::string to_send_, received_;
  bool established_ = false, closing_ = false, reading_ = true, saw_close_ = false, broken_ = false;
  int alert_ = 0;
};

}  // namespace gw::support
