#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "model/configuration.h"
#include "pki/certificate.h"

namespace gw::backup {

/// Somebody who can open a backup: a certificate, checked, and what he is to the box (BAK-04). Its private
/// key is elsewhere. RSA of 3072 to 8192 bits, or P-256 or P-384; not an authority's; and if it says what its
/// key is for, then for what encrypts: keyEncipherment of RSA, keyAgreement of a curve (RFC 5280 4.2.1.3).
class Recipient {
 public:
  /// `name`: is_name(), such as "clinic" or "vendor". `pem`: one certificate. One that has ended is taken all
  /// the same: better a backup to a key that should have been renewed than none. backup.recipient_unsuitable,
  /// which says what to do.
  static Result<Recipient> parse(std::string_view name, std::string_view pem);

  const std::string& name() const { return name_; }
  const X509* certificate() const { return certificate_.get(); }
  pki::Sha256 fingerprint() const { return pki::fingerprint_of(certificate_.get()); }
  pki::Sha256 key_fingerprint() const { return pki::key_fingerprint_of(certificate_.get()); }
  bool is_rsa() const;

  /// What somebody should hear of its period of validity; nothing if it has begun and a month is left.
  std::optional<std::string> concern(CivilTime now) const;

 private:
  Recipient(std::string name, std::shared_ptr<X509> certificate)
      : name_(std::move(name)), certificate_(std::move(certificate)) {}
  std::string name_;
  std::shared_ptr<X509> certificate_;
};

inline constexpr std::size_t kMostRecipients = 8;

/// At least one, each with a name and a key of its own. backup.recipient_unsuitable.
Result<> check_recipients(const std::vector<Recipient>& recipients);

}  // namespace gw::backup
