#pragma once

#include <string>
#include <string_view>

#include "pki/signer_key.h"

namespace gw::pki {

/// What is signed of a file: two lines that say what it is and the SHA-256 of its octets. Neither a record, a
/// checkpoint nor a proof begins like it, and one kind of file does not like another, so no signature over
/// one counts for another (decisions/0049).
std::string statement_of(std::string_view kind, const Sha256& digest);

/// Whether `signature`, 64 octets as they are, is the signer's over this file as one of that kind.
bool is_signed(std::string_view kind, std::string_view file, Bytes signature, const SignerKey& signer);

}  // namespace gw::pki
