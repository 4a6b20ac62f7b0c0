#include "cli/cert_names.h"

#include <algorithm>
#include <array>

namespace gw::cli {
namespace {

struct Attribute {
  std::string_view mark;
  std::string ca::Subject::*text;
};
constexpr std::array kAttributes{
    Attribute{"C=", &ca::Subject::country},
    Attribute{"O=", &ca::Subject::organization},
    Attribute{"OU=", &ca::Subject::unit},
    Attribute{"CN=", &ca::Subject::common_name},
};

bool take(std::string_view part, ca::Subject& subject) {
  for (const Attribute& attribute : kAttributes) {
    if (!part.starts_with(attribute.mark)) continue;
    std::string& text = subject.*attribute.text;
    if (!text.empty()) return false;
    text = part.substr(attribute.mark.size());
    return !text.empty();
  }
  return false;
}

bool take(std::string_view part, ca::Names& names) {
  const std::size_t colon = part.find(':');
  if (colon == std::string_view::npos || colon + 1 == part.size()) return false;
  const std::string_view kind = part.substr(0, colon), value = part.substr(colon + 1);
  if (kind == "URI") {
    names.uris.emplace_back(value);
  } else if (kind == "DNS") {
    names.hosts.emplace_back(value);
  } else if (const auto address = model::IpAddress::parse(value); kind == "IP" && address) {
    names.addresses.push_back(*address);
  } else {
    return false;
  }
  return true;
}

/// Every part of "a,b,c", or nothing once one is not understood.
template <class T>
std::optional<T> each(std::string_view text) {
  T out;
  for (bool more = !text.empty(); more;) {
    const std::size_t comma = text.find(',');
    if (!take(text.substr(0, comma), out)) return std::nullopt;
    more = comma != std::string_view::npos;
    text.remove_prefix(more ? comma + 1 : text.size());
  }
  return out;
}

}  // namespace

std::optional<ca::Subject> subject_of(std::string_view text) { return each<ca::Subject>(text); }
std::optional<ca::Names> names_of(std::string_view text) { return each<ca::Names>(text); }

}  // namespace gw::cli
