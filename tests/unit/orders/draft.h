#pragma once

#include <sys/mman.h>

#include <string>

#include "base/fd.h"
#include "orders/offer.h"
#include "pki/evidence_key.h"
#include "pki/signed_file.h"

namespace gw::orders {

/// Noon of 2026-11-22.
inline CivilTime noon() {
  using namespace std::chrono;
  return CivilTime{sys_days{2026y / November / 22} + 12h};
}

/// An order as the operations centre writes one; a test replaces lines of it.
struct Draft {
  std::string id = "2026-0001";
  std::string box = "north";
  std::string issued = "2026-11-22T00:00:00Z";
  std::string expires = "2026-11-29T00:00:00Z";
  std::string wanted =
      "revoke: {tenant: karte, terminal: desk-1, certificate: "
      "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa}\n";

  std::string text() const {
    return "version: 1\norder: " + id + "\nbox: " + box + "\nissued: " + issued + "\nexpires: " + expires +
           "\nreason: the device was lost\n" + wanted;
  }
};

/// The vendor's key, made for the test.
class Vendor {
 public:
  pki::SignerKey signer() const { return *pki::SignerKey::from_pem(pem()); }
  std::string pem() const { return *key_.public_pem(); }
  std::string signature(std::string_view document, std::string_view kind = kSignedAs) const {
    const std::string statement = pki::statement_of(kind, pki::sha256_of(as_bytes(document)));
    return std::string(as_text(*key_.sign(as_bytes(statement))));
  }
  /// As the centre's edge hands it over.
  std::string handed(std::string_view document) const {
    const std::string whole = signature(document) + std::string(document);
    return std::to_string(whole.size()) + " " + whole;
  }

 private:
  static pki::EvidenceKey made() {
    const UniqueFd file(::memfd_create("key", MFD_CLOEXEC));
    return *pki::EvidenceKey::read_or_make(file.get());
  }
  pki::EvidenceKey key_ = made();
};

}  // namespace gw::orders
