#include "dial/tables.h"

#include <algorithm>
#include <utility>

#include "base/codec.h"
#include "base/text.h"

namespace gw::dial {
namespace {

Error inconsistent(const char* what) { return {ErrorCode::message_malformed, what}; }

/// The codec takes any octets; an IPv4 address in IPv6 form would pass by every IPv4 prefix.
bool in_normal_form(const model::IpAddress& address) {
  return model::IpAddress(address.family(), address.octets()) == address;
}

Result<> check_ways(const model::DialTarget& target) {
  if (target.addresses.empty() && !is_host_name(target.server_name))
    return inconsistent("a service has neither an address nor a host name");
  if (!std::all_of(target.addresses.begin(), target.addresses.end(), in_normal_form))
    return inconsistent("an address is not in its normal form");
  return Done{};
}

/// Name and path become lines of a request.
Result<> check_responder(const model::DialResponder& responder) {
  GW_TRY(check_ways(responder.where));
  const std::string& path = responder.path;
  if (!is_host_name(responder.where.server_name)) return inconsistent("a responder has no host name");
  const auto is_visible = [](char c) { return c > 0x20 && c < 0x7f; };
  if (!path.starts_with('/') || !std::all_of(path.begin(), path.end(), is_visible))
    return inconsistent("a responder's path is none");
  return Done{};
}

}  // namespace

Result<TablePtr> decode_table(Bytes sealed) {
  GW_TRY(auto table, decode<model::DialTable>(sealed));
  for (std::size_t i = 0; i < table.targets.size(); ++i) {
    const model::DialTarget& target = table.targets[i];
    if (target.service.number() != i) return inconsistent("a service id is not its position");
    GW_TRY(check_ways(target));
  }
  for (const model::DialResponder& responder : table.responders) GW_TRY(check_responder(responder));
  return TablePtr(std::make_shared<const model::DialTable>(std::move(table)));
}

const model::DialResponder* responder_of(const model::DialTable& table, model::ServiceId service) {
  const auto found =
      std::find_if(table.responders.begin(), table.responders.end(),
                   [service](const model::DialResponder& each) { return each.where.service == service; });
  return found == table.responders.end() ? nullptr : &*found;
}

bool Tables::commit(model::Generation generation) {
  if (!staged_ || staged_->generation != generation) return false;
  previous_ = std::move(active_);
  active_ = std::move(staged_);
  staged_.reset();
  return true;
}

TablePtr Tables::find(model::Generation generation) const {
  for (const TablePtr& table : {active_, previous_, staged_})
    if (table && table->generation == generation) return table;
  return nullptr;
}

}  // namespace gw::dial
