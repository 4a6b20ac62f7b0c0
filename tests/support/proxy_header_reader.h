#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "model/address.h"

namespace gw::support {

/// A PROXY protocol version 2 header as a receiver sees it (HAProxy's proxy-protocol.txt 2.2). Written from
/// that text, without a look at the writer.
struct ReadProxyHeader {
  /// pp2_tlv_ssl
  struct Tls {
    bool over_tls = false;                   ///< PP2_CLIENT_SSL
    bool certificate_on_connection = false;  ///< PP2_CLIENT_CERT_CONN
    bool certificate_in_session = false;     ///< PP2_CLIENT_CERT_SESS
    bool verified = false;                   ///< verify is zero
    std::string version{};
    std::string common_name{};
  };
  model::Endpoint source{};
  model::Endpoint destination{};
  std::string authority{};
  std::string unique_id{};
  std::optional<Tls> tls{};
  std::size_t size = 0;  ///< octets of the whole header; what follows is the connection's own
};

/// Nothing unless the bytes begin with a whole header of the command PROXY over TCP in which every length
/// adds up, no TLV stands twice and each is of a type named above.
std::optional<ReadProxyHeader> read_proxy_header(Bytes bytes);

}  // namespace gw::support
