#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "base/secret.h"

namespace gw::accounts {

/// The key under which secrets of second factors rest in the database (ADM-10): AES-256-GCM with a random
/// nonce and the account's number beside it, so that no account can be given another's. Where the key comes
/// from, and that it rests elsewhere than the database, is its owner's matter.
class Seal {
 public:
  static constexpr std::size_t kKeySize = 32;

  /// Exactly kKeySize octets; our own mistake otherwise.
  explicit Seal(Secret key);

  /// One octet of version, 12 of nonce, as many as were given, 16 of tag.
  std::vector<std::uint8_t> close(Bytes secret, std::uint64_t account) const;
  /// account.seal_broken: of another account, under another key, or changed.
  Result<Secret> open(Bytes sealed, std::uint64_t account) const;

 private:
  Secret key_;
};

}  // namespace gw::accounts
