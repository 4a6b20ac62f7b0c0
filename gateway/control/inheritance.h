#pragma once

#include <optional>

#include "accounts/one_time_code.h"
#include "base/result.h"
#include "base/secret.h"
#include "control/packs_found.h"

namespace gw::control {

/// What controld finds at its start besides its folder: the octets under which the secrets of administrators'
/// apps rest (ADM-10), and the hash of the secret on the box's label, if the box was delivered with one
/// (ADM-04).
struct Inheritance {
  Secret seal{};
  PackFolder packs{};     ///< of ipc::kBeforeFd, if the box came with rule packs
  PackFolder profiles{};  ///< of ipc::kLeaseFd, if somebody put service profiles on it
  std::optional<accounts::CodeHash> bootstrap{};
  bool is_label_spoilt = false;  ///< there is such a file, and it is none; nobody is kept from starting by it
};

/// From ipc::kSecondInputFd, kThirdInputFd, kBeforeFd and kLeaseFd, which are closed then. Before the walls
/// are up. file.unreadable, of the first alone.
Result<Inheritance> read_inheritance();

/// A file of one line: 32 hexadecimal digits of salt, ":", 64 of SHA-256 over salt and code. Nothing if it is
/// none.
std::optional<accounts::CodeHash> parse_bootstrap(std::string_view text);

}  // namespace gw::control
