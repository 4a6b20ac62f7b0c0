#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/secret.h"
#include "ca/request.h"
#include "est/base64.h"

namespace gw::est {

// The server's half of what goes over the wire, as functions: for whoever serves EST to terminals. HTTP
// itself is the server's.

/// One answer, without the headers that every HTTP server sends.
struct ServiceAnswer {
  unsigned status = 0;
  std::string content_type{};
  /// Content-Transfer-Encoding; empty: left out. It means nothing (RFC 8951 3.1), but clients that are older
  /// read no base64 without it.
  std::string transfer_encoding{};
  std::string body{};
  std::string retry_after{};   ///< seconds; empty: the header is left out
  std::string authenticate{};  ///< WWW-Authenticate; empty: left out
};

/// The PKCS#10 request that somebody sends (RFC 7030 4.2.1, RFC 8951 3.1), DER, once it has been found sound.
/// est.malformed; the request's own errors (ca/request.h).
Result<Octets> read_enrolment(std::string_view content_type, std::string_view body);

struct Credentials {
  std::string name{};
  Secret ticket{};
};
/// The name and the ticket in an Authorization header (RFC 7617 2); nothing if there is no ticket.
std::optional<Credentials> credentials_in(std::string_view authorization);

/// 200: certificates in DER, the issued one alone or the authorities (RFC 7030 4.2.3, 4.1.3).
ServiceAnswer certificates_answer(const std::vector<Octets>& certificates);
/// 202: not decided yet (RFC 7030 4.2.3).
ServiceAnswer later_answer(std::chrono::seconds after);
/// 200: what a request should have (RFC 8951 4): our terminals' signature, and that names are ours to give.
ServiceAnswer attributes_answer();
/// 503: it may go well then.
ServiceAnswer busy_answer(std::chrono::seconds after);
/// 401 with what would help: a ticket (RFC 7030 3.2.3).
ServiceAnswer who_are_you_answer();
/// 400, 403, 404 and so on, in words.
ServiceAnswer refusal_answer(unsigned status, const std::string& words);

}  // namespace gw::est
