#pragma once

#include <memory>
#include <optional>
#include <string>

#include "keys/pem_block.h"
#include "keys/private_key.h"
#include "keys/tpm_commands.h"
#include "model/key_kind.h"

namespace gw::keys {

/// A TPM 2.0 behind a descriptor that somebody else opened, and the keys it made. Nothing is opened here, and
/// nothing once a key is open takes another system call than poll, read and write (send on a socket).
///
/// A TPM that leaves a command without its answer is not talked to any more: its keys are key.unavailable
/// until reconnect() brings another descriptor, and then go on as if nothing had been. One thread.
class Tpm {
 public:
  /// key.unavailable if what is behind the descriptor does not answer as a TPM does.
  static Result<std::unique_ptr<Tpm>> connect(UniqueFd descriptor, TpmPatience patience = {});
  /// The same in two steps: hold() says nothing to the TPM, and greet() makes no other system call than those
  /// above.
  static std::unique_ptr<Tpm> hold(UniqueFd descriptor, TpmPatience patience = {});
  Result<> greet();
  Result<> reconnect(UniqueFd descriptor);
  bool is_connected() const { return commands_.is_connected(); }

  /// A new key as PEM (label "TSS2 PRIVATE KEY"), under the storage key 0x81000001 if the TPM has it, else
  /// under the owner's primary key. The text is no secret: only this TPM can use it.
  Result<std::string> make_key(model::KeyKind kind);
  /// The key lives no longer than the Tpm. key.unreadable if this TPM did not make it.
  Result<PrivateKeyPtr> open_key(const PemBlock& block);

 private:
  friend class TpmKey;
  /// What is known of one open key.
  struct Kept {
    TpmKeyFile file;
    std::optional<TPMS_CONTEXT> aside;  ///< loads faster than the file, until the TPM starts anew
  };

  explicit Tpm(TpmPatience patience) : commands_(patience) {}
  Result<TPMT_SIGNATURE> sign(Kept& key, const TPM2B_DIGEST& digest, const TPMT_SIG_SCHEME& scheme);
  Result<TPM2_HANDLE> seat(Kept& key);
  void clear_seat();
  void forget(const Kept& key);
  Result<TPM2_HANDLE> load(const TpmKeyFile& file);

  TpmCommands commands_;
  // One key stays loaded, the one used last. More would cost more: a resource manager takes every loaded
  // object of ours out of the TPM and in again at each command.
  const Kept* seated_ = nullptr;
  TPM2_HANDLE seat_ = 0;
};

}  // namespace gw::keys
