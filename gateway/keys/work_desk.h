#pragma once

#include <functional>
#include <optional>

#include "ipc/conversation.h"
#include "ipc/messages/control_compartment.h"
#include "ipc/messages/key_work.h"
#include "keys/keeper.h"
#include "keys/lane.h"
#include "model/configuration.h"

namespace gw::keys {

/// Is this something that the trade signs with this key now? The message is whole, hash included.
using TradeRule = std::function<bool(ipc::compartment::Trade trade, const PrivateKey& key,
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
};

}  // namespace gw::keys
