#include "keys/opening.h"

#include <vector>

#include "keys/file_key.h"

namespace gw::keys {
namespace {

Error missing(const char* what) { return {ErrorCode::key_unavailable, what}; }

Result<PrivateKeyPtr> from_file(const PemBlock& block, const Keepers&) { return open_plain_key(block); }

Result<PrivateKeyPtr> from_wrapped_file(const PemBlock& block, const Keepers& keepers) {
  if (keepers.wrapping_secret == nullptr)
    return missing(
        "the key file is encrypted, and this box has no wrapping secret: give it one, or make the key anew");
  return open_encrypted_key(block, *keepers.wrapping_secret);
}

Result<PrivateKeyPtr> from_tpm(const PemBlock& block, const Keepers& keepers) {
  if (keepers.tpm == nullptr)
    return missing(
        "the key is in a TPM, and this box has none: switch it on in the firmware, or make the key anew");
  return keepers.tpm->open_key(block);
}

Result<PrivateKeyPtr> from_token(const PemBlock& block, const Keepers& keepers) {
  if (keepers.token == nullptr)
    return missing(
        "the key is in a PKCS#11 token, and this box has no module for one: name its module and PIN to the "
        "supervisor");
  return keepers.token->open(block.bytes());
}

struct Row {
  std::string_view label;
  Result<PrivateKeyPtr> (*open)(const PemBlock& block, const Keepers& keepers);
};
constexpr Row kRows[] = {
    {"PRIVATE KEY", from_file},     {"EC PRIVATE KEY", from_file},
    {"RSA PRIVATE KEY", from_file}, {"ENCRYPTED PRIVATE KEY", from_wrapped_file},
    {kTpmKeyLabel, from_tpm},       {kTokenLabel, from_token},
};

}  // namespace

Result<PrivateKeyPtr> open_key(const Secret& pem, const Keepers& keepers) {
  std::vector<std::string_view> labels;
  for (const Row& row : kRows) labels.push_back(row.label);
  GW_TRY(const PemBlock block, find_pem(pem, labels));
  for (const Row& row : kRows)
    if (row.label == block.label) return row.open(block, keepers);
  GW_CHECK(false, "only what has a row is found");
}

}  // namespace gw::keys
