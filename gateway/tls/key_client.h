#pragma once

#include <map>
#include <memory>
#include <optional>

#include "ipc/conversation.h"
#include "ipc/messages/proxy_key.h"
#include "sys/reactor.h"
#include "sys/task.h"
#include "tls/remote_key.h"

namespace gw::tls {

/// The proxy's end of its channel to keyd, which holds the tenant's private keys. So many questions are under
/// way at once, the others wait their turn, and beyond kMostWaiting they are refused with key_busy. When keyd
/// is started again, a new channel comes and everything unanswered is asked once more; until then handshakes
/// wait, up to their own deadline. One thread. Outlives its keys.
class KeyClient {
 public:
  /// More could not be signed by a TPM before their handshakes are late.
  static constexpr std::size_t kMostWaiting = 512;

  explicit KeyClient(sys::Reactor& reactor) : reactor_(reactor), wake_(reactor) {}

  /// In the place of the channel before.
  Result<> connect(UniqueFd channel);
  /// One of the tenant's keys in a generation; whether keyd has it shows when it is asked to sign.
  std::shared_ptr<RemoteKey> key(model::Generation generation, model::KeyId key, model::TlsRole role);
  /// Starts taking answers, for as long as the process lives.
  void start() { listen(); }

 private:
  class Key;
  class Question;

  std::unique_ptr<PendingSignature> ask(const ipc::key::Sign& question, sys::Wake& wake);
  std::unique_ptr<PendingSignature> refused(model::CloseReason why, sys::Wake& wake);
  void ask_some();
  sys::Detached listen();
  void take_answers();
  Result<> take(const ipc::Frame& frame);
  void hang_up();

  sys::Reactor& reactor_;
  sys::Wake wake_;
  sys::Readiness readiness_;
  std::optional<ipc::Channel> channel_;
  ipc::Conversation conversation_{ipc::key::kFromKeyd};
  std::map<std::uint64_t, Question*> open_;  // unanswered, oldest first
  std::uint64_t last_ = 0;                   // number of the newest question
  std::uint64_t asked_ = 0;                  // number of the last one that went to this channel
  std::size_t under_way_ = 0;                // at keyd
};

}  // namespace gw::tls
