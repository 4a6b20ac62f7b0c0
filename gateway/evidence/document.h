#pragma once

#include <span>
#include <string>
#include <vector>

#include "base/clock.h"
#include "evidence/finding.h"
#include "evidence/form.h"
#include "packs/pack.h"
#include "pki/certificate.h"

namespace gw::evidence {

/// An edition that was judged by, and which file exactly that was (GOV-01).
struct Judged {
  packs::Pack pack{};
  pki::Sha256 digest{};    ///< of the file
  bool is_signed = false;  ///< by the vendor whose key the box has
  pki::Sha256 signer{};    ///< of that key's SubjectPublicKeyInfo, if it is signed
};

/// What is handed on as it was signed elsewhere, beside what the box states.
struct Attachment {
  std::string name{};  ///< is_file_name()
  std::string content{};
};

/// Everything the box states about itself at one time: findings, and the papers that they answer.
struct Document {
  std::uint64_t number = 0;  ///< grows by one on a box
  CivilTime made{};
  std::string by{};    ///< who asked for it
  std::string site{};  ///< as the configuration in force names it
  std::string software{};
  std::uint64_t generation = 0;
  bool is_clock_right = false;
  std::vector<Finding> findings{};  ///< one for each fact, in their order
  std::vector<Judged> papers{};
  std::vector<Form> forms{};
  std::vector<Attachment> attached{};
  std::string diagram{};  ///< SVG of what is connected (GOV-05)
};

const Finding& finding_of(const Document& document, packs::FactId fact);
/// The worst of those that answer the row; unknown for a row of blanks alone.
State state_of(const Document& document, const packs::Row& row);
/// How many findings are in that state.
std::size_t count(const Document& document, State state);

/// One JSON object, `sekisho.evidence/1`, and a newline. The same document makes the same octets.
std::string to_json(const Document& document);

}  // namespace gw::evidence
