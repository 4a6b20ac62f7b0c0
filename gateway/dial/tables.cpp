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

}  // namespace

Result<TablePtr> decode_table(Bytes sealed) {
  GW_TRY(auto table, decode<model::DialTable>(sealed));
  for (std::size_t i = 0; i < table.targets.size(); ++i) {
    const model::DialTarget& target = table.targets[i];
    if (target.service.number() != i) return inconsistent("a service id is not its position");
    if (target.addresses.empty() && !is_host_name(target.server_name))
      return inconsistent("a service has neither an address nor a host name");
    if (!std::all_of(target.addresses.begin(), target.addresses.end(), in_normal_form))
      return inconsistent("an address is not in its normal form");
  }
  return TablePtr(std::make_shared<const model::DialTable>(std::move(table)));
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
