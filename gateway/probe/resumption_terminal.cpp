#include "probe/resumption_terminal.h"

#include <openssl/err.h>

#include <variant>

#include "tls/client_hello.h"

namespace gw::probe {
namespace {

using tls::HandshakeState;

/// A handshake takes three turns of each end at most; the rest is for tickets and alerts.
constexpr int kTurns = 8;

Error failed(const char* what) {
  ERR_clear_error();
  return {ErrorCode::tls_setup_failed, std::string("a terminal for the trial could not ") + what};
}

/// Both directions in memory: what one end writes, the other reads. Gives each end its own references.
bool connect(SSL* terminal, SSL* server) {
  pki::BioPtr up(BIO_new(BIO_s_mem())), down(BIO_new(BIO_s_mem()));
  if (!up || !down || BIO_up_ref(up.get()) != 1 || BIO_up_ref(down.get()) != 1) return false;
  SSL_set_bio(server, up.get(), down.get());
  SSL_set_bio(terminal, down.release(), up.release());
  return true;
}

/// Counts the tickets that reach the terminal. Called by libssl with each message, deciphered.
void count_ticket(int is_written, int, int type, const void* message, std::size_t size, SSL*, void* tickets) {
  const bool is_ticket = is_written == 0 && type == SSL3_RT_HANDSHAKE && size > 0 &&
                         *static_cast<const unsigned char*>(message) == SSL3_MT_NEWSESSION_TICKET;
  if (is_ticket) ++*static_cast<unsigned*>(tickets);
}

/// Notes whether the hello holds something to resume. Called by libssl with each extension that the server
/// received.
void note_offer(SSL*, int, int type, const unsigned char*, int size, void* offered) {
  if ((type == TLSEXT_TYPE_psk || type == TLSEXT_TYPE_session_ticket) && size > 0)
    *static_cast<bool*>(offered) = true;
}

/// One connection while it lives.
class Connection {
 public:
  Connection(SslPtr terminal, std::unique_ptr<ServerEnd> server)
      : terminal_(std::move(terminal)), server_(std::move(server)) {
    SSL_set_connect_state(terminal_.get());
    SSL_set_msg_callback(terminal_.get(), count_ticket);
    SSL_set_msg_callback_arg(terminal_.get(), &seen_.tickets);
    SSL_set_tlsext_debug_callback(server_->ssl(), note_offer);
    SSL_set_tlsext_debug_arg(server_->ssl(), &seen_.offered);
  }
  ~Connection() {
    // Otherwise libssl spoils the session that the terminal takes along.
    if (SSL_is_init_finished(terminal_.get()))
      SSL_set_shutdown(terminal_.get(), SSL_SENT_SHUTDOWN | SSL_RECEIVED_SHUTDOWN);
  }

  bool begin(SSL_SESSION* offered, Bytes early_data);
  Visit play();

 private:
  void step_terminal();
  void look_at_hello();
  void look_back();

  SslPtr terminal_;
  std::unique_ptr<ServerEnd> server_;
  HandshakeState terminal_state_ = HandshakeState::wants_peer;
  HandshakeState server_state_ = HandshakeState::wants_peer;
  Visit seen_;
};

bool Connection::begin(SSL_SESSION* offered, Bytes early_data) {
  ERR_clear_error();
  if (!connect(terminal_.get(), server_->ssl())) return false;
  if (offered != nullptr && SSL_set_session(terminal_.get(), offered) != 1) return false;
  std::size_t written = 0;
  return early_data.empty() ||
         SSL_write_early_data(terminal_.get(), early_data.data(), early_data.size(), &written) == 1;
}

Visit Connection::play() {
  for (int turn = 0; turn < kTurns; ++turn) {
    step_terminal();
    if (turn == 0) look_at_hello();
    if (server_state_ == HandshakeState::wants_peer) server_state_ = server_->handshake();
  }
  look_back();
  return std::move(seen_);
}

void Connection::step_terminal() {
  if (terminal_state_ == HandshakeState::failed) return;
  ERR_clear_error();
  char octet = 0;
  // Once through the handshake it listens, since tickets come after it, and under TLS 1.3 so do refusals.
  const int result = terminal_state_ == HandshakeState::done ? SSL_read(terminal_.get(), &octet, 1)
                                                             : SSL_do_handshake(terminal_.get());
  if (result == 1)
    terminal_state_ = HandshakeState::done;
  else if (SSL_get_error(terminal_.get(), result) != SSL_ERROR_WANT_READ)
    terminal_state_ = HandshakeState::failed;
  ERR_clear_error();
}

void Connection::look_at_hello() {
  char* octets = nullptr;
  const long size = BIO_get_mem_data(SSL_get_wbio(terminal_.get()), &octets);
  if (size <= 0) return;
  const auto read =
      tls::read_client_hello({reinterpret_cast<const std::uint8_t*>(octets), static_cast<std::size_t>(size)});
  const auto* hello = read ? std::get_if<tls::ClientHello>(&*read) : nullptr;
  if (hello != nullptr && hello->offers_early_data) seen_.early = EarlyData::offered;
}

void Connection::look_back() {
  SSL* server = server_->ssl();
  seen_.let_in = terminal_state_ == HandshakeState::done && server_state_ == HandshakeState::done;
  seen_.resumed = SSL_session_reused(terminal_.get()) == 1 || SSL_session_reused(server) == 1;
  if (server_state_ == HandshakeState::failed) seen_.refusal = server_->refusal();
  for (SSL* end : {terminal_.get(), server})
    if (SSL_get_early_data_status(end) == SSL_EARLY_DATA_ACCEPTED) seen_.early = EarlyData::taken;
  unsigned size = 0;
  if (const SSL_SESSION* filed = SSL_get_session(server)) {
    const unsigned char* context = SSL_SESSION_get0_id_context(filed, &size);
    seen_.session_id_context.assign(context, context + size);
  }
  tls::SessionPtr session(SSL_get1_session(terminal_.get()));
  if (seen_.let_in && session && SSL_SESSION_is_resumable(session.get()) == 1)
    seen_.session = std::move(session);
}

}  // namespace

std::string Visit::outcome() const {
  if (let_in) return resumed ? "let in, by resuming the session" : "let in, by a handshake in full";
  const std::string why = refusal.empty() ? "by the terminal" : refusal;
  return resumed ? "refused (" + why + ") after the session had been resumed" : "refused (" + why + ")";
}

Result<Terminal> Terminal::make(const TrialTenant& own, const TrialTenant& other, int version) {
  GW_TRY(tls::ContextHandle context, plain_context(TLS_client_method(), own.terminal, own.authority));
  X509_STORE* believed = SSL_CTX_get_cert_store(context.get());
  if (X509_STORE_add_cert(believed, other.authority.certificate.get()) != 1 ||
      SSL_CTX_set_min_proto_version(context.get(), version) != 1 ||
      SSL_CTX_set_max_proto_version(context.get(), version) != 1)
    return failed("be set up");
  return Terminal(std::move(context));
}

Result<Visit> Terminal::visit(Place& place, SSL_SESSION* offered, Bytes early_data) {
  SslPtr ssl(SSL_new(context_.get()));
  std::unique_ptr<ServerEnd> server = place.accept();
  if (!ssl || !server) return failed("connect");
  Connection connection(std::move(ssl), std::move(server));
  if (!connection.begin(offered, early_data)) return failed("begin its connection");
  return connection.play();
}

}  // namespace gw::probe
