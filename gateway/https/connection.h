#pragma once

#include <functional>
#include <optional>

#include "base/event.h"
#include "https/http.h"
#include "https/talk.h"
#include "model/address.h"
#include "sys/reactor.h"
#include "sys/task.h"
#include "tls/stream.h"

namespace gw::https {

/// A request, and who asks as far as TLS tells.
struct Exchange {
  Request request{};
  pki::IdentityPtr peer{};  ///< null: it showed no certificate
  model::Endpoint source{};
};
/// Gives the answer; the exchange lives until it is there.
using Handler = std::function<sys::Task<Answer>(const Exchange&)>;

/// What a server is for.
struct Service {
  Handler handle;
  /// May it be heard at all, now?
  std::function<bool(const model::Endpoint& source)> admits;
  /// A handshake failed: at whose end, and why, for the operator.
  std::function<void(const model::Endpoint& source, const std::string& why)> refused;
  /// What to say to octets that are no request, in the server's own form; null: a line of text.
  std::function<Answer(unsigned status, const std::string& why)> unreadable{};
  /// As RequestReader has it.
  TakesLong takes_long{};
};

/// What connections share. Outlives them. One thread.
struct Surroundings {
  sys::Reactor& reactor;
  tls::Scratch& scratch;
  Service service;
  tls::ContextPtr context;  ///< of new connections, and by which those that stand are judged again
};

/// One client's connection: TLS, then a few requests, one after the other. Whoever is slow is not waited for.
class Connection {
 public:
  /// There is a context.
  Connection(Surroundings& around, UniqueFd fd, model::Endpoint source);

  /// Until its end.
  sys::Task<> live();
  const model::Endpoint& source() const { return source_; }
  /// A request that is being answered is the last one; otherwise at once.
  void end();

 private:
  sys::Task<bool> secure();
  sys::Task<bool> serve_one(Then then);
  bool is_still_believed();
  sys::Task<> talk_on(const Answer& answer);
  sys::Task<bool> receive();
  sys::Task<bool> say(const Answer& answer, Then then, std::string_view method);
  sys::Task<bool> pass_on(const File& file);
  sys::Task<bool> drain();
  sys::Task<> see_off();
  Result<bool> read_some();
  Result<bool> take(Bytes octets);
  void expect_within(std::chrono::seconds span);
  bool is_over() const { return is_ending_ || deadline_.expired(); }

  Surroundings& around_;
  model::Endpoint source_;
  sys::Wake wake_;
  sys::Timer deadline_;
  tls::Socket socket_;
  tls::Stream stream_;
  RequestReader reader_;
  Instant closes_;  // whoever would go on comes again
  bool is_ending_ = false;
};

}  // namespace gw::https
