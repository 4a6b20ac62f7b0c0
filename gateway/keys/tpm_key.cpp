#include "keys/tpm_key.h"

#include <algorithm>

#include "keys/manner.h"
#include "keys/tpm_pattern.h"

namespace gw::keys {
namespace {

TPM2B_DIGEST digest_for_tpm(model::SignatureScheme scheme, Bytes message) {
  const auto hash = hash_of(manner_of(scheme).hash, message);
  TPM2B_DIGEST digest{};
  GW_CHECK(hash.size() <= sizeof digest.buffer, "a TPM's digest holds every SHA-2");
  digest.size = static_cast<UINT16>(hash.size());
  std::ranges::copy(hash, digest.buffer);
  return digest;
}

}  // namespace

TpmKey::TpmKey(Tpm& tpm, TpmKeyFile file, PublicHalf half)
    : tpm_(tpm), kept_{std::move(file), {}}, half_(std::move(half)) {}

TpmKey::~TpmKey() { tpm_.forget(kept_); }

Result<std::vector<std::uint8_t>> TpmKey::sign(model::SignatureScheme scheme, Bytes message) {
  GW_TRY(half_.suits(scheme));
  GW_TRY(const auto made, tpm_.sign(kept_, digest_for_tpm(scheme, message), tpm_scheme_of(scheme)));
  GW_TRY(auto signature, octets_of(made, scheme));
  if (half_.verifies(scheme, message, signature)) return signature;
  // TPM 2.0 part 1, B.7: the salt may be as long as there is room for; RFC 8446 4.2.3 has it as long as the
  // hash.
  if (manner_of(scheme).padding == Padding::pss)
    return Error{ErrorCode::key_scheme_unsuitable, "this TPM's PSS salt is not as long as the hash"};
  return Error{ErrorCode::key_unavailable, "the TPM's signature is wrong"};
}

}  // namespace gw::keys
