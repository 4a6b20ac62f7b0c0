#pragma once

#include "base/clock.h"
#include "ipc/conversation.h"
#include "ipc/messages/control_compartment.h"
#include "ipc/messages/proxy_key.h"
#include "keys/vault.h"

namespace gw::keys {

/// Where one proxyd or enrold asks for signatures. Whose keys it may use is the supervisor's word, never the
/// asker's. Holds the asker to the number of requests it may have under way by not hearing more. One thread.
class Desk {
 public:
  Desk(std::string owner, ipc::Channel channel) : owner_(std::move(owner)), channel_(std::move(channel)) {}

  static constexpr ipc::compartment::Asker kAsker = ipc::compartment::Asker::proxy;
  /// As in model::KeyRing.
  const std::string& owner() const { return owner_; }
  int fd() const { return channel_.fd(); }
  bool hears() const { return under_way_ < ipc::key::kAtOnce; }

  /// What came of a request.
  struct Asked {
    std::uint64_t request = 0;
    HeldKeyPtr held{};
    model::SignatureScheme scheme{};
    std::vector<std::uint8_t> message{};

    /// The key is one that is quick to sign.
    bool at_once() const { return held->key->keeping() >= Keeping::encrypted_file; }
    Result<std::vector<std::uint8_t>> sign() const { return held->key->sign(scheme, message); }
  };
  /// The next request, if there is one. A request without a key to it,
  /// or for TLS 1.2 after its time, has been answered. channel.closed when
  /// the proxyd is gone; anything else, key.misused among them, when it broke the rules: drop the desk.
  Result<std::optional<Asked>> hear(const Vault& vault, const Clock& clock);
  Result<> answer(std::uint64_t request, const Result<std::vector<std::uint8_t>>& signature);

 private:
  Result<std::optional<Asked>> refuse(std::uint64_t request, ipc::key::Refusal why);
  Result<std::optional<Asked>> judge(const ipc::Frame& frame, const Vault& vault, const Clock& clock);

  std::string owner_;
  ipc::Channel channel_;
  ipc::Conversation conversation_{ipc::key::kFromProxy};
  std::size_t under_way_ = 0;
};

}  // namespace gw::keys
