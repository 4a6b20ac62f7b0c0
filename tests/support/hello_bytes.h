#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "support/mutations.h"

namespace gw::tls {

using support::Octets;

/// A hello as stock OpenSSL sends it.
struct RealHello {
  std::string server_name{};
  int min_version = 0;  ///< as SSL_CTX_set_min_proto_version takes it; 0: the lowest there is
  int max_version = 0;
  std::string groups{};
  bool early_data = false;  ///< with a pre-shared key, and bytes that follow at once

  /// Everything the client writes before it hears an answer, records and all.
  Octets flight() const;
};

/// A hello put together field by field, so that each can be wrong on its own. As it stands it is a good one
/// without extensions.
struct HandMadeHello {
  using Extension = std::pair<std::uint16_t, Octets>;

  std::uint8_t message_type = 1;
  Octets session_id = Octets(32, 7);
  Octets suites{0x13, 0x02, 0x13, 0x01};
  Octets compression{0};
  std::vector<Extension> extensions{};
  bool has_extensions = true;

  HandMadeHello& with(std::uint16_t type, Octets body) {
    extensions.emplace_back(type, std::move(body));
    return *this;
  }
  HandMadeHello& with_name(const std::string& name);
  /// Grows until the message with its header has this size.
  HandMadeHello& padded_to(std::size_t size);

  /// The handshake message with its header.
  Octets message() const;
  /// The message in one record; it must fit.
  Octets record() const;
};

/// The body of a server_name extension: entries of a type and a name (RFC 6066 3).
Octets name_list(const std::vector<std::pair<std::uint8_t, std::string>>& entries);
/// A record of this type around the payload.
Octets record_of(std::uint8_t type, const Octets& payload);
/// The message cut into records with at most so many octets of it each.
Octets in_records(const Octets& message, std::size_t most);
/// One behind the other.
Octets joined(const Octets& first, const Octets& second);

}  // namespace gw::tls
