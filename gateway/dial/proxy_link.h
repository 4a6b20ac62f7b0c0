#pragma once

#include <cstdint>
#include <deque>
#include <memory>

#include "dial/inquiry.h"
#include "ipc/channel.h"
#include "ipc/conversation.h"
#include "ipc/messages/proxy_dial.h"
#include "sys/gate.h"

namespace gw::dial {

/// The channel to this tenant's proxyd, or to the renewer that works for it: each Dial gets one Connected or
/// Failed, and each Inquire of proxyd one InquiryAnswered or InquiryFailed, in the order they come about.
/// Kept alive by its own coroutines until the channel has ended and its last dial is over. A proxyd that
/// breaks the conversation, or names a target or a responder that is not in its table or another caller's,
/// loses the channel.
class ProxyLink {
 public:
  /// Dials under way and answers not yet read; beyond it requests wait in the channel.
  static constexpr std::size_t kMaxDials = 512;
  /// Inquiries under way and their answers not yet read; beyond it they fail with `too_many`.
  static constexpr std::size_t kMaxInquiries = 16;

  ProxyLink(sys::Reactor& reactor, ipc::Channel channel, model::Caller caller, Dialer& dialer,
            const Tables& tables)
      : reactor_(reactor),
        channel_(std::move(channel)),
        caller_(caller),
        dialer_(dialer),
        tables_(tables),
        wake_(reactor) {}
  ProxyLink(const ProxyLink&) = delete;
  ProxyLink& operator=(const ProxyLink&) = delete;

  /// Serves until the channel ends or end() is called.
  static void start(const std::shared_ptr<ProxyLink>& link);
  void end();

 private:
  enum class Standing : std::uint8_t { serving, ended };
  struct Answer {
    std::uint64_t request = 0;
    std::variant<Connection, model::CloseReason, ipc::dial::InquiryAnswered, ipc::dial::InquiryFailed>
        outcome{};
    bool had_a_place = false;  ///< among the inquiries
  };

  static sys::Detached serve(std::shared_ptr<ProxyLink> link, sys::Gate::Pass pass);
  static sys::Detached dial(std::shared_ptr<ProxyLink> link, sys::Gate::Pass pass, std::uint64_t request,
                            TablePtr table, ipc::dial::Dial asked);
  static sys::Detached inquire(std::shared_ptr<ProxyLink> link, sys::Gate::Pass pass, std::uint64_t request,
                               TablePtr table, ipc::dial::Inquire asked);
  static void take_requests(const std::shared_ptr<ProxyLink>& link);
  static Result<> take(const std::shared_ptr<ProxyLink>& link, const ipc::Frame& frame);
  static Result<> take_dial(const std::shared_ptr<ProxyLink>& link, const ipc::Frame& frame);
  static Result<> take_inquiry(const std::shared_ptr<ProxyLink>& link, const ipc::Frame& frame);
  bool has_room() const;
  void answer(Answer answer);
  void flush();
  Result<> send(const Answer& answer) const;

  sys::Reactor& reactor_;
  ipc::Channel channel_;
  model::Caller caller_;
  Dialer& dialer_;
  const Tables& tables_;
  sys::Wake wake_;
  sys::Readiness readiness_;
  sys::Gate gate_;
  ipc::Conversation conversation_{ipc::dial::kFromProxy};
  std::deque<Answer> unsent_;
  std::size_t inquiries_ = 0;
  Standing standing_ = Standing::serving;
};

}  // namespace gw::dial
