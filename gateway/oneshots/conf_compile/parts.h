#pragma once

#include "config/compile.h"
#include "config/sources.h"
#include "ipc/channel.h"
#include "ipc/messages/compile.h"

namespace gw::oneshots {

/// Sends one part, sealed. The supervisor is waited for.
Result<> send_part(const ipc::Channel& control, ipc::compile::Part part, Bytes content);

/// Sends the parts of a usable configuration to the supervisor, each sealed, and then the report. The report
/// comes in any case; without it the supervisor takes the compiler for dead. `sources` are what was compiled.
Result<> send_compiled(const ipc::Channel& control, const config::Compiled& compiled,
                       const config::Sources& sources);

}  // namespace gw::oneshots
