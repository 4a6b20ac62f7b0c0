#pragma once

#include <tss2/tss2_sys.h>

#include <memory>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "keys/tpm_key_file.h"
#include "keys/tpm_wire.h"

namespace gw::keys {

/// How long a TPM is waited for. Making an RSA key takes chips a minute and more.
struct TpmPatience {
  std::chrono::milliseconds answer{3000};
  std::chrono::milliseconds primary{10'000};  ///< to make the primary key anew, before a key can be loaded
  std::chrono::milliseconds making{120'000};
};

/// The eight commands of TPM 2.0 (part 3) that we need, one function each, without sessions: no command
/// carries a secret. key.unavailable without an answer, and then for good: nothing works any more until there
/// is another descriptor. Refusals have words. One thread.
class TpmCommands {
 public:
  explicit TpmCommands(TpmPatience patience) : patience_(patience) {}

  /// In the place of whatever was connected. Says nothing to the TPM yet.
  void take(UniqueFd descriptor);
  /// Before any other command. Frees what an earlier life of this process left loaded: a resource manager
  /// shows us our own objects only, and without one nobody else uses the TPM.
  Result<> greet();
  bool is_connected() const { return wire_ && wire_->is_up(); }

  Result<bool> has(TPM2_HANDLE persistent);
  Result<TPM2_HANDLE> create_primary(const TPM2B_PUBLIC& pattern);
  /// \return with `parent` as its parent.
  Result<TpmKeyFile> create(TPM2_HANDLE parent, const TPM2B_PUBLIC& pattern);
  Result<TPM2_HANDLE> load(TPM2_HANDLE parent, const TpmKeyFile& key);
  Result<TPMS_CONTEXT> context_save(TPM2_HANDLE object);
  Result<TPM2_HANDLE> context_load(const TPMS_CONTEXT& context);
  Result<TPMT_SIGNATURE> sign(TPM2_HANDLE key, const TPM2B_DIGEST& digest, const TPMT_SIG_SCHEME& scheme);
  Result<> flush(TPM2_HANDLE object);

 private:
  template <class Command>
  Result<> run(std::string_view doing, std::chrono::milliseconds patience, Command command);
  Result<std::vector<TPM2_HANDLE>> handles(TPM2_HANDLE first);
  TSS2_SYS_CONTEXT* sys() { return reinterpret_cast<TSS2_SYS_CONTEXT*>(memory_.data()); }

  TpmPatience patience_;
  std::unique_ptr<TpmWire> wire_;
  std::vector<std::max_align_t> memory_;  ///< the library's, for one command and its answer
};

}  // namespace gw::keys
