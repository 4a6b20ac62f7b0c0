#pragma once

#include <functional>
#include <optional>
#include <utility>

#include "ipc/conversation.h"
#include "ipc/messages/control_compartment.h"
#include "ipc/messages/key_work.h"
#include "keys/keeper.h"
#include "keys/lane.h"
#include "model/configuration.h"

namespace gw::keys {

enum class Grant : std::uint8_t {
  no,
  once,  ///< and nothing of the kind a second time on this channel
  yes,
};
/// Is this something that the trade signs with this key now? The message is whole, hash included.
using TradeRule = std::function<Grant(const ipc::compartment::KeyWork& trade, const PrivateKey& key,
                                      model::SignatureScheme scheme, Bytes message, model::CivilSeconds now)>;

/// Where a one-shot works with keys of the box within its trade, which is the supervisor's word. One request
/// is under way at a time; nothing else is heard meanwhile. Its keys end with it. One thread, and the lane.
class WorkDesk {
 public:
  WorkDesk(ipc::compartment::KeyWork trade, ipc::Channel channel)
      : trade_(std::move(trade)), channel_(std::move(channel)), keys_(std::make_shared<Keys>()) {}

  static constexpr ipc::compartment::Asker kAsker = ipc::compartment::Asker::one_shot;
  /// The tenant's name; empty for the site's.
  const std::string& owner() const { return trade_.owner; }
  int fd() const { return channel_.fd(); }
  bool hears() const { return !under_way_; }

  /// What came of a request: the answer's type and body.
  struct Answer {
    std::uint16_t type = 0;
    std::vector<std::uint8_t> body{};
    bool is_refusal = false;
  };
  /// A request that is to be worked on.
  struct Asked {
    std::uint64_t request = 0;
    std::function<Answer()> work{};  ///< on the lane; outlives the desk
  };
  /// The next request, if there is one; nothing else is heard before answer(). channel.closed when the
  /// one-shot is gone; anything else, key.misused among them, when it broke the rules: drop the desk.
  Result<std::optional<Asked>> hear(Keeper& keeper, const TradeRule& rule, model::CivilSeconds now);
  Result<> answer(std::uint64_t request, const Answer& answer);
  /// Its keys, when it is closed, for the lane to end: that may take as long as a TPM takes.
  std::shared_ptr<void> take_keys() { return std::exchange(keys_, nullptr); }

 private:
  using Keys = std::vector<PrivateKeyPtr>;

  Result<std::function<Answer()>> work_on(const ipc::Frame& frame, Keeper& keeper, const TradeRule& rule,
                                          model::CivilSeconds now);
  Result<std::function<Answer()>> work_of(ipc::key_work::Sign asked, const TradeRule& rule,
                                          model::CivilSeconds now);

  ipc::compartment::KeyWork trade_;
  ipc::Channel channel_;
  ipc::Conversation conversation_{ipc::key_work::kToKeyd};
  std::shared_ptr<Keys> keys_;  // the lane's while a request is under way
  bool under_way_ = false;
  bool once_granted_ = false;
};

}  // namespace gw::keys
