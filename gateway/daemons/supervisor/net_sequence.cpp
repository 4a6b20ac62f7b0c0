#include "net_sequence.h"

#include "ipc/inherited.h"

namespace gw::supervisor {
namespace {

namespace msg = ipc::net_apply;

}  // namespace

void NetSequence::run(std::span<const NetStep> steps, NetOrder order, Finished finished) {
  steps_ = steps;
  order_ = order;
  lease_ = premises_.lease;
  repaired_ = {};
  finished_ = std::move(finished);
  start_step();
}

std::vector<sys::Placed> NetSequence::inputs() const {
  std::vector<sys::Placed> out;
  if (order_.plan) out.push_back({*order_.plan, ipc::kInputFd});
  if (order_.before) out.push_back({*order_.before, ipc::kBeforeFd});
  if (lease_ && order_.plan) out.push_back({lease_->sealed.get(), ipc::kLeaseFd});
  const NetStep& step = steps_.front();
  if (step.second) out.push_back({*premises_.grounds.network(*step.second), ipc::kSecondInputFd});
  if (step.third) out.push_back({*premises_.grounds.network(*step.third), ipc::kThirdInputFd});
  if (step.fourth) out.push_back({*premises_.grounds.network(*step.fourth), ipc::kManagementFd});
  const auto listing = premises_.listings.find(step.ground);
  if (order_.rules == NetOrder::Rules::compare && listing != premises_.listings.end())
    out.push_back({listing->second.get(), ipc::kReferenceFd});
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

void NetSequence::hear(ipc::Frame& frame) {
  if (!answer_) answer_ = understand(frame);
}

Result<> NetSequence::understand(ipc::Frame& frame) {
  switch (static_cast<msg::Msg>(frame.type)) {
    case msg::Msg::applied:
      return Done{};
    case msg::Msg::seen:
      repaired_.sights.push_back(std::move(frame.fds.front()));
      return Done{};
    case msg::Msg::shaped: {
      GW_TRY(const msg::Shaped shaped, decode<msg::Shaped>(frame.body));
      note(shaped);
      premises_.listings[steps_.front().ground] = std::move(frame.fds.front());
      return Done{};
    }
    case msg::Msg::failed:
      break;
  }
  GW_TRY(const msg::Failed failed, decode<msg::Failed>(frame.body));
  return Error{failed.code, failed.detail};
}

void NetSequence::note(const msg::Shaped& shaped) {
  const std::string step = std::string(steps_.front().part) + ": ";
  for (const msg::Difference& difference : shaped.repaired) repaired_.now.push_back(step + difference.text);
  if (shaped.further != 0) repaired_.now.push_back(step + "and " + std::to_string(shaped.further) + " more");
  for (const msg::Difference& difference : shaped.left) repaired_.left.push_back(step + difference.text);
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
  if (steps_.empty()) return std::exchange(finished_, {})(std::move(repaired_));
  start_step();
}

}  // namespace gw::supervisor
