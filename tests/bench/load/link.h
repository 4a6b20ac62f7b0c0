#pragma once

#include <openssl/ssl.h>

#include <memory>
#include <string>

#include "base/bytes.h"
#include "base/fd.h"
#include "sys/reactor.h"
#include "sys/task.h"
#include "tls/socket.h"

namespace gw::bench {

/// What all connections of the program share. One thread.
struct Loop {
  std::unique_ptr<sys::Reactor> reactor;
  tls::Scratch scratch{};
};
/// Gives up when there is no reactor to be had.
Loop make_loop();

enum class Side : std::uint8_t { client, server };
/// Whether a server lets its clients resume.
enum class Tickets : std::uint8_t { none, some };

struct FreeContext {
  void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
};
using Context = std::unique_ptr<SSL_CTX, FreeContext>;

/// TLS 1.3 with TLS_AES_256_GCM_SHA384 and X25519, and NAME.pem and NAME.key of the folder. A server demands
/// a certificate of ca.pem. A client believes any server: what it is up against was tried before the
/// measurement.
Context make_context(Side side, const std::string& folder, const std::string& name, Tickets tickets);

/// One TLS connection, in coroutines. Must outlive what waits on it.
class Link {
 public:
  Link(Loop& loop, Side side, SSL_CTX* context, UniqueFd fd);
  Link(const Link&) = delete;
  Link& operator=(const Link&) = delete;
  ~Link() { SSL_free(ssl_); }

  sys::Task<bool> handshake();
  bool resumed() const { return SSL_session_reused(ssl_) == 1; }
  /// Sends what is queued before it waits. 0: the connection is over. Lets others have a turn now and then.
  sys::Task<std::size_t> read(MutableBytes into);
  void queue(Bytes bytes);
  /// Sends what is queued and waits until the peer has room for more. False: the connection is broken.
  sys::Task<bool> drain();
  /// close_notify, sent at once; the destructor closes.
  void say_goodbye();

 private:
  static constexpr unsigned kTurn = 64;  // reads or writes before somebody else has a turn
  bool may_go_on(int result);
  bool turn_is_over() { return ++turns_ % kTurn == 0; }

  sys::Wake wake_;
  tls::Socket socket_;
  SSL* ssl_;
  unsigned turns_ = 0;
};

}  // namespace gw::bench
