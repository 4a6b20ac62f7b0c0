#pragma once

#include <optional>
#include <string>

#include "base/fd.h"
#include "base/result.h"
#include "ipc/messages/web_control.h"

namespace gw::cli {

/// What controld said: `refused`, or it is done.
struct DeskReply {
  std::optional<ipc::web::Refused> refused{};
  ipc::web::Answered answered{};
  std::string json{};         ///< empty if there is nothing to say
  ipc::web::Octets octets{};  ///< of a file, if one came instead
  UniqueFd file{};
};

/// Puts one question before controld, by the supervisor's leave, as webd does for a browser. channel.closed
/// when nobody is there, records.unavailable when there is no controld.
Result<DeskReply> ask_desk(const std::string& socket_path, const ipc::web::Ask& question);

}  // namespace gw::cli
