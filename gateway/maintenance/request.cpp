#include "maintenance/request.h"

#include <algorithm>
#include <array>
#include <set>

#include "accounts/typed.h"
#include "base/text.h"

namespace gw::maintenance {
namespace {

constexpr std::array<std::string_view, 8> kStates = {"requested", "approved", "refused", "expired",
                                                     "withdrawn", "open",     "ended",   "reported"};
constexpr std::array<std::string_view, 5> kEnds = {"none", "window_over", "clinic", "maintainer",
                                                   "emergency_stop"};

Error unsuitable(std::string why) { return {ErrorCode::maintenance_unsuitable, std::move(why)}; }

std::optional<Error> unsuitable_words(const Draft& draft) {
  if (!is_name(draft.vendor)) return unsuitable("vendor: small letters, digits and hyphens");
  const bool is_device = draft.target.place == Target::Place::device;
  if (is_device ? !is_name(draft.target.name) : !draft.target.name.empty())
    return unsuitable("target: the box, or one device by its name");
  if (draft.reason.empty() || !accounts::is_line(draft.reason, kMostWords))
    return unsuitable("reason: say why, in 1 to 512 octets without line breaks");
  if (!accounts::is_line(draft.ticket, kMostTicket))
    return unsuitable("ticket: at most 64 octets without line breaks");
  return std::nullopt;
}

std::optional<Error> unsuitable_window(const Draft& draft, CivilTime now) {
  if (draft.until <= draft.from) return unsuitable("window: it ends before it begins");
  if (draft.until - draft.from > kLongest) return unsuitable("window: eight hours are the most; ask twice");
  if (draft.until <= now) return unsuitable("window: it is over already");
  if (draft.from - now > kFarthest) return unsuitable("window: it may begin within 31 days");
  return std::nullopt;
}

std::optional<Error> unsuitable_plan(const Draft& draft) {
  const std::set<Work> allowed(draft.allowed.begin(), draft.allowed.end());
  if (allowed.empty() || allowed.size() != draft.allowed.size())
    return unsuitable("allowed: name each kind of work once, and at least one");
  for (const Work work : allowed)
    if (place_of(work) != draft.target.place)
      return unsuitable("allowed: " + std::string(to_string(work)) + " is not done on this target");
  if (draft.plan.empty() || draft.plan.size() > kMostSteps) return unsuitable("plan: 1 to 50 steps");
  for (const Step& step : draft.plan) {
    if (!allowed.contains(step.work))
      return unsuitable("plan: " + std::string(to_string(step.work)) + " is not among what is allowed");
    if (!accounts::is_line(step.words, kMostWords))
      return unsuitable("plan: a step has at most 512 octets without line breaks");
  }
  return std::nullopt;
}

}  // namespace

std::optional<Error> unsuitable_draft(const Draft& draft, CivilTime now) {
  if (auto error = unsuitable_words(draft)) return error;
  if (auto error = unsuitable_window(draft, now)) return error;
  return unsuitable_plan(draft);
}

std::string_view to_string(State state) { return kStates[static_cast<std::size_t>(state)]; }

std::optional<State> parse_state(std::string_view text) {
  const auto* found = std::ranges::find(kStates, text);
  if (found == kStates.end()) return std::nullopt;
  return static_cast<State>(found - kStates.begin());
}

bool is_live(State state) {
  return state == State::requested || state == State::approved || state == State::open;
}

std::string_view to_string(End end) { return kEnds[static_cast<std::size_t>(end)]; }

bool Request::allows(Work work) const {
  return std::ranges::find(draft.allowed, work) != draft.allowed.end();
}

bool collide(const Request& one, const Request& other) {
  const bool is_at_once = one.draft.from < other.draft.until && other.draft.from < one.draft.until;
  return one.id != other.id && is_at_once &&
         (one.draft.target == other.draft.target || one.draft.vendor == other.draft.vendor ||
          one.requester == other.requester);
}

}  // namespace gw::maintenance
