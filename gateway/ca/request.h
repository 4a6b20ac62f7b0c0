#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "ca/names.h"
#include "ca/public_key.h"
#include "ca/subject.h"
#include "keys/private_key.h"
#include "pki/handles.h"

namespace gw::ca {

/// Largest request that is read, octets: with an RSA key and a dozen names it has two thousand.
inline constexpr std::size_t kMaxRequestOctets = 16 * 1024;

/// A request for a certificate (PKCS#10, RFC 2986) whose sender has proved that the key is its own. What it
/// wants to be called is for people to compare; what is issued follows the profile and the order alone.
class Request {
 public:
  /// DER, or PEM with exactly one block and nothing beside it. request.unreadable; request.weak_key and
  /// request.weak_signature (CRT-08); request.bad_signature if the key is not the sender's (RFC 2986 3).
  static Result<Request> read(Bytes octets);

  const PublicKey& key() const { return key_; }
  /// As RFC 2253 writes it, foreign octets escaped; empty if it names nobody.
  const std::string& wanted_subject() const { return subject_; }
  /// "URI:urn:x", "DNS:a.example" and so on, foreign octets escaped and cut.
  const std::vector<std::string>& wanted_names() const { return names_; }

 private:
  explicit Request(PublicKey key) : key_(std::move(key)) {}
  PublicKey key_;
  std::string subject_{};
  std::vector<std::string> names_{};
};

/// A request by the holder of `key`, DER, with these names in an extensionRequest (RFC 2985 5.4.2).
/// issue.outside_profile for a subject that nobody can have; the key's errors.
Result<Octets> make_request(const Subject& subject, const Names& names, keys::PrivateKey& key);
/// For the certificate that comes after `certificate`: subject and alternative names stand in it as they
/// stand there, to the octet (RFC 7030 4.2.2). The key is another one.
Result<Octets> make_next_request(const X509* certificate, keys::PrivateKey& key);

}  // namespace gw::ca
