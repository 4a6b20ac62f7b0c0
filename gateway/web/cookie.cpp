#include "web/cookie.h"

#include "ipc/messages/web_control.h"

namespace gw::web {
namespace {

constexpr const char* kAttributes = "; Path=/; Secure; HttpOnly; SameSite=Strict";

bool is_token(std::string_view text) {
  return text.size() <= ipc::web::kMostToken &&
         text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

}  // namespace

std::string token_in(std::string_view cookies) {
  std::string_view found;
  bool is_there = false;
  while (!cookies.empty()) {
    const std::size_t end = cookies.find(';');
    std::string_view pair = cookies.substr(0, end);
    cookies.remove_prefix(end == std::string_view::npos ? cookies.size() : end + 1);
    while (pair.starts_with(' ')) pair.remove_prefix(1);
    const std::size_t equals = pair.find('=');
    if (equals == std::string_view::npos || pair.substr(0, equals) != kCookieName) continue;
    if (is_there) return {};
    is_there = true;
    found = pair.substr(equals + 1);
  }
  return is_token(found) ? std::string(found) : std::string();
}

std::string cookie_of(std::string_view token) {
  return std::string(kCookieName).append("=").append(token).append(kAttributes);
}

std::string cookie_taken() { return std::string(kCookieName) + "=" + kAttributes + "; Max-Age=0"; }

}  // namespace gw::web
