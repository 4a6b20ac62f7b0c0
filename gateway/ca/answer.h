#pragma once

#include <functional>
#include <variant>

#include "ca/list.h"
#include "ca/question.h"

namespace gw::ca {

/// What an authority knows of one of its certificates (RFC 6960 2.2).
struct StandsGood {};
struct WasRevoked {
  Reason reason;
  model::CivilSeconds when;
};
struct NotIssued {};
using Status = std::variant<StandsGood, WasRevoked, NotIssued>;
using StatusOf = std::function<Status(const Serial& serial)>;

/// An OCSP answer in DER (RFC 6960 4.2), signed by the authority itself, which it names by its key. Each
/// certificate that was asked about has its answer, those of other authorities "unknown"; the nonce comes
/// back if one was sent. Errors as for make_list().
Result<Octets> make_answer(const Question& question, const StatusOf& status_of,
                           const X509* issuer_certificate, model::CivilSeconds this_update,
                           model::CivilSeconds next_update, keys::PrivateKey& issuer_key);

/// Why there is no answer, unsigned (RFC 6960 2.3).
enum class NoAnswer : std::uint8_t { malformed_request = 1, internal_error = 2, try_later = 3 };
Octets make_no_answer(NoAnswer why);

}  // namespace gw::ca
