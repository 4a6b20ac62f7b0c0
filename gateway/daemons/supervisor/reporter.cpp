#include "reporter.h"

#include <sys/random.h>

#include "base/codec.h"
#include "ipc/inherited.h"
#include "model/operations_centre.h"

namespace gw::supervisor {
namespace {

constexpr std::chrono::seconds kAfterChange{1};  // compartments that have just begun come first
constexpr std::chrono::seconds kMostRound{120};  // more than an agent takes by itself

std::uint64_t some_number() {
  std::uint64_t number = 0;
  static_cast<void>(::getrandom(&number, sizeof number, 0) == 0);
  return number;
}

}  // namespace

void Reporter::stop() { round_.reset(); }

void Reporter::tick(Instant now, const EditionPtr& settled) {
  if (round_) {
    round_->agent->tick(now);
    if (now >= round_->late) round_->agent->kill();
    return;
  }
  if (!settled) return;
  follow(settled, now);
  if (settled->wiring.noc && now >= due_) begin(*settled, now);
}

void Reporter::follow(const EditionPtr& settled, Instant now) {
  const auto& noc = settled->wiring.noc;
  const bool is_new = followed_ != settled;
  if (is_new || std::exchange(owes_plan_, false))
    box_.tell({settled->wiring.site, noc ? noc->every : std::chrono::seconds(0), noc ? noc->signer : ""});
  if (!is_new) return;
  followed_ = settled;
  if (noc) usual_ = noc->every;
  if (!noc) {
    told_.reset();
    last_ = {};
  }
  due_ = now + kAfterChange;
}

Result<> Reporter::hurry() {
  if (!followed_ || !followed_->wiring.noc)
    return Error{ErrorCode::noc_absent};
  due_ = Instant{};
  return Done{};
}

ipc::op::NocStanding Reporter::standing() const {
  ipc::op::NocStanding out = last_;
  out.under_way = round_.has_value();
  return out;
}

void Reporter::begin(const Edition& edition, Instant now) {
  round_.emplace();
  round_->late = now + kMostRound;
  const Result<> started = start(edition);
  if (started) return;
  round_.reset();
  conclude(started);
}

Result<> Reporter::start(const Edition& edition) {
  GW_TRY(const ipc::Channel dialer, box_.dial());
  GW_TRY(const ipc::Channel keyd, box_.sign());
  GW_TRY(const UniqueFd controld, box_.controld());
  GW_TRY(
      round_->agent,
      Running::start(premises_, role(RoleId::agent),
                     {.tenant = model::kNocTenant,
                      .tenant_name = model::kNocOwner,
                      .inputs = {{edition.noc.get(), ipc::kInputFd},
                                 {dialer.fd(), ipc::kSecondInputFd},
                                 {keyd.fd(), ipc::kThirdInputFd},
                                 {controld.get(), ipc::kReferenceFd}}},
                     ipc::noc_round::kFromAgent,
                     {[this](ipc::Frame& frame) { hear(frame); },
                      [this](const sys::Ending& ending, const std::string& words) { end(ending, words); }}));
  return Done{};
}

void Reporter::hear(const ipc::Frame& frame) {
  auto finished = decode<ipc::noc_round::Finished>(frame.body);
  if (!finished) return round_->agent->kill();
  round_->finished = *std::move(finished);
}

void Reporter::end(const sys::Ending& ending, const std::string& words) {
  const auto finished = std::move(round_->finished);
  round_.reset();
  if (!finished)
    return conclude(Error{ErrorCode::noc_unreachable, "the agent ended: " + ending.to_text() + " " + words});
  if (finished->trouble) return conclude(Error{finished->trouble->code, finished->trouble->detail});
  conclude(Done{});
}

/// A line that is away is told once, and that it is back.
void Reporter::conclude(const Result<>& outcome) {
  const bool went_well = static_cast<bool>(outcome);
  due_ = premises_.clock.now() + pace_.after(went_well, usual_, some_number());
  last_ = {.ended =
               std::chrono::floor<std::chrono::milliseconds>(premises_.clock.civil_now().time_since_epoch())};
  if (!outcome) {
    last_.trouble = to_string(outcome.error().code);
    last_.detail = outcome.error().detail.substr(0, ipc::op::kMostNocDetail);
  }
  const auto trouble = outcome ? std::nullopt : std::optional(outcome.error().code);
  if (std::exchange(told_, trouble) == std::optional(trouble)) return;
  Event event(went_well ? EventId::noc_reached : EventId::noc_unreached);
  if (!outcome)
    event.add(Field::reason, to_string(outcome.error().code)).add(Field::detail, outcome.error().detail);
  premises_.journal.write(event);
}

}  // namespace gw::supervisor
