#pragma once

#include <cstdint>
#include <vector>

#include "pki/handles.h"

namespace gw::pki {

/// What a responder is asked about one certificate, and what its answer is held against.
struct StatusQuestion {
  std::vector<std::uint8_t> id{};       ///< CertID, DER (RFC 6960 4.1.1)
  std::vector<std::uint8_t> request{};  ///< OCSPRequest, DER
  X509Ptr certificate{};
  X509Ptr issuer{};  ///< verified to be that
};

/// As RFC 5019 2.1.1 has it, so that a responder can answer from what it has made in advance: one
/// certificate named by SHA-1, unsigned, no nonce, no extensions. Pure.
StatusQuestion question_about(X509* certificate, X509* issuer);

}  // namespace gw::pki
