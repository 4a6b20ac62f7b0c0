#pragma once

#include <cstdint>
#include <map>
#include <memory>

#include "ipc/conversation.h"
#include "ipc/messages/key_work.h"
#include "token/token.h"

namespace gw::token {

/// Where keyd has the token's keys opened and used. It asked nobody whether it may: what is signed keyd has
/// judged. One request at a time, one thread.
class Desk {
 public:
  /// Without a token every key is refused with the reason.
  Desk(Result<std::unique_ptr<Token>> token, ipc::Channel keyd)
      : token_(std::move(token)), keyd_(std::move(keyd)) {}
  Desk(const Desk&) = delete;
  Desk& operator=(const Desk&) = delete;

  static constexpr std::size_t kMostKeys = 4096;

  int fd() const { return keyd_.fd(); }
  /// The requests that wait. channel.closed when keyd is gone; anything else when it broke the rules.
  Result<> serve();

 private:
  Result<> answer(const ipc::Frame& asked);
  Result<ipc::key_work::Opened> open(const ipc::key_work::Open& wanted);
  Result<ipc::key_work::Signature> sign(const ipc::key_work::Sign& wanted);
  template <class Wanted, class Done>
  Result<> carry_out(const ipc::Frame& asked, ipc::key_work::Msg type,
                     Result<Done> (Desk::*act)(const Wanted&));

  Result<std::unique_ptr<Token>> token_;
  ipc::Channel keyd_;
  ipc::Conversation conversation_{ipc::key_work::kToTokend};
  std::map<std::uint32_t, keys::PrivateKeyPtr> keys_{};
};

}  // namespace gw::token
