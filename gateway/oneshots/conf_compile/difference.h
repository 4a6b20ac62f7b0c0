#pragma once

#include "ipc/channel.h"
#include "model/configuration.h"

namespace gw::oneshots {

/// Sends what the configuration changes of the one whose sealed sources came along, a line each, "+" before
/// what may allow more. Empty sources: there is nothing to compare with, and nothing is sent.
Result<> send_difference(const ipc::Channel& control, const model::Configuration& configuration);

}  // namespace gw::oneshots
