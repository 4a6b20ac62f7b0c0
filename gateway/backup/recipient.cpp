#include "backup/recipient.h"

#include <array>
#include <set>

#include "backup/private_keys.h"
#include "base/jst.h"
#include "base/text.h"
#include "pki/times.h"

namespace gw::backup {
namespace {

constexpr int kLeastRsaBits = 3072, kMostRsaBits = 8192;
constexpr std::chrono::days kSoon{30};

Error unsuitable(std::string_view name, std::string_view why) {
  return {ErrorCode::backup_recipient, "recipient " + std::string(name) + ": " + std::string(why)};
}

bool is_rsa_key(const EVP_PKEY* key) { return key != nullptr && EVP_PKEY_get_base_id(key) == EVP_PKEY_RSA; }

bool has_curve(const EVP_PKEY* key) {
  std::array<char, 64> name{};
  std::size_t size = 0;
  if (key == nullptr || EVP_PKEY_get_base_id(key) != EVP_PKEY_EC ||
      EVP_PKEY_get_group_name(key, name.data(), name.size(), &size) != 1)
    return false;
  const std::string_view curve(name.data(), size);
  return curve == "prime256v1" || curve == "secp384r1";
}

/// Why nothing can be encrypted to it; nothing if it can.
std::optional<std::string_view> fault_of(X509* certificate) {
  const EVP_PKEY* key = X509_get0_pubkey(certificate);
  const bool is_rsa = is_rsa_key(key);
  if (!is_rsa && !has_curve(key)) return "its key is neither RSA nor on P-256 or P-384; make such a key";
  const int bits = EVP_PKEY_get_bits(key);
  if (is_rsa && (bits < kLeastRsaBits || bits > kMostRsaBits))
    return "its RSA key has fewer than 3072 bits, or more than 8192; make one of 3072 or 4096";
  if ((X509_get_extension_flags(certificate) & EXFLAG_CA) != 0)
    return "it is an authority's certificate; hand in one of its own for backups";
  const std::uint32_t usage = X509_get_key_usage(certificate);
  constexpr std::uint32_t kAbsent = UINT32_MAX;
  if (usage == kAbsent) return std::nullopt;
  if (is_rsa && (usage & KU_KEY_ENCIPHERMENT) == 0)
    return "its key is not for encryption; have it certified with keyUsage keyEncipherment";
  if (!is_rsa && (usage & KU_KEY_AGREEMENT) == 0)
    return "its key is not for encryption; have it certified with keyUsage keyAgreement";
  return std::nullopt;
}

}  // namespace

Result<Recipient> Recipient::parse(std::string_view name, std::string_view pem) {
  if (!is_name(name)) return unsuitable(name, "a name has small letters, digits and hyphens, such as clinic");
  if (private_key_in(as_bytes(pem)))
    return unsuitable(
        name, "the file holds a private key; keep it away from the box and hand in the certificate alone");
  auto read = pem.size() <= model::kMaxPem
                  ? pki::read_certificates(pem)
                  : Error{ErrorCode::certificate_unreadable, "the file is too large"};
  if (!read) return unsuitable(name, read.error().detail + "; export it as PEM (BEGIN CERTIFICATE)");
  if (read->size() != 1)
    return unsuitable(name, "the file holds several certificates; hand in the recipient's alone");
  if (const auto fault = fault_of(read->front().get())) return unsuitable(name, *fault);
  return Recipient(std::string(name), std::shared_ptr<X509>(std::move(read->front())));
}

bool Recipient::is_rsa() const { return is_rsa_key(X509_get0_pubkey(certificate_.get())); }

std::optional<std::string> Recipient::concern(CivilTime now) const {
  const auto begins = pki::seconds_of(X509_get0_notBefore(certificate_.get()));
  const std::chrono::seconds ends(pki::not_after_of(certificate_.get()));
  const auto moment = std::chrono::duration_cast<std::chrono::seconds>(now.time_since_epoch());
  if (!begins || moment < std::chrono::seconds(*begins)) return "its certificate is not valid yet";
  if (moment > ends) return "its certificate ended on " + to_day_text(jst_day_of(ends));
  if (ends - moment < kSoon) return "its certificate ends on " + to_day_text(jst_day_of(ends));
  return std::nullopt;
}

Result<> check_recipients(const std::vector<Recipient>& recipients) {
  if (recipients.empty())
    return Error{ErrorCode::backup_recipient,
                 "nobody could open the backup; hand in the clinic's certificate"};
  if (recipients.size() > kMostRecipients)
    return Error{ErrorCode::backup_recipient, "there are more than eight recipients; leave some out"};
  std::set<std::string> names;
  std::set<pki::Sha256> keys;
  for (const Recipient& one : recipients)
    if (!names.insert(one.name()).second || !keys.insert(one.key_fingerprint()).second)
      return unsuitable(one.name(), "its name or its key is another recipient's as well; give each his own");
  return Done{};
}

}  // namespace gw::backup
