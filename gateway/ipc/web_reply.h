#pragma once

#include <optional>
#include <string>

#include "ipc/channel.h"
#include "ipc/messages/web_control.h"

namespace gw::ipc::web {

/// What controld said to a question that an administrator's browser or command line put: a refusal, a file,
/// or JSON.
struct Reply {
  std::optional<Refused> refused{};
  Answered answered{};
  std::string json{};  ///< empty if there is nothing to say; may hold a secret that is shown once
  Octets octets{};     ///< of a file, if one came instead
  UniqueFd file{};
};

/// Takes what the frame carries; a secret is wiped from it. message.malformed, file.too_large.
Result<Reply> reply_in(Frame& frame);

}  // namespace gw::ipc::web
