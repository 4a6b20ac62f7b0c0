#include "link.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <sys/socket.h>

#include "base/clock.h"
#include "options.h"
#include "tls/socket_bio.h"

namespace gw::bench {
namespace {

void offer_tickets(SSL_CTX* context, Tickets tickets) {
  if (tickets == Tickets::none) {
    SSL_CTX_set_num_tickets(context, 0);
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
    return;
  }
  // The ticket is a reference to our own memory, so that sealing one costs the peer under test no waiting.
  static constexpr unsigned char kName[] = "bench";
  SSL_CTX_set_options(context, SSL_OP_NO_TICKET);
  SSL_CTX_set_session_id_context(context, kName, sizeof kName);
  SSL_CTX_sess_set_cache_size(context, 20000);
}

/// Lets the others run before the one that waits on this goes on.
struct NextRound {
  sys::Wake& wake;

  bool await_ready() const { return false; }
  void await_suspend(std::coroutine_handle<> waiter) const {
    wake.await_suspend(waiter);
    wake.signal();
  }
  void await_resume() const { wake.await_resume(); }
};

}  // namespace

Loop make_loop() {
  auto reactor = sys::Reactor::make(system_clock());
  if (!reactor) give_up("no epoll");
  return {*std::move(reactor)};
}

Context make_context(Side side, const std::string& folder, const std::string& name, Tickets tickets) {
  const bool server = side == Side::server;
  Context context(SSL_CTX_new(server ? TLS_server_method() : TLS_client_method()));
  SSL_CTX* raw = context.get();
  const std::string stem = folder + "/" + name;
  const bool ready = raw != nullptr && SSL_CTX_set_min_proto_version(raw, TLS1_3_VERSION) == 1 &&
                     SSL_CTX_set_ciphersuites(raw, "TLS_AES_256_GCM_SHA384") == 1 &&
                     SSL_CTX_set1_groups_list(raw, "X25519") == 1 &&
                     SSL_CTX_use_certificate_file(raw, (stem + ".pem").c_str(), SSL_FILETYPE_PEM) == 1 &&
                     SSL_CTX_use_PrivateKey_file(raw, (stem + ".key").c_str(), SSL_FILETYPE_PEM) == 1 &&
                     SSL_CTX_load_verify_file(raw, (folder + "/ca.pem").c_str()) == 1;
  if (!ready) {
    ERR_print_errors_fp(stderr);
    give_up("the TLS set-up failed with " + stem);
  }
  SSL_CTX_set_mode(raw, SSL_MODE_NO_AUTO_CHAIN | SSL_MODE_RELEASE_BUFFERS);
  if (server) SSL_CTX_set_verify(raw, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nullptr);
  if (server) offer_tickets(raw, tickets);
  return context;
}

Link::Link(Loop& loop, Side side, SSL_CTX* context, UniqueFd fd)
    : wake_(*loop.reactor), socket_(loop.scratch, std::move(fd)), ssl_(SSL_new(context)) {
  const int on = 1;
  ::setsockopt(socket_.fd(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  BIO* bio = tls::make_socket_bio(socket_);
  if (ssl_ == nullptr || bio == nullptr || !socket_.attach(*loop.reactor, wake_)) give_up("out of resources");
  SSL_set_bio(ssl_, bio, bio);
  if (side == Side::server)
    SSL_set_accept_state(ssl_);
  else
    SSL_set_connect_state(ssl_);
}

bool Link::may_go_on(int result) {
  const int error = SSL_get_error(ssl_, result);
  ERR_clear_error();
  return error == SSL_ERROR_WANT_READ || error == SSL_ERROR_WANT_WRITE;
}

sys::Task<bool> Link::handshake() {
  for (;;) {
    const int result = SSL_do_handshake(ssl_);
    const bool going_on = result == 1 || may_go_on(result);
    socket_.flush();
    if (result == 1 || !going_on) co_return result == 1;
    co_await wake_;
  }
}

sys::Task<std::size_t> Link::read(MutableBytes into) {
  NextRound others{wake_};
  if (turn_is_over()) {
    socket_.flush();
    co_await others;
  }
  for (;;) {
    std::size_t size = 0;
    const int result = SSL_read_ex(ssl_, into.data(), into.size(), &size);
    if (result == 1) co_return size;
    const bool going_on = may_go_on(result);
    socket_.flush();
    if (!going_on) co_return 0;
    co_await wake_;
  }
}

void Link::queue(Bytes bytes) {
  std::size_t size = 0;
  SSL_write_ex(ssl_, bytes.data(), bytes.size(), &size);  // the socket takes everything
}

sys::Task<bool> Link::drain() {
  socket_.flush();
  NextRound others{wake_};
  if (socket_.drained() && turn_is_over()) co_await others;
  while (!socket_.drained() && socket_.state() == tls::Socket::State::open) {
    co_await wake_;
    socket_.flush();
  }
  co_return socket_.state() == tls::Socket::State::open;
}

void Link::say_goodbye() {
  SSL_shutdown(ssl_);
  ERR_clear_error();
  socket_.flush();
}

}  // namespace gw::bench
