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
  for (auto& [number, question] : questions_) {
    if (!question->reply) question->reply.emplace(unavailable());
    question->wake.signal();
  }
}

sys::Detached Line::listen(Line& line) {
  for (;;) {
    co_await line.wake_;
    line.take_all();
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
  if (!msg::send_ask(*channel_, number, question)) co_return Result<Reply>(unavailable());
  Question open(reactor_);
  questions_.emplace(number, &open);
  open.patience.arm(reactor_.now() + kPatience);
  while (!open.reply && !open.patience.expired()) co_await open.wake;
  questions_.erase(number);
  if (!open.reply) co_return Result<Reply>(unavailable());
  co_return *std::move(open.reply);
}

}  // namespace gw::web
