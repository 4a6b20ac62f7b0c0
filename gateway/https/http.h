#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/bytes.h"
#include "base/fd.h"
#include "base/result.h"
#include "sys/task.h"

namespace gw::https {

// A server's half of HTTP/1.1 (RFC 9112) as values over octets: nothing here knows of sockets. Boost.Beast
// reads and writes it.

/// What of a request means something to us.
struct Request {
  std::string method{};
  std::string target{};
  std::string content_type{};
  std::string authorization{};
  std::string host{};
  std::string origin{};
  std::string cookie{};           ///< wiped with the exchange, as authorization is
  std::string csrf_token{};       ///< X-CSRF-Token
  std::string idempotency_key{};  ///< Idempotency-Key
  std::string accept_language{};
  std::string if_none_match{};  ///< If-None-Match
  /// Of a request for a WebSocket of version 13 (RFC 6455 4.2.1); empty: it is none.
  std::string websocket_key{};
  std::string body{};       ///< wiped with the exchange
  bool keeps_open = false;  ///< another one may follow on the connection (RFC 9112 9.3)
};

/// A file that is told from its beginning; its size does not change any more.
struct File {
  UniqueFd fd{};
  std::uint64_t size = 0;  ///< octets
};
class Talk;
struct Answer {
  unsigned status = 0;
  std::vector<std::pair<std::string, std::string>> headers{};
  std::string body{};
  std::shared_ptr<const File> file{};        ///< in the place of the body, if there is one
  std::function<sys::Task<>(Talk&)> talk{};  ///< of 101: what follows on the connection
};
/// What follows an answer on its connection.
enum class Then : std::uint8_t { next, close };
/// Without its file. To a request of that method: HEAD has no body (RFC 9110 9.3.2). Nothing of it is to be
/// stored on the way (RFC 9111 5.2.2.5), unless the answer says otherwise itself.
std::string to_octets(const Answer& answer, Then then, std::string_view method);
/// To a client that waits for leave to send its body (RFC 9110 10.1.1).
std::string leave_to_go_on();

/// Longest head and body that are read, octets; and the longest body of a request whose target asks for more.
inline constexpr std::size_t kMostHead = 8 * 1024;
inline constexpr std::size_t kMostBody = 64 * 1024, kMostLongBody = 1u << 20;
/// Does it take a long body? Asked once its head is there.
using TakesLong = std::function<bool(std::string_view method, std::string_view target)>;

/// Reads the requests on a connection, one after the other, piece by piece as they come.
class RequestReader {
 public:
  /// Without `takes_long` none does.
  explicit RequestReader(TakesLong takes_long = {});
  RequestReader(const RequestReader&) = delete;
  RequestReader& operator=(const RequestReader&) = delete;
  ~RequestReader();

  /// For the request after those that were taken by next(). http.malformed: the connection is of no use any
  /// more, and refusal() says what to answer.
  Result<> take(Bytes octets);
  unsigned refusal() const { return refusal_; }
  bool is_whole() const;
  /// The head is there, and its sender waits before it sends the body. Once.
  bool awaits_leave();
  /// The whole one. What came behind it is looked at with the next take(), be that of nothing.
  Request next();
  /// Octets behind it, for whoever reads the connection from now on.
  std::vector<std::uint8_t> rest() { return std::move(pending_); }

 private:
  struct Parser;
  void skip_empty_lines();
  bool may_go_on() const;
  Result<> check_head();
  Result<> limit_body();
  Error refuse(unsigned status, std::string why);

  TakesLong takes_long_;
  std::unique_ptr<Parser> parser_;
  std::vector<std::uint8_t> pending_{};  // not used by the parser yet
  unsigned refusal_ = 400;
};

}  // namespace gw::https
