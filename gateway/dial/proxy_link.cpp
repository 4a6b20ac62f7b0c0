#include "dial/proxy_link.h"

#include <optional>
#include <utility>

namespace gw::dial {

namespace wire = ipc::dial;
using model::CloseReason;

void ProxyLink::start(const std::shared_ptr<ProxyLink>& link) { serve(link, *link->gate_.enter()); }

sys::Detached ProxyLink::serve(std::shared_ptr<ProxyLink> link, sys::Gate::Pass pass) {
  // Locals go before parameters, whose order is the compiler's: the gate must outlive its pass.
  const sys::Gate::Pass held = std::move(pass);
  if (!link->readiness_.attach(link->reactor_, link->channel_.fd(), link->wake_)) link->end();
  while (link->standing_ == Standing::serving) {
    link->flush();
    take_requests(link);
    if (link->standing_ == Standing::serving) co_await link->wake_;
  }
  link->readiness_.detach();
  link->channel_.release();
}

void ProxyLink::end() {
  standing_ = Standing::ended;
  unsent_.clear();
  wake_.signal();
}

void ProxyLink::take_requests(const std::shared_ptr<ProxyLink>& link) {
  while (link->standing_ == Standing::serving && link->has_room()) {
    Result<std::optional<ipc::Frame>> received = link->channel_.receive();
    if (!received) return link->end();
    if (!*received) return;
    if (!take(link, **received)) return link->end();
  }
}

Result<> ProxyLink::take(const std::shared_ptr<ProxyLink>& link, const ipc::Frame& frame) {
  GW_TRY(link->conversation_.accept(frame));
  return frame.type == ipc::type_number(wire::Msg::inquire) ? take_inquiry(link, frame)
                                                            : take_dial(link, frame);
}

Result<> ProxyLink::take_dial(const std::shared_ptr<ProxyLink>& link, const ipc::Frame& frame) {
  GW_TRY(const wire::Dial asked, decode<wire::Dial>(frame.body));
  TablePtr table = link->tables_.find(asked.generation);
  if (!table) {
    link->answer({frame.request, CloseReason::upstream_unavailable});
    return Done{};
  }
  if (asked.service.number() >= table->targets.size())
    return Error{ErrorCode::message_malformed, "a target that is not in the table"};
  if (table->targets[asked.service.number()].caller != link->caller_)
    return Error{ErrorCode::message_malformed, "a target that is another caller's"};
  dial(link, *link->gate_.enter(), frame.request, std::move(table), asked);
  return Done{};
}

Result<> ProxyLink::take_inquiry(const std::shared_ptr<ProxyLink>& link, const ipc::Frame& frame) {
  GW_TRY(wire::Inquire asked, decode<wire::Inquire>(frame.body));
  if (link->caller_ != model::Caller::proxyd)
    return Error{ErrorCode::message_malformed, "an inquiry that is another caller's"};
  TablePtr table = link->tables_.find(asked.generation);
  std::optional<wire::InquiryTrouble> trouble;
  if (!table)
    trouble = wire::InquiryTrouble::unavailable;
  else if (responder_of(*table, asked.service) == nullptr)
    return Error{ErrorCode::message_malformed, "an inquiry about a service without a responder"};
  else if (link->inquiries_ == kMaxInquiries)
    trouble = wire::InquiryTrouble::too_many;
  if (trouble) {
    const wire::InquiryFailed failed{*trouble};
    link->answer({frame.request, failed});
    return Done{};
  }
  ++link->inquiries_;
  inquire(link, *link->gate_.enter(), frame.request, std::move(table), std::move(asked));
  return Done{};
}

sys::Detached ProxyLink::dial(std::shared_ptr<ProxyLink> link, sys::Gate::Pass pass, std::uint64_t request,
                              TablePtr table, wire::Dial asked) {
  const sys::Gate::Pass held = std::move(pass);
  const Instant deadline = link->reactor_.clock().now() + asked.deadline;
  Outcome outcome = co_await link->dialer_.dial(std::move(table), asked.service, deadline);
  // Requests may wait for this dial's place. The pass comes back before the wake is run.
  if (!link->has_room()) link->wake_.signal();
  Answer answer{request};
  std::visit([&](auto& one) { answer.outcome = std::move(one); }, outcome);
  link->answer(std::move(answer));
}

sys::Detached ProxyLink::inquire(std::shared_ptr<ProxyLink> link, sys::Gate::Pass pass, std::uint64_t request,
                                 TablePtr table, wire::Inquire asked) {
  const sys::Gate::Pass held = std::move(pass);
  const Instant deadline = link->reactor_.clock().now() + asked.deadline;
  const model::DialResponder& responder = *responder_of(*table, asked.service);
  InquiryOutcome outcome = co_await dial::inquire(link->reactor_, link->dialer_, std::move(table), responder,
                                                  std::move(asked.request), deadline);
  if (!link->has_room()) link->wake_.signal();
  Answer answer{request};
  answer.had_a_place = true;
  std::visit([&](auto& one) { answer.outcome = std::move(one); }, outcome);
  link->answer(std::move(answer));
}

bool ProxyLink::has_room() const {
  return gate_.count() + unsent_.size() < kMaxDials + 1;  // serve() holds a pass too
}

void ProxyLink::answer(Answer answer) {
  if (standing_ == Standing::ended) return;
  unsent_.push_back(std::move(answer));
  flush();
}

void ProxyLink::flush() {
  while (!unsent_.empty()) {
    Answer& next = unsent_.front();
    Result<> sent = send(next);
    if (!sent && sent.error().code == ErrorCode::channel_would_block) return;  // readiness wakes us
    if (!sent && sent.error().code == ErrorCode::channel_closed) return end();
    // What else can go wrong comes from passing a descriptor: say so without one.
    if (!sent && std::holds_alternative<Connection>(next.outcome))
      next.outcome = CloseReason::internal;
    else {
      if (next.had_a_place) --inquiries_;
      unsent_.pop_front();
    }
  }
}

Result<> ProxyLink::send(const Answer& answer) const {
  if (const auto* answered = std::get_if<wire::InquiryAnswered>(&answer.outcome))
    return channel_.send(ipc::type_number(wire::Msg::inquiry_answered), answer.request, encode(*answered));
  if (const auto* failed = std::get_if<wire::InquiryFailed>(&answer.outcome))
    return channel_.send(ipc::type_number(wire::Msg::inquiry_failed), answer.request, encode(*failed));
  if (const auto* reason = std::get_if<CloseReason>(&answer.outcome)) {
    const wire::Failed failed{*reason};
    return channel_.send(ipc::type_number(wire::Msg::failed), answer.request, encode(failed));
  }
  const auto& connection = std::get<Connection>(answer.outcome);
  const wire::Connected connected{connection.remote, connection.resolving};
  return channel_.send(ipc::type_number(wire::Msg::connected), answer.request, encode(connected),
                       {connection.socket.get()});
}

}  // namespace gw::dial
