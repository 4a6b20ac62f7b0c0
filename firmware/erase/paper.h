#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/clock.h"

namespace gw::erase {

/// What 廃棄証明, the proof that a box can be read no more, says (DSP-01): what was done, by whose word, and
/// what came of reading it back. All that a machine can say; people sign beneath.
struct Facts {
  struct Owned {
    std::string subject{}, issuer{}, serial{}, until{};
    std::string fingerprint{};  ///< SHA-256 of the whole certificate, hexadecimal as `serial`
  };
  bool is_disposal = false;  ///< otherwise a reset by the button
  std::string machine{};     ///< serial number of the board, as DMI has it
  std::string board{};
  std::string image{};       ///< version
  std::string volume{};      ///< UUID of the encrypted partition; empty: none was found
  std::uint64_t octets = 0;  ///< overwritten
  bool is_read_back = false;
  std::string tpm{};  ///< "cleared", or why not; empty: it was not to be
  std::string proposed_by{}, reason{}, agreed_by{};
  std::string button{};  ///< "pressed" at the box itself before, or "none": the board has none
  std::string
      signer{};  ///< SHA-256 of the key that signed what is ordered (erase/statement.h); empty: none did
  CivilTime at{};
  std::vector<Owned> certificates{};  ///< that the box had, for their issuers to revoke
  bool are_all_known = false;         ///< no other one is missing among them (erase/inventory.h)

  /// Where no volume was found, what lay there may never have been encrypted, and most of it is still there.
  bool is_erased() const { return !volume.empty() && is_read_back && (!is_disposal || tpm == "cleared"); }
};

/// In Japanese, for the console: a line each.
std::string to_text(const Facts& facts);
/// Certificates of which the paper has a line, if what the box signed names all.
inline constexpr std::size_t kMostOnPaper = 200;
/// The same for print on A4, with places for three signatures. Foreign text is escaped; there is no script.
std::string to_html(const Facts& facts);

}  // namespace gw::erase
