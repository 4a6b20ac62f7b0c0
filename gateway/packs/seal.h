#pragma once

#include <string>
#include <string_view>

#include "pki/signer_key.h"

namespace gw::packs {

/// What follows a pack's file name to name its signature.
inline constexpr std::string_view kSignatureEnding = ".sig";

/// SHA-256 of a pack file's octets, by which evidence names it.
pki::Sha256 digest_of(std::string_view file);

/// What the vendor signs of a pack with that digest (pki/signed_file.h).
std::string statement_of(const pki::Sha256& digest);

/// Whether `signature`, 64 octets as they are, is the signer's over this file.
bool is_signed(std::string_view file, Bytes signature, const pki::SignerKey& signer);

}  // namespace gw::packs
