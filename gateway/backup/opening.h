#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "backup/container.h"
#include "backup/part.h"
#include "base/bytes.h"
#include "base/language.h"
#include "pki/certificate.h"

namespace gw::backup {

/// Why a backup cannot be restored (faults.def).
enum class Fault : std::uint8_t {
#define GW_FAULT(name, id, english, japanese) name,
#include "backup/faults.def"
#undef GW_FAULT
};
/// Stable text id.
std::string_view to_string(Fault fault);

/// What was found out about a backup without restoring anything (BAK-03, BAK-05).
struct Report {
  struct Found {
    Fault fault{};
    std::string part{};  ///< which, if it is about one
  };
  struct Row {
    std::string name{};
    Extent extent{};
  };
  std::optional<Seal> seal{};  ///< proved if there are no faults but such about what is inside
  pki::Sha256 signer{};        ///< of the SubjectPublicKeyInfo that the file shows
  std::vector<Row> rows{};     ///< the parts, as the manifest lists them
  std::vector<Found> faults{};

  bool is_good() const { return faults.empty(); }
};
/// What somebody reads who tries a restore: a line for each fault, then what it is.
std::string words_of(const Report& report, Language language);

/// Whose backup it must be. What is empty is not asked; without a signer anybody may have made it.
struct Expected {
  pki::Sha256 signer{};  ///< SHA-256 of the box's SubjectPublicKeyInfo, known from elsewhere
  std::string box{};
  std::string site{};
};

struct Opened {
  Report report{};
  std::vector<Part> parts{};  ///< only if the report is good: of anything else nothing may be restored
};

/// Is it whole, and signed by that box? Needs no key that opens it. Foreign octets; bounded.
Report examine(Bytes file, const Expected& expected);

/// The same, and then opens it with a recipient's certificate and private key, and holds each part against
/// what is listed. Nothing is decrypted unless the box signed it.
Opened open_backup(Bytes file, const Expected& expected, X509* certificate, EVP_PKEY* key);

}  // namespace gw::backup
