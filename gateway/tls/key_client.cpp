#include "tls/key_client.h"

namespace gw::tls {

using ipc::key::Msg;
using model::CloseReason;

class KeyClient::Question : public PendingSignature {
 public:
  Question(KeyClient& client, sys::Wake& wake, std::vector<std::uint8_t> body)
      : client_(client), wake_(wake), body_(std::move(body)) {}
  ~Question() override { client_.open_.erase(number_); }

  const std::optional<Answer>& answer() const override { return answer_; }
  void settle(Answer answer) {
    answer_ = std::move(answer);
    wake_.signal();
  }
  void open_as(std::uint64_t number) {
    number_ = number;
    client_.open_.emplace(number, this);
  }
  const std::vector<std::uint8_t>& body() const { return body_; }

 private:
  KeyClient& client_;
  sys::Wake& wake_;
  std::vector<std::uint8_t> body_;
  std::uint64_t number_ = 0;
  std::optional<Answer> answer_;
};

class KeyClient::Key : public RemoteKey {
 public:
  Key(KeyClient& client, model::Generation generation, model::KeyId key, model::TlsRole role)
      : client_(client), generation_(generation), key_(key), role_(role) {}

  std::unique_ptr<PendingSignature> sign(model::SignatureScheme scheme, Bytes message,
                                         sys::Wake& wake) override {
    if (message.size() > ipc::key::kMostMessage) return client_.refused(CloseReason::key_unsuitable, wake);
    return client_.ask({generation_, key_, role_, scheme, {message.begin(), message.end()}}, wake);
  }

 private:
  KeyClient& client_;
  model::Generation generation_;
  model::KeyId key_;
  model::TlsRole role_;
};

namespace {

CloseReason reason_of(ipc::key::Refusal refusal) {
  static constexpr CloseReason kReasons[] = {CloseReason::key_unavailable, CloseReason::key_unavailable,
                                             CloseReason::key_unsuitable,
                                             CloseReason::policy_exception_ended};
  return kReasons[static_cast<std::size_t>(refusal)];
}

}  // namespace

std::shared_ptr<RemoteKey> KeyClient::key(model::Generation generation, model::KeyId key,
                                          model::TlsRole role) {
  return std::make_shared<Key>(*this, generation, key, role);
}

Result<> KeyClient::connect(UniqueFd channel) {
  hang_up();
  channel_.emplace(std::move(channel));
  conversation_ = ipc::Conversation(ipc::key::kFromKeyd);
  GW_TRY(readiness_.attach(reactor_, channel_->fd(), wake_));
  ask_some();
  return Done{};
}

std::unique_ptr<PendingSignature> KeyClient::refused(CloseReason why, sys::Wake& wake) {
  auto question = std::make_unique<Question>(*this, wake, std::vector<std::uint8_t>());
  question->settle(why);
  return question;
}

std::unique_ptr<PendingSignature> KeyClient::ask(const ipc::key::Sign& sign, sys::Wake& wake) {
  if (open_.size() >= kMostWaiting) return refused(CloseReason::key_busy, wake);
  auto question = std::make_unique<Question>(*this, wake, encode(sign));
  question->open_as(++last_);
  ask_some();
  return question;
}

void KeyClient::ask_some() {
  while (channel_ && under_way_ < ipc::key::kAtOnce) {
    const auto next = open_.upper_bound(asked_);
    if (next == open_.end()) return;
    const Result<> sent = channel_->send(ipc::type_number(Msg::sign), next->first, next->second->body());
    // Any message fits an empty channel: if it is full, an answer is still to come, and then it goes on.
    if (!sent && sent.error().code == ErrorCode::channel_would_block) return;
    if (!sent) return hang_up();
    asked_ = next->first;
    ++under_way_;
  }
}

sys::Detached KeyClient::listen() {
  for (;;) {
    co_await wake_;
    take_answers();
    ask_some();
  }
}

void KeyClient::take_answers() {
  while (channel_ && readiness_.readable) {
    const auto frame = channel_->receive();
    if (!frame) return hang_up();
    if (!*frame) {
      readiness_.readable = false;
      return;
    }
    if (!take(**frame)) return hang_up();
  }
}

Result<> KeyClient::take(const ipc::Frame& frame) {
  GW_TRY(conversation_.accept(frame));
  if (under_way_ == 0) return Error{ErrorCode::channel_out_of_phase, "an answer that nobody waits for"};
  --under_way_;
  const auto it = open_.find(frame.request);
  if (it == open_.end()) return Done{};  // the session went away meanwhile
  Question& question = *it->second;
  if (frame.type == ipc::type_number(Msg::signature)) {
    GW_TRY(auto signature, decode<ipc::key::Signature>(frame.body));
    open_.erase(it);
    question.settle(std::move(signature.bytes));
  } else {
    GW_TRY(const auto refused, decode<ipc::key::Refused>(frame.body));
    open_.erase(it);
    question.settle(reason_of(refused.why));
  }
  return Done{};
}

/// What is unanswered is asked of the next channel.
void KeyClient::hang_up() {
  readiness_.detach();
  channel_.reset();
  under_way_ = 0;
  asked_ = 0;
}

}  // namespace gw::tls
