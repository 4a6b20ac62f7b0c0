#include "web/own_names.h"

#include "base/text.h"

namespace gw::web {
namespace {

constexpr std::uint16_t kHttps = 443;
constexpr std::string_view kScheme = "https://";

}  // namespace

OwnNames::OwnNames(const std::vector<std::string>& names, const model::Endpoint& listener) {
  const std::string port = ":" + std::to_string(listener.port);
  const std::string with_port = listener.to_text();
  std::vector<std::string> all = names;
  all.push_back(with_port.substr(0, with_port.size() - port.size()));  // IPv6 in its brackets
  for (const std::string& name : all) {
    hosts_.insert(to_lower(name) + port);
    if (listener.port == kHttps) hosts_.insert(to_lower(name));
  }
}

bool OwnNames::has_host(std::string_view host) const { return hosts_.contains(to_lower(host)); }

bool OwnNames::has_origin(std::string_view origin) const {
  const std::string lower = to_lower(origin);
  return lower.starts_with(kScheme) && hosts_.contains(lower.substr(kScheme.size()));
}

}  // namespace gw::web
