#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"

namespace gw::http {

// HTTP/1.1 (RFC 9112) as values over octets, as a client speaks it: nothing here knows of sockets.
// Boost.Beast reads and writes it.

/// One request; on a connection of its own unless it says that others follow.
struct Request {
  std::string method{};
  std::string target{};
  std::string host{};
  std::uint16_t port = 443;
  std::uint16_t usual_port = 443;  ///< of the scheme (RFC 9110 4.2): not named in the Host header
  std::string authorization{};     ///< empty: the header is left out; so are the next four
  std::string content_type{};
  std::string transfer_encoding{};  ///< Content-Transfer-Encoding, which HTTP does not know and EST once did
  std::string content_encoding{};
  std::string range{};
  bool is_last = true;  ///< the connection ends with its answer
  std::string body{};
};
std::string to_octets(const Request& request);

/// What of an answer means something to us.
struct Answer {
  unsigned status = 0;
  std::string content_type{};
  std::string retry_after{};
  std::string body{};
  std::string date{};
  std::string content_range{};
};

/// Longest head and body that are read, octets, unless the reader is told less. A bag of ten RSA certificates
/// has some 25,000.
inline constexpr std::size_t kMostHead = 8 * 1024;
inline constexpr std::size_t kMostBody = 256 * 1024;
/// Interim answers (RFC 9110 15.2) that are passed over before the one that counts.
inline constexpr int kMostInterim = 4;

/// Reads one answer, piece by piece as it comes, with nothing behind it.
class AnswerReader {
 public:
  explicit AnswerReader(std::size_t most_body = kMostBody);
  AnswerReader(const AnswerReader&) = delete;
  AnswerReader& operator=(const AnswerReader&) = delete;
  ~AnswerReader();

  /// http.malformed for anything that is no such answer, is too long, or comes behind the end of it.
  Result<> take(Bytes octets);
  /// The peer has said that nothing follows. http.malformed in the middle of the answer.
  Result<> end();
  bool is_whole() const;
  /// What made take() fail was the body's length.
  bool is_too_long() const { return too_long_; }
  /// Of a whole one.
  Answer answer() const;

 private:
  struct Parser;
  Result<> pass_over_interim();

  std::size_t most_body_;
  std::unique_ptr<Parser> parser_;
  std::vector<std::uint8_t> pending_{};  // not used by the parser yet
  std::size_t taken_ = 0;                // octets, of everything
  bool too_long_ = false;
  int interim_ = 0;  // answers that were passed over
};

/// Which octets of a representation came, and how many it has (RFC 9110 14.4).
struct Extent {
  std::optional<std::uint64_t> first{};  ///< none: it has none of those that were asked for
  std::uint64_t whole = 0;
};
std::optional<Extent> extent_of(std::string_view content_range);

/// An IMF-fixdate (RFC 9110 5.6.7), seconds since 1970; the two older forms are not sent any more.
std::optional<std::chrono::seconds> date_of(const std::string& text);
/// "type/subtype" of a Content-Type in lower case, without its parameters (RFC 9110 8.3.1).
std::string media_of(std::string_view content_type);

}  // namespace gw::http
