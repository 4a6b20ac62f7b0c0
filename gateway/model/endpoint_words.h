#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/endpoint_grade.h"

namespace gw::model {

/// What evidence says of an endpoint, in the language of tables: they are held against papers, which are
/// Japanese. Whoever reads evidence again finds by these words what was observed (NET-06).
enum class EndpointFact : std::uint8_t {
  tls13,
  tls12,
  other_suites,
  older,
  client_certificate,
  stapling,
  resumption,
  certificate,
  issuer,
  key,
  ends,
  chain,
};

struct EndpointRow {
  EndpointFact fact{};
  std::string what{};      ///< "TLS 1.3"
  std::string observed{};  ///< "受け付ける (TLSv1.3 TLS_AES_256_GCM_SHA384 X25519)"
};
/// In the order of EndpointFact. What is of a certificate that was not seen is not there.
std::vector<EndpointRow> rows_of(const EndpointGrade& grade);

std::string_view words_of(EndpointFact fact);
/// What a cell of such a row begins with, for each that can be asked again.
std::string_view words_of(Probed::Answer answer);
std::string_view words_of(Asked asked);

}  // namespace gw::model
