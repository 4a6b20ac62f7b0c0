#pragma once

#include <span>
#include <string>

#include "base/language.h"
#include "base/result.h"
#include "pki/certificate.h"

namespace gw::oneshots {

/// What the command line said.
struct Options {
  std::string verb{};
  std::string file{};         ///< the backup
  std::string certificate{};  ///< of a recipient, and
  std::string key{};          ///< his private key: PEM files both
  pki::Sha256 signer{};       ///< of the box; zero: not said
  std::string folder{};       ///< for `open`: where its parts go; for `copy`: where the file goes
  std::string state{};
  std::string config{};
  std::string programs{};  ///< where sekisho-conf-compile is; default: beside this program
  Language language{};

  bool has_signer() const { return signer != pki::Sha256{}; }
  bool has_key() const { return !certificate.empty(); }
};

/// `words` without the program's name. text.malformed with what is wrong.
Result<Options> parse_options(std::span<char* const> words);
const char* usage();

}  // namespace gw::oneshots
