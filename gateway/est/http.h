#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"

namespace gw::est {

// HTTP/1.1 (RFC 9112) as values over octets: nothing here knows of sockets. Boost.Beast reads and writes it.

/// One request on a connection of its own.
struct HttpRequest {
  std::string method{};
  std::string target{};
  std::string host{};
  std::uint16_t port = 443;
  std::string authorization{};  ///< empty: the header is left out; so are the next two
  std::string content_type{};
  std::string transfer_encoding{};  ///< Content-Transfer-Encoding, which HTTP does not know and EST once did
  std::string body{};
};
std::string to_octets(const HttpRequest& request);

/// What of an answer means something to us.
struct HttpAnswer {
  unsigned status = 0;
  std::string content_type{};
  std::string retry_after{};
  std::string body{};
};

/// Longest head and body that are read, octets. A bag of ten RSA certificates has some 25,000.
inline constexpr std::size_t kMostHead = 8 * 1024;
inline constexpr std::size_t kMostBody = 256 * 1024;
/// Interim answers (RFC 9110 15.2) that are passed over before the one that counts.
inline constexpr int kMostInterim = 4;

/// Reads the one answer on a connection, piece by piece as it comes.
class AnswerReader {
 public:
  AnswerReader();
  AnswerReader(const AnswerReader&) = delete;
  AnswerReader& operator=(const AnswerReader&) = delete;
  ~AnswerReader();

  /// http.malformed for anything that is no such answer, is too long, or comes behind the end of it.
  Result<> take(Bytes octets);
  /// The peer has said that nothing follows. http.malformed in the middle of the answer.
  Result<> end();
  bool is_whole() const;
  /// Of a whole one.
  HttpAnswer answer() const;

 private:
  struct Parser;
  Result<> pass_over_interim();

  std::unique_ptr<Parser> parser_;
  std::vector<std::uint8_t> pending_{};  // not used by the parser yet
  std::size_t taken_ = 0;                // octets, of everything
  int interim_ = 0;                      // answers that were passed over
};

}  // namespace gw::est
