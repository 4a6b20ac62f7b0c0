#include "enrol/authority_line.h"

#include "base/codec.h"
#include "model/site.h"
#include "sys/sealed.h"

namespace gw::enrol {
namespace {

namespace msg = ipc::compartment;

constexpr std::size_t kMostProduct = 1024 * 1024;

Result<std::string> answer_in(const ipc::Frame& frame) {
  if (frame.type == ipc::type_number(msg::Msg::not_enrolled)) {
    GW_TRY(msg::NotEnrolled said, decode<msg::NotEnrolled>(frame.body));
    return Error{said.code, std::move(said.detail)};
  }
  GW_TRY(const auto bytes, sys::read_sealed(frame.fds.front().get(), kMostProduct));
  GW_TRY(const model::SiteProduct product, decode<model::SiteProduct>(bytes));
  return std::string(as_text(product.file));
}

}  // namespace

sys::Task<Result<std::string>> AuthorityLine::ask(const msg::Enrol& wanted) {
  Question question{wanted, sys::Wake(reactor_)};
  if (questions_.size() >= kMostWaiting)
    co_return Result<std::string>(Error{ErrorCode::publication_busy, "too many terminals ask at once"});
  questions_.push_back(&question);
  if (questions_.size() == 1) {
    if (const Result<> sent = send_first(); !sent) question.answer.emplace(sent.error());
  }
  while (!question.answer) co_await question.wake;
  std::erase(questions_, &question);
  co_return *std::move(question.answer);
}

Result<> AuthorityLine::send_first() const {
  return channel_.send(ipc::type_number(msg::Msg::enrol), 0, encode(questions_.front()->wanted));
}

Result<> AuthorityLine::take(const ipc::Frame& frame) {
  if (questions_.empty()) return Error{ErrorCode::channel_out_of_phase, "an answer to no question"};
  Question& first = *questions_.front();
  questions_.pop_front();
  first.answer.emplace(answer_in(frame));
  first.wake.signal();
  if (questions_.empty()) return Done{};
  return send_first();
}

}  // namespace gw::enrol
