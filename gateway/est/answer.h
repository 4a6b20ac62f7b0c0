#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "http/http.h"
#include "model/configuration.h"
#include "pki/handles.h"

namespace gw::est {

/// 200: the certificates (RFC 7030 4.1.3, 4.2.3).
struct Certificates {
  std::vector<pki::X509Ptr> all{};
};
/// 202, or 503: not yet; the same request again then, if the server says when (RFC 7030 4.2.3).
struct TryLater {
  std::optional<std::chrono::seconds> after{};  ///< from now; bounded by kLongestWait
};
/// Anything else: no. With the server's own words if it has plain ones, escaped and cut.
struct Refused {
  unsigned status = 0;
  std::string words{};
};
using Answer = std::variant<Certificates, TryLater, Refused>;

/// A server cannot put us off for longer than that.
inline constexpr std::chrono::seconds kLongestWait{86'400};

/// What an answer to any of our requests says. est.malformed if it says 200 and has no certificates.
/// \param now for a Retry-After that is a date (RFC 9110 10.2.3).
Result<Answer> read_answer(const http::Answer& answer, model::CivilSeconds now);

}  // namespace gw::est
