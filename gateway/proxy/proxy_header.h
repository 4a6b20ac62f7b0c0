#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "model/address.h"

namespace gw::proxy {

/// Who stands behind an upstream connection, for a cloud that asked to be told.
struct ProxyHeaderFacts {
  model::Endpoint source{};       ///< the terminal
  model::Endpoint destination{};  ///< the listener
  std::string server_name{};      ///< what the terminal asked for, if anything
  std::string terminal{};         ///< the terminal's name; from its verified certificate
  std::string tls_version{};      ///< of the terminal's leg: "TLSv1.3"
  std::uint64_t session = 0;
};

/// A PROXY protocol version 2 header (HAProxy's proxy-protocol.txt 2.2) with authority, unique id and TLS
/// sub-TLVs. The CN sub-TLV carries the terminal's name as the box knows it, never text from the certificate.
std::vector<std::uint8_t> proxy_header(const ProxyHeaderFacts& facts);
/// The same of a connection behind which nobody stands: the LOCAL command.
std::vector<std::uint8_t> proxy_header_of_nobody();

}  // namespace gw::proxy
