#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <variant>

#include "base/result.h"
#include "ipc/messages/control_dhcp.h"

namespace gw::dhcp_lease {

struct Lost {};
struct Nothing {
};  ///< a word that changes nothing: a refusal (`nak`), a question nobody answered (`leasefail`)
using Announcement = std::variant<ipc::dhcp::Lent, Lost, Nothing>;

/// What the client says to its script: a word, and variables as `NAME=VALUE`, copied from what a server on
/// the wire sent (udhcpc, README.udhcpc). text.malformed if a variable is missing or means nothing; unknown
/// variables are not looked at.
Result<Announcement> read_announcement(std::string_view word, std::span<const std::string_view> variables);

}  // namespace gw::dhcp_lease
