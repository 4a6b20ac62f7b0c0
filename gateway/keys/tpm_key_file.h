#pragma once

#include <tss2/tss2_tpm2_types.h>

#include <string>

#include "base/bytes.h"
#include "base/result.h"
#include "model/keeping.h"

namespace gw::keys {

/// A key that a TPM made, sealed so that only this TPM can load it: what a file of label "TSS2 PRIVATE KEY"
/// holds (TPM 2.0 Key Files, loadable key). No secret.
struct TpmKeyFile {
  TPM2_HANDLE parent;  ///< TPM2_RH_OWNER, or of a persistent object
  TPM2B_PUBLIC open_part;
  TPM2B_PRIVATE sealed_part;
};

using model::kTpmKeyLabel;

/// key.unreadable if it is anything but a loadable key without password and policy that was made inside a
/// TPM, never leaves it (CRT-01), signs, and has its parent where this box looks for one.
Result<TpmKeyFile> read_tpm_key_file(Bytes der);
/// PEM.
std::string write_tpm_key_file(const TpmKeyFile& key);

}  // namespace gw::keys
