#pragma once

#include <functional>
#include <string>
#include <vector>

#include "edition.h"
#include "model/key_ring.h"
#include "model/managed_identity.h"

namespace gw::supervisor {

/// Gives the content of the file of an owner's key: a key, or a word on where it is kept. Whoever takes it
/// wipes it. config.file_unreadable if it is not to be had.
using KeyReader =
    std::function<Result<std::vector<std::uint8_t>>(const std::string& owner, const model::Wiring::Key& key)>;

/// Of every key of the largest configuration, octets.
inline constexpr std::size_t kMostRing = 1024 * 1024 * 1024;

/// From the files beneath `directory`, and nowhere else. Borrows the descriptor.
KeyReader keys_beneath(int directory);
/// As an edition's keyd was given them.
Result<KeyReader> keys_kept_in(const Edition& edition);

/// From what the box has of its identities, and what is none from `others`. Borrows `kept`.
KeyReader keys_in(const model::KeptIdentities& kept, KeyReader others);

/// Puts the keys that the wiring names into sealed memory for keyd.
Result<> collect_keys(Edition& edition, const KeyReader& read);

}  // namespace gw::supervisor
