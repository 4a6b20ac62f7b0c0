#pragma once

#include <string>

#include "ipc/web_reply.h"

namespace gw::cli {

/// Puts one question before controld, by the supervisor's leave, as webd does for a browser. channel.closed
/// when nobody is there, records.unavailable when there is no controld.
Result<ipc::web::Reply> ask_desk(const std::string& socket_path, const ipc::web::Ask& question);

}  // namespace gw::cli
