#include "web/line.h"

namespace gw::web {
namespace {

namespace msg = ipc::web;

Error unavailable() { return {ErrorCode::web_unavailable}; }

}  // namespace

Result<> Line::connect(UniqueFd channel) {
  hang_up();
  channel_.emplace(std::move(channel));
  conversation_ = ipc::Conversation(msg::kFromControld);
  GW_TRY(readiness_.attach(reactor_, channel_->fd(), wake_));
  wake_.signal();
  return Done{};
}

void Line::hang_up() {
  readiness_.detach();
  channel_.reset();
  outbox_.clear();
  for (auto& [number, question] : questions_) {
    if (!question->reply) question->reply.emplace(unavailable());
    question->wake.signal();
  }
}

sys::Detached Line::listen(Line& line) {
  for (;;) {
    co_await line.wake_;
    line.take_all();
    line.send_some();
  }
}

/// controld is believed to keep to the rules; one that does not is as good as gone.
void Line::take_all() {
  while (channel_) {
    Result<std::optional<ipc::Frame>> frame = channel_->receive();
    if (frame && !*frame) return;
    if (!frame || !conversation_.accept(**frame) || !take(**frame)) hang_up();
  }
}

/// In their order: the pieces of a question come behind each other.
void Line::send_some() {
  while (channel_ && !outbox_.empty()) {
    const Result<> sent = outbox_.front().send(*channel_);
    if (!sent && sent.error().code == ErrorCode::channel_would_block) return;
    if (!sent) return hang_up();
    outbox_.pop_front();
  }
}

/// Whoever asked may have lost patience.
Result<> Line::take(ipc::Frame& frame) {
  Result<Reply> reply = msg::reply_in(frame);
  if (!reply) return reply.error();
  const auto found = questions_.find(frame.request);
  if (found == questions_.end()) return Done{};
  found->second->reply.emplace(std::move(reply));
  found->second->wake.signal();
  return Done{};
}

sys::Task<Result<Reply>> Line::ask(const msg::Ask& question) {
  if (!channel_ || questions_.size() >= kMostUnderWay) co_return Result<Reply>(unavailable());
  const std::uint64_t number = ++last_;
  Question open(reactor_);
  questions_.emplace(number, &open);
  outbox_.emplace_back(number, question);
  send_some();
  open.patience.arm(reactor_.now() + kPatience);
  while (!open.reply && !open.patience.expired()) co_await open.wake;
  questions_.erase(number);
  if (!open.reply) co_return Result<Reply>(unavailable());
  co_return *std::move(open.reply);
}

}  // namespace gw::web
