#include "net_sequence.h"

#include "ipc/inherited.h"

namespace gw::supervisor {
namespace {

namespace msg = ipc::net_apply;

}  // namespace

void NetSequence::run(std::span<const NetStep> steps, std::optional<int> plan, Finished finished) {
  steps_ = steps;
  plan_ = plan;
  finished_ = std::move(finished);
  start_step();
}

std::vector<sys::Placed> NetSequence::inputs() const {
  std::vector<sys::Placed> out;
  if (plan_) out.push_back({*plan_, ipc::kInputFd});
  if (steps_.front().ground != Ground::own) return out;
  out.push_back({*premises_.grounds.network(Ground::lan), ipc::kSecondInputFd});
  out.push_back({*premises_.grounds.network(Ground::wan), ipc::kThirdInputFd});
  return out;
}

void NetSequence::start_step() {
  answer_.reset();
  auto running = Running::start(
      premises_, role(RoleId::net_apply),
      {.arguments = {steps_.front().part}, .inputs = inputs(), .ground = steps_.front().ground},
      msg::kFromNetApply,
      {[this](ipc::Frame& frame) { hear(frame); },
       [this](const sys::Ending& ending, const std::string& words) { end_step(ending, words); }});
  if (!running) return std::exchange(finished_, {})(std::move(running).error());
  running_ = *std::move(running);
}

void NetSequence::hear(const ipc::Frame& frame) {
  if (answer_) return;
  if (static_cast<msg::Msg>(frame.type) == msg::Msg::applied) {
    answer_ = Done{};
    return;
  }
  const Result<msg::Failed> said = decode<msg::Failed>(frame.body);
  answer_ = said ? Error{said->code, said->detail} : said.error();
}

void NetSequence::end_step(const sys::Ending& ending, const std::string& words) {
  running_.reset();
  const std::string step = std::string("net-apply ") + steps_.front().part + ": ";
  if (answer_ && !*answer_) {
    const Error error = answer_->error();
    return std::exchange(finished_, {})(Error{error.code, step + error.detail});
  }
  if (!answer_ || !ending.clean())
    return std::exchange(finished_,
                         {})(Error{ErrorCode::net_apply_failed, step + ending.to_text() + " " + words});
  steps_ = steps_.subspan(1);
  if (steps_.empty()) return std::exchange(finished_, {})(Done{});
  start_step();
}

}  // namespace gw::supervisor
