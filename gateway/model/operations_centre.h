#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "model/configuration.h"
#include "model/layout.h"

namespace gw::model {

/// By this name the box's own way to the operations centre goes in records, and its key is known to keyd. No
/// tenant has it, nor this number.
inline constexpr const char* kNocOwner = "noc";
inline constexpr TenantId kNocTenant{static_cast<std::uint16_t>(kMaxTenants)};
/// The places of its receivers in its dialer's table.
inline constexpr ServiceId kFiguresTarget{0}, kRecordsTarget{1};

/// What the agent knows of the operations centre.
struct NocOrder {
  Generation generation{};
  std::string site{};
  OperationsCentre centre{};
};
/// Of a configuration that has one.
NocOrder noc_order_of(const Configuration& configuration);

template <class Io>
void visit(Io& io, NocOrder& o) {
  io.field(o.generation);
  io.text(o.site, kMaxName);
  io.field(o.centre);
}

}  // namespace gw::model
