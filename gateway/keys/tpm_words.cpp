#include "keys/tpm_words.h"

#include <cstdio>
#include <string>

namespace gw::keys {
namespace {

struct Row {
  TSS2_RC code;
  ErrorCode meaning;
  const char* words;
};

constexpr Row kRows[] = {
    {TPM2_RC_INTEGRITY, ErrorCode::key_unreadable,
     "it was made by another TPM, or before the TPM was cleared"},
    {TPM2_RC_BINDING, ErrorCode::key_unreadable, "its two parts do not belong together"},
    {TPM2_RC_SIZE, ErrorCode::key_unreadable, "a part of it has the wrong size"},
    {TPM2_RC_HANDLE, ErrorCode::key_unavailable, "its parent is not in this TPM"},
    {TPM2_RC_TYPE, ErrorCode::key_unavailable, "its parent is no storage key"},
    {TPM2_RC_SCHEME, ErrorCode::key_scheme_unsuitable, "neither TPM nor key knows this scheme"},
    {TPM2_RC_HASH, ErrorCode::key_scheme_unsuitable, "the TPM does not know this hash"},
    {TPM2_RC_VALUE, ErrorCode::key_scheme_unsuitable, "the TPM does not know this kind of key or scheme"},
    {TPM2_RC_CURVE, ErrorCode::key_scheme_unsuitable, "the TPM does not know this curve"},
    {TPM2_RC_BAD_AUTH, ErrorCode::key_unavailable,
     "the owner hierarchy has a password: clear it, or make keys under 0x81000001"},
    {TPM2_RC_AUTH_FAIL, ErrorCode::key_unavailable,
     "its parent has a password: only parents without are used"},
    {TPM2_RC_HIERARCHY, ErrorCode::key_unavailable, "the owner hierarchy is switched off in the firmware"},
    {TPM2_RC_INITIALIZE, ErrorCode::key_unavailable, "the firmware did not start it up"},
    {TPM2_RC_FAILURE, ErrorCode::key_unavailable,
     "it failed its own test: only a power cycle helps, if anything"},
    {TPM2_RC_LOCKOUT, ErrorCode::key_unavailable, "it is locked after wrong passwords, for a time"},
    {TPM2_RC_OBJECT_MEMORY, ErrorCode::key_unavailable, "others keep it full: use /dev/tpmrm0"},
    {TPM2_RC_MEMORY, ErrorCode::key_unavailable, "others keep it full: use /dev/tpmrm0"},
    {TPM2_RC_REFERENCE_H0, ErrorCode::key_unavailable, "it no longer has the key loaded"},
};

/// Without the number of the parameter, handle or session that it complains of (part 2, 6.6.3).
TSS2_RC bare(TSS2_RC code) {
  code &= ~TSS2_RC_LAYER_MASK;
  return (code & TPM2_RC_FMT1) != 0 ? code & (TPM2_RC_FMT1 | 0x3f) : code;
}

std::string hexadecimal(TSS2_RC code) {
  char text[24];
  std::snprintf(text, sizeof text, "code 0x%x", static_cast<unsigned>(code));
  return text;
}

}  // namespace

Error tpm_refusal(std::string_view doing, TSS2_RC code) {
  const std::string start = "the TPM cannot " + std::string(doing) + ": ";
  const bool from_tpm = (code & TSS2_RC_LAYER_MASK) == TSS2_TPM_RC_LAYER;
  for (const Row& row : kRows)
    if (from_tpm && row.code == bare(code)) return {row.meaning, start + row.words};
  return {ErrorCode::key_unavailable, start + hexadecimal(code)};
}

bool is_try_again(TSS2_RC code) {
  return code == TPM2_RC_RETRY || code == TPM2_RC_TESTING || code == TPM2_RC_YIELDED;
}

}  // namespace gw::keys
