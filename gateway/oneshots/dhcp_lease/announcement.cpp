#include "announcement.h"

#include <limits>
#include <string>

#include "base/text.h"

namespace gw::dhcp_lease {
namespace {

using Variables = std::span<const std::string_view>;

constexpr std::size_t kLongest = 64;  // of a value; a list of routers may be longer, its first is not

Result<std::string_view> value_of(Variables variables, std::string_view name) {
  for (const std::string_view variable : variables)
    if (variable.size() > name.size() && variable.starts_with(name) && variable[name.size()] == '=')
      return variable.substr(name.size() + 1);
  return Error{ErrorCode::text_malformed, "no " + std::string(name) + " in the lease"};
}

Error meaningless(std::string_view name, std::string_view value) {
  return {ErrorCode::text_malformed,
          std::string(name) + " in the lease is " + std::string(value.substr(0, kLongest))};
}

/// The first of a list, the preferred one (RFC 2132 3.5).
Result<model::IpAddress> address_of(Variables variables, std::string_view name) {
  GW_TRY(const std::string_view all, value_of(variables, name));
  const std::string_view first = all.substr(0, all.find(' '));
  const auto address = first.size() <= kLongest ? model::IpAddress::parse(first) : std::nullopt;
  if (!address || address->family() != model::Family::ipv4) return meaningless(name, first);
  return *address;
}

Result<std::uint32_t> number_of(Variables variables, std::string_view name, std::uint32_t least,
                                std::uint32_t most) {
  GW_TRY(const std::string_view text, value_of(variables, name));
  const auto number = text.size() <= kLongest ? parse_decimal(text) : std::nullopt;
  if (!number || *number < least || *number > most) return meaningless(name, text);
  return static_cast<std::uint32_t>(*number);
}

Result<Announcement> read_lent(Variables variables) {
  ipc::dhcp::Lent lent;
  GW_TRY(lent.address.address, address_of(variables, "ip"));
  GW_TRY(const std::uint32_t length, number_of(variables, "mask", 0, 32));
  lent.address.length = static_cast<std::uint8_t>(length);
  GW_TRY(lent.gateway, address_of(variables, "router"));
  GW_TRY(lent.server, address_of(variables, "serverid"));
  GW_TRY(lent.seconds, number_of(variables, "lease", 1, std::numeric_limits<std::uint32_t>::max()));
  return Announcement(lent);
}

}  // namespace

Result<Announcement> read_announcement(std::string_view word, Variables variables) {
  if (word == "bound" || word == "renew") return read_lent(variables);
  if (word == "deconfig") return Announcement(Lost{});
  if (word == "nak" || word == "leasefail") return Announcement(Nothing{});
  return Error{ErrorCode::text_malformed, "the client says " + std::string(word.substr(0, kLongest))};
}

}  // namespace gw::dhcp_lease
