#pragma once

#include "base/result.h"
#include "ca/issuer.h"
#include "ca/serial.h"

namespace gw::ca {

inline constexpr std::size_t kMaxQuestionOctets = 4 * 1024;
inline constexpr std::size_t kMaxQuestions = 8;  ///< certificates asked about at once
inline constexpr std::size_t kMaxNonce = 128;    ///< octets (RFC 9654 2.1)

/// What somebody asks an OCSP responder (RFC 6960 4.1): a stranger's octets.
class Question {
 public:
  /// About one certificate.
  struct About {
    Octets id;  ///< CertID in DER, to be sent back as it came
    Serial serial;
    bool is_of(const Issuer& issuer) const;

    int digest;  ///< NID of the hash in the two fields below
    Octets name_hash, key_hash;
  };

  /// question.unreadable: not DER, too much, a critical demand nobody knows, a nonce without or with too many
  /// octets. Who signed it does not matter; anybody may ask.
  static Result<Question> read(Bytes der);

  const std::vector<About>& about() const { return about_; }
  /// The nonce's extension value, empty if none was sent.
  const Octets& nonce() const { return nonce_; }

 private:
  std::vector<About> about_;
  Octets nonce_;
};

}  // namespace gw::ca
