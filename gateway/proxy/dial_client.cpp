#include "proxy/dial_client.h"

#include <utility>

namespace gw::proxy {

using model::CloseReason;

DialClient::Question::~Question() { client_.open_.erase(request_); }
DialClient::Inquiry::~Inquiry() { client_.inquiries_.erase(request_); }

Result<> DialClient::connect(UniqueFd channel) {
  hang_up();
  channel_.emplace(std::move(channel));
  conversation_ = ipc::Conversation(ipc::dial::kFromDialer);
  return readiness_.attach(reactor_, channel_->fd(), wake_);
}

void DialClient::settle(Question& question, Answer answer) {
  question.answer = std::move(answer);
  question.wake_.signal();
}

void DialClient::ask(Question& question, model::Generation generation, model::ServiceId service,
                     std::chrono::milliseconds deadline) {
  if (!channel_) return settle(question, CloseReason::upstream_unavailable);
  question.request_ = ++last_request_;
  const auto body = encode(ipc::dial::Dial{generation, service, deadline});
  if (!channel_->send(ipc::type_number(ipc::dial::Msg::dial), question.request_, body))
    return settle(question, CloseReason::upstream_unavailable);
  open_.emplace(question.request_, &question);
}

void DialClient::inquire(Inquiry& inquiry, const ipc::dial::Inquire& what) {
  using ipc::dial::InquiryFailed, ipc::dial::InquiryTrouble;
  inquiry.request_ = ++last_request_;
  const bool sent =
      channel_ && channel_->send(ipc::type_number(ipc::dial::Msg::inquire), inquiry.request_, encode(what));
  if (!sent) return inquiry.done_(InquiryFailed{InquiryTrouble::unavailable});
  inquiries_.emplace(inquiry.request_, &inquiry);
}

sys::Detached DialClient::listen() {
  for (;;) {
    co_await wake_;
    take_answers();
  }
}

void DialClient::take_answers() {
  while (channel_ && readiness_.readable) {
    auto frame = channel_->receive();
    if (!frame) return hang_up();
    if (!*frame) {
      readiness_.readable = false;
      return;
    }
    if (!conversation_.accept(**frame)) return hang_up();
    take(**std::move(frame));
  }
}

void DialClient::take(ipc::Frame frame) {
  const bool dialled = frame.type == ipc::type_number(ipc::dial::Msg::connected) ||
                       frame.type == ipc::type_number(ipc::dial::Msg::failed);
  dialled ? take_dialled(std::move(frame)) : take_inquired(frame);
}

void DialClient::take_inquired(const ipc::Frame& frame) {
  Inquiry::Answer answer;
  if (frame.type == ipc::type_number(ipc::dial::Msg::inquiry_answered)) {
    auto answered = decode<ipc::dial::InquiryAnswered>(frame.body);
    if (!answered) return hang_up();
    answer = std::move(answered->answer);
  } else {
    const auto failed = decode<ipc::dial::InquiryFailed>(frame.body);
    if (!failed) return hang_up();
    answer = *failed;
  }
  const auto asked = inquiries_.extract(frame.request);
  if (!asked.empty()) asked.mapped()->done_(std::move(answer));
}

void DialClient::take_dialled(ipc::Frame frame) {
  const auto it = open_.find(frame.request);
  if (it == open_.end()) return;  // the session went away meanwhile; its socket closes with the frame
  Question& question = *it->second;
  open_.erase(it);
  if (frame.type == ipc::type_number(ipc::dial::Msg::connected)) {
    auto connected = decode<ipc::dial::Connected>(frame.body);
    if (!connected) return hang_up();
    return settle(question, Dialled{std::move(frame.fds.front()), connected->remote, connected->resolving});
  }
  const auto failed = decode<ipc::dial::Failed>(frame.body);
  settle(question, failed ? failed->reason : CloseReason::internal);
}

void DialClient::hang_up() {
  readiness_.detach();
  channel_.reset();
  for (const auto& [request, question] : std::exchange(open_, {}))
    settle(*question, CloseReason::upstream_unavailable);
  for (const auto& [request, inquiry] : std::exchange(inquiries_, {}))
    inquiry->done_(ipc::dial::InquiryFailed{ipc::dial::InquiryTrouble::unavailable});
}

}  // namespace gw::proxy
