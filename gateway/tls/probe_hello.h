#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "model/endpoint_grade.h"

namespace gw::tls {

/// How an endpoint is asked whether it would take what this process cannot do and must not learn: a
/// ClientHello (RFC 5246 7.4.1.2), of which the answer alone is read. No key is made, nothing is agreed on.

/// One record, for Probe::other_suites or Probe::older, with the name that is asked for (RFC 6066 3).
std::vector<std::uint8_t> probe_hello(model::Probe probe, const std::string& server_name);
/// A close_notify: nothing follows (RFC 5246 7.2.1).
Bytes probe_farewell();

/// What the beginning of the endpoint's stream says: nothing yet, or the answer. What is no TLS is a refusal.
std::optional<model::Probed> answer_in(Bytes stream);

/// "TLSv1.2 RSA_WITH_RC4_128_SHA"; numbers in the place of names that the box does not know.
std::string chosen_text(std::uint16_t version, std::uint16_t suite);

}  // namespace gw::tls
