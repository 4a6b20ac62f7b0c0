#pragma once

#include <string>
#include <string_view>

namespace gw::web {

/// Where the browser keeps the session's token: sent back to this host alone, over TLS alone, out of reach of
/// scripts, and by no other site (RFC 6265bis 4.1.3.2; ADM-05).
inline constexpr std::string_view kCookieName = "__Host-sekisho";

/// The token in a Cookie header; empty if there is none, or two.
std::string token_in(std::string_view cookies);
/// Values of Set-Cookie.
std::string cookie_of(std::string_view token);
std::string cookie_taken();

}  // namespace gw::web
