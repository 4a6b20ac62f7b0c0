#pragma once

#include <string_view>

#include "base/clock.h"
#include "ipc/conversation.h"
#include "ipc/messages/renewal.h"

namespace gw::renewer {

/// The supervisor, which keeps what the identities are made of. One thread.
class Store {
 public:
  Store(ipc::Channel control, const Clock& clock) : control_(std::move(control)), clock_(clock) {}

  /// Puts a text in the place of what was there; no text: nothing any more. On the disk when it returns.
  /// channel.closed and the like if it cannot be known: then nothing may be built on it.
  Result<> keep(const std::string& identity, ipc::renewal::Place place, std::string_view text);
  /// The last word.
  Result<> finish(std::chrono::milliseconds look_again, std::vector<ipc::renewal::Attempt> attempts);

 private:
  ipc::Channel control_;
  const Clock& clock_;
  ipc::Conversation conversation_{ipc::renewal::kToRenewer};
};

}  // namespace gw::renewer
