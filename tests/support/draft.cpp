#include "support/draft.h"

#include <openssl/evp.h>

#include "base/check.h"
#include "support/der.h"

namespace gw::support {
namespace {

std::string joined(const std::vector<std::string>& parts) {
  std::string all;
  for (const std::string& part : parts) all += part;
  return all;
}

std::string encoded(const CertificateDraft::Extension& e) {
  return der::sequence({der::oid(e.oid), e.critical, der::octets(e.value)});
}

std::string encoded(const std::vector<CertificateDraft::Extension>& extensions) {
  if (extensions.empty()) return {};
  std::string all;
  for (const CertificateDraft::Extension& e : extensions) all += encoded(e);
  return der::tagged(0xa3, der::tagged(0x30, all));
}

/// A serial number of its own for each draft, positive and short.
std::string next_serial() {
  static unsigned number = 0;
  ++number;
  return {'\x01', static_cast<char>(number >> 8), static_cast<char>(number)};
}

}  // namespace

void CertificateDraft::add(const std::string& oid, std::string value, bool critical) {
  extensions.push_back({oid, critical ? der::boolean(true) : "", std::move(value)});
}

void CertificateDraft::drop(const std::string& oid) {
  std::erase_if(extensions, [&](const Extension& e) { return e.oid == oid; });
}

void CertificateDraft::set(const std::string& oid, std::string value, bool critical) {
  for (Extension& e : extensions) {
    if (e.oid != oid) continue;
    e = {oid, critical ? der::boolean(true) : "", std::move(value)};
    return;
  }
  add(oid, std::move(value), critical);
}

CertificateDraft::Extension& CertificateDraft::extension(const std::string& oid) {
  for (Extension& e : extensions)
    if (e.oid == oid) return e;
  GW_CHECK(false, "the draft has no such extension");
  return extensions.front();
}

void CertificateDraft::set_basic_constraints(bool is_ca, int path_length) {
  const std::string length =
      path_length < 0 ? "" : der::integer(std::string(1, static_cast<char>(path_length)));
  set(oid::kBasicConstraints, der::sequence({is_ca ? der::boolean(true) : "", length}), true);
}

void CertificateDraft::set_key_usage(unsigned bits) {
  unsigned unused = 0;
  while (bits != 0 && (bits >> unused & 1) == 0) ++unused;
  const std::string content{static_cast<char>(unused), static_cast<char>(bits)};
  set(oid::kKeyUsage, der::tagged(0x03, bits == 0 ? std::string(1, '\0') : content), true);
}

void CertificateDraft::set_purposes(const std::vector<std::string>& oids) {
  std::string all;
  for (const std::string& purpose : oids) all += der::oid(purpose);
  set(oid::kExtendedKeyUsage, der::tagged(0x30, all));
}

void CertificateDraft::set_names(const std::vector<std::string>& general_names, bool critical) {
  set(oid::kAlternativeNames, der::tagged(0x30, joined(general_names)), critical);
}

void CertificateDraft::set_authority(const std::string& issuer_key) {
  signed_by = issuer_key;
  set(oid::kAuthorityKeyId, der::sequence({der::tagged(0x80, key_identifier_of(issuer_key))}));
}

std::string CertificateDraft::encode() const {
  const std::string algorithm = signature_algorithm(signed_by, digest);
  const std::string to_be_signed =
      der::sequence({version, der::integer(serial), inner_algorithm.empty() ? algorithm : inner_algorithm,
                     issuer, der::sequence({der::time(not_before), der::time(not_after)}), subject,
                     public_key.empty() ? public_key_of(key) : public_key, unique_ids, encoded(extensions)});
  const std::string signature = forge ? forge(to_be_signed) : signature_by(signed_by, digest, to_be_signed);
  return der::sequence({to_be_signed, algorithm, der::bits(signature)});
}

std::string CertificateDraft::pem() const {
  const std::string octets = encode();
  std::string text(octets.size() / 3 * 4 + 5, '\0');
  const int size =
      EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()),
                      reinterpret_cast<const unsigned char*>(octets.data()), static_cast<int>(octets.size()));
  text.resize(static_cast<std::size_t>(size));
  std::string lines = "-----BEGIN CERTIFICATE-----\n";
  for (std::size_t i = 0; i < text.size(); i += 64) lines += text.substr(i, 64) + "\n";
  return lines + "-----END CERTIFICATE-----\n";
}

std::string dns_name(std::string_view text) { return der::tagged(0x82, text); }
std::string uri_name(std::string_view text) { return der::tagged(0x86, text); }
std::string email_name(std::string_view text) { return der::tagged(0x81, text); }
std::string ip_name(std::string_view octets) { return der::tagged(0x87, octets); }
std::string directory_name(const std::string& name_der) { return der::tagged(0xa4, name_der); }

std::string name_constraints(const std::vector<std::string>& permitted,
                             const std::vector<std::string>& excluded) {
  const auto subtrees = [](unsigned char tag, const std::vector<std::string>& names) {
    std::string all;
    for (const std::string& name : names) all += der::sequence({name});
    return names.empty() ? "" : der::tagged(tag, all);
  };
  return der::sequence({subtrees(0xa0, permitted), subtrees(0xa1, excluded)});
}

CertificateDraft authority_draft(const std::string& name, const std::string& key, const std::string& issuer,
                                 const std::string& issuer_key) {
  CertificateDraft draft{.key = key, .signed_by = issuer_key};
  draft.serial = next_serial();
  draft.subject = der::name(name);
  draft.issuer = der::name(issuer);
  draft.set_basic_constraints(true);
  draft.set_key_usage(usage::kCertSign | usage::kCrlSign);
  draft.set(oid::kSubjectKeyId, der::octets(key_identifier_of(key)));
  if (issuer_key != key) draft.set_authority(issuer_key);
  return draft;
}

CertificateDraft leaf_draft(const std::string& name, const std::string& key, const std::string& issuer,
                            const std::string& issuer_key) {
  CertificateDraft draft{.key = key, .signed_by = issuer_key};
  draft.serial = next_serial();
  draft.subject = der::name(name);
  draft.issuer = der::name(issuer);
  draft.set_basic_constraints(false);
  draft.set_key_usage(usage::kDigitalSignature);
  draft.set_authority(issuer_key);
  return draft;
}

}  // namespace gw::support
