#pragma once

#include "ipc/channel.h"
#include "model/configuration.h"

namespace gw::oneshots {

/// Sends what the configuration changes of the one whose sealed sources came along, a line each, if there is
/// such a one and it can be compiled still.
Result<> send_difference(const ipc::Channel& control, const model::Configuration& configuration);

}  // namespace gw::oneshots
