#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace gw::est {

/// What can be asked of an EST server (RFC 7030 3.2.2). Keys made by the server and full CMC are not spoken.
enum class Operation : std::uint8_t {
  ca_certificates,    ///< GET cacerts (RFC 7030 4.1)
  enrol,              ///< POST simpleenroll (4.2.1)
  enrol_again,        ///< POST simplereenroll (4.2.2)
  request_attributes  ///< GET csrattrs (4.5)
};

/// What is asked for, and of which of a server's authorities.
struct Target {
  std::string label{};  ///< the optional segment between (RFC 7030 3.2.2); empty: none
  Operation operation{};
};

/// "/.well-known/est/LABEL/OPERATION"
std::string path_of(const Target& target);
/// The other way round; nothing for any other path.
std::optional<Target> read_path(std::string_view path);
/// May a segment stand there: unreserved characters (RFC 3986 2.3), 64 at most, not an operation's own word?
bool is_label(std::string_view text);
/// "GET" or "POST"
const char* method_of(Operation operation);

}  // namespace gw::est
