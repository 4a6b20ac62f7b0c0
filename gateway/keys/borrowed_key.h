#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>

#include "ipc/channel.h"
#include "ipc/messages/key_work.h"
#include "keys/private_key.h"
#include "model/key_kind.h"

namespace gw::keys {

/// Who has the keys at the other end of a channel, and what may be expected of it.
struct Holder {
  const char* name;                                     ///< in errors
  std::optional<std::chrono::milliseconds> patience{};  ///< for an answer; nothing: it answers, or it ends
  bool hears_of_ends = false;                           ///< of keys, before the channel's own
};
inline constexpr Holder kKeydItself{"keyd"};
inline constexpr Holder kTokenProcess{"the token's process", std::chrono::seconds(10), true};

/// A channel to whoever has keys: of a one-shot to keyd, for the trade that the supervisor gave it; of keyd
/// to the token's process. Waits for each answer. Once one does not come, or makes no sense, the channel is
/// closed and nothing is to be had of it any more. One thread. Outlives the use of its
/// keys; and the keys themselves, where the holder hears of their ends.
class KeyWork {
 public:
  explicit KeyWork(ipc::Channel channel, const Holder& holder = kKeydItself)
      : holder_(holder), channel_(std::move(channel)) {}
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
  bool is_lost() const { return !channel_; }

 private:
  class Key;
  template <class Request>
  Result<ipc::Frame> ask(ipc::key_work::Msg type, const Request& request, ipc::key_work::Msg answer);
  template <class Answer, class Request>
  Result<Answer> have(ipc::key_work::Msg type, const Request& request, ipc::key_work::Msg answer);
  Result<ipc::Frame> next();
  Error lose(const char* how);

  const Holder& holder_;
  std::optional<ipc::Channel> channel_;
  std::uint64_t last_ = 0;  // number of the newest request
};

}  // namespace gw::keys
