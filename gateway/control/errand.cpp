#include "control/errand.h"

namespace gw::control {
namespace {

namespace op = ipc::op;

Error unavailable() { return {ErrorCode::status_unavailable, "the supervisor does not answer"}; }

Result<ipc::Frame> understood(ipc::Frame frame) {
  if (frame.type != ipc::type_number(op::Msg::rejected)) return frame;
  GW_TRY(const auto rejected, decode<op::Rejected>(frame.body));
  return Error{rejected.code, rejected.detail};
}

}  // namespace

void ErrandLine::connect(ipc::Channel channel) {
  channel_.emplace(std::move(channel));
  conversation_ = ipc::Conversation(op::kToOperator);
}

Result<std::uint64_t> ErrandLine::send(const Errand& errand) {
  if (!channel_) return unavailable();
  std::vector<int> inputs;
  if (errand.input) inputs.push_back(errand.input.get());
  if (!channel_->send(ipc::type_number(errand.question), ++last_, errand.body, std::move(inputs)))
    return unavailable();
  return last_;
}

/// A desk that breaks the rules is as good as gone; the supervisor's own channel is another one.
std::optional<ErrandLine::Answer> ErrandLine::take() {
  if (!channel_) return std::nullopt;
  Result<std::optional<ipc::Frame>> frame = channel_->receive();
  if (frame && !*frame) return std::nullopt;
  if (!frame || !conversation_.accept(**frame)) {
    channel_.reset();
    return std::nullopt;
  }
  const std::uint64_t errand = (*frame)->request;
  return Answer{errand, understood(**std::move(frame))};
}

}  // namespace gw::control
