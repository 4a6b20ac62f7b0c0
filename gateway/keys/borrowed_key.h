#pragma once

#include <memory>
#include <string>

#include "ipc/channel.h"
#include "keys/private_key.h"
#include "model/key_kind.h"

namespace gw::keys {

/// A one-shot's channel to keyd, for the trade that the supervisor gave it. Waits for each answer. One
/// thread. Outlives its keys.
class KeyWork {
 public:
  explicit KeyWork(ipc::Channel channel) : channel_(std::move(channel)) {}
  KeyWork(const KeyWork&) = delete;
  KeyWork& operator=(const KeyWork&) = delete;

  struct Made {
    PrivateKeyPtr key{};
    std::string content{};  ///< what open() takes; of use on this box alone
  };
  /// A new key, kept as well as this box can. key.unavailable.
  Result<Made> make(model::KeyKind kind);
  /// key.unreadable, key.unavailable.
  Result<PrivateKeyPtr> open(Bytes content);

 private:
  class Key;
  template <class Request>
  Result<ipc::Frame> ask(std::uint16_t type, const Request& request);

  ipc::Channel channel_;
  std::uint64_t last_ = 0;  // number of the newest request
};

}  // namespace gw::keys
