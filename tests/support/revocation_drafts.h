#pragma once

#include <string>
#include <vector>

#include "support/draft.h"

namespace gw::support {

/// A revocation list before it is signed (RFC 5280 5.1), each field as the DER that will stand there.
struct ListDraft {
  struct Entry {
    std::string serial;
    std::string when = "260901000000Z";
    std::vector<CertificateDraft::Extension> extensions{};
  };
  std::string key;  ///< whose key signs
  std::string digest = "SHA256";
  std::string issuer{};  ///< a Name
  std::string version = std::string("\x02\x01\x01", 3);
  std::string this_update = "261120000000Z", next_update = "261124000000Z";  ///< empty: left out
  std::vector<Entry> entries{};
  std::vector<CertificateDraft::Extension> extensions{};

  static ListDraft by(const CertificateDraft& authority);
  void revoke(const CertificateDraft& certificate) { entries.push_back({certificate.serial}); }
  /// With an issuing distribution point of these fields, critical.
  void set_scope(const std::string& fields);
  std::string encode() const;
};

/// An extension that says why an entry is there (RFC 5280 5.3.1).
CertificateDraft::Extension reason_code(char reason);

/// An OCSP answer before it is signed (RFC 6960 4.2.1).
struct AnswerDraft {
  char response_status = 0;
  std::string key;  ///< whose key signs
  std::string digest = "SHA256";
  std::string responder{};  ///< ResponderID, DER
  std::string id_digest = "SHA1";
  std::string issuer_name{}, issuer_key{}, serial{};  ///< of the certificate asked about; the key by its name
  std::string status = std::string("\x80\0", 2);      ///< good
  std::string this_update = "20261120000000Z", next_update = "20261124000000Z";  ///< empty: left out
  std::vector<CertificateDraft::Extension> single_extensions{}, extensions{};
  std::vector<CertificateDraft> certificates{};  ///< sent along

  /// Signed by the issuer itself.
  static AnswerDraft about(const CertificateDraft& certificate, const CertificateDraft& issuer);
  void revoke(char reason);
  void answered_by_name(const std::string& name);
  void answered_by_key(const std::string& key_name);
  std::string encode() const;
};

/// A responder's certificate, as an authority makes it.
CertificateDraft responder_draft(const CertificateDraft& authority, const std::string& key);

}  // namespace gw::support
