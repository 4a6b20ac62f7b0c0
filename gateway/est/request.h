#pragma once

#include <string>

#include "base/result.h"
#include "base/secret.h"
#include "est/base64.h"
#include "est/operation.h"
#include "model/renewal.h"

namespace gw::est {

/// The name that goes with a one-time ticket in HTTP Basic authentication (RFC 7030 3.2.3, RFC 7617). The
/// ticket alone says who is meant; a name must not be empty with some servers.
inline constexpr const char* kTicketUser = "ticket";

/// Can a server be asked at all? text.malformed if its name is no host name, or the label no path segment:
/// they stand in the request as they are.
Result<> check_server(const model::ManagedIdentity& identity);

// What is sent to the enrolment server of an identity: HTTP requests, whole, each on a connection of its own.

/// The authorities behind the server (RFC 7030 4.1.2).
std::string ask_for_authorities(const model::ManagedIdentity& identity);
/// A first certificate for a PKCS#10 request in DER (RFC 7030 4.2.1), which a ticket pays for. The request
/// holds the ticket: wipe it.
std::string ask_for_first(const model::ManagedIdentity& identity, Bytes request, std::string_view ticket);
/// The next one (RFC 7030 4.2.2); who asks, the TLS client certificate says.
std::string ask_for_next(const model::ManagedIdentity& identity, Bytes request);

}  // namespace gw::est
