#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "backup/part.h"
#include "backup/recipient.h"
#include "backup/seal.h"
#include "base/bytes.h"
#include "base/result.h"
#include "keys/private_key.h"
#include "pki/certificate.h"

namespace gw::backup {

// A backup is one file, an ustar archive that any `tar` unpacks:
//
//   seal.txt      what the box signs: the head, and size and SHA-256 of what is in the envelope and of the
//   envelope seal.sig      ECDSA with SHA-256 over it (RFC 3279 2.2.3) box.der       the box's public key,
//   SubjectPublicKeyInfo readme.txt    how to look into it with openssl and tar content.cms   the envelope
//   (backup/envelope.h), which holds another such archive: manifest.txt, then the parts
//
// It is signed from outside, so that whoever keeps it can tell whether it is whole and whose it is without
// any key that opens it, and no octet is decrypted that the box did not sign (BAK-05).

/// A backup as a file. Its parts are named once each and hold no private key (BAK-04).
/// backup.part_unsuitable, backup.private_key, which name the part; backup.too_large,
/// backup.recipient_unsuitable, key.unavailable.
Result<std::vector<std::uint8_t>> make_container(const Head& head, const std::vector<Part>& parts,
                                                 const std::vector<Recipient>& recipients,
                                                 keys::PrivateKey& signer);

/// A backup's file taken apart. Nothing in it is proved yet; views end with the file.
struct Container {
  std::string_view seal{};
  Bytes signature{};
  Bytes signer{};
  Bytes readme{};
  Bytes envelope{};         ///< empty if only the front was read
  std::uint64_t front = 0;  ///< octets of the file in front of the envelope's own header
};
/// Foreign octets. backup.malformed.
Result<Container> read_container(Bytes file);
/// Of a file's first kMostFront octets, without its envelope.
Result<Container> read_container_front(Bytes front);
inline constexpr std::size_t kMostFront = 16 * 1024;

/// How large the whole file is, by its front and what was signed.
std::uint64_t file_size_of(const Container& front, const Seal& seal);

/// Has this key signed that?
bool has_signed(Bytes public_key, std::string_view text, Bytes signature);

}  // namespace gw::backup
