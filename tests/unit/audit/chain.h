#pragma once

#include <string>
#include <vector>

#include "audit/chain_text.h"
#include "keys/file_key.h"
#include "keys/pem_block.h"
#include "keys/wrapping.h"

namespace gw::audit::tests {

inline Record record_of(std::uint64_t number) {
  return {CivilTime(std::chrono::seconds(1'795'000'000 + number)), ClockState::right, "proxyd", "karte",
          Event(EventId::session_closed).add(Field::session, number).add(Field::terminal, "desk-1")};
}

/// A key as keyd would sign with.
inline keys::PrivateKeyPtr some_key() {
  const Secret secret(std::string(keys::kLeastWrappingSecret, 'w'));
  const Secret pem(*keys::make_encrypted_key(model::KeyKind::p256, secret));
  return *keys::open_encrypted_key(*keys::find_pem(pem, {"ENCRYPTED PRIVATE KEY"}), secret);
}

inline SignedCheckpoint signed_by(keys::PrivateKey& key, const model::Checkpoint& checkpoint) {
  const std::string text = text_of(checkpoint);
  return {checkpoint, *key.sign(model::SignatureScheme::ecdsa_sha256, as_bytes(text)), key.public_key()};
}

/// A chain as lines: a head, ten records, and a checkpoint behind the fifth and the tenth.
struct Chain {
  keys::PrivateKeyPtr key = some_key();
  std::vector<std::string> lines{};
  Link link{};

  Chain() {
    put(write_head(1, {}));
    for (std::uint64_t number = 1; number <= 10; ++number) {
      const std::string line = line_of(number, record_of(number));
      link = link_of(link, line);
      put(write_record(line, link));
      if (number % 5 == 0)
        put(write_checkpoint(signed_by(*key, {number, link, std::chrono::seconds(1'795'000'000)})));
    }
  }
  void put(std::string line) {
    line.pop_back();
    lines.push_back(std::move(line));
  }
  /// One more record behind the others.
  void put_record(const Record& record) {
    const std::string line = line_of(11, record);
    link = link_of(link, line);
    put(write_record(line, link));
  }
  /// Without those before that one, of the first five. The link in front of it.
  Link begin_with(std::uint64_t first) {
    Link before{};
    for (std::uint64_t number = 1; number < first; ++number)
      before = link_of(before, line_of(number, record_of(number)));
    lines.erase(lines.begin(), lines.begin() + static_cast<std::ptrdiff_t>(first));
    lines.insert(lines.begin(), write_head(first, before));
    lines.front().pop_back();
    return before;
  }
  /// Where a record's line is.
  std::string& record(std::uint64_t number) { return lines[number + (number > 5 ? 1 : 0)]; }
};

}  // namespace gw::audit::tests
