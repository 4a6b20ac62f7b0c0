#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "accounts/account_id.h"
#include "base/clock.h"
#include "base/codec.h"
#include "base/id.h"
#include "base/result.h"
#include "maintenance/work.h"

namespace gw::maintenance {

using accounts::AccountId;
/// One remote maintenance, from its request to its report: grows by one, never reused.
using RequestId = Id<struct RequestTag, std::uint64_t>;

inline constexpr std::chrono::hours kLongest{8};              ///< a window (RMT-02)
inline constexpr std::chrono::days kFarthest{31};             ///< ahead that one may begin
inline constexpr std::chrono::hours kApproveEmergencyIn{24};  ///< RMT-01
inline constexpr std::size_t kMostSteps = 50, kMostWords = 512, kMostTicket = 64;

/// One thing that is planned.
struct Step {
  Work work{};
  std::string words{};  ///< what for, in the maintainer's own words
};

/// What a maintainer asks for: who, what, on what, when, and why (RMT-01).
struct Draft {
  std::string vendor{};  ///< is_name()
  Target target{};
  CivilTime from{}, until{};  ///< of an emergency `from` does not count: it begins now
  std::string reason{};       ///< UTF-8, 1 to kMostWords octets
  std::string ticket{};       ///< the vendor's own number for it; may be empty
  std::vector<Work> allowed{};
  std::vector<Step> plan{};  ///< of what is allowed
};

/// maintenance.unsuitable, which names what is wrong, if nobody may ask for it.
std::optional<Error> unsuitable_draft(const Draft& draft, CivilTime now);

/// Where a maintenance stands. Only `open` lets anybody in.
enum class State : std::uint8_t {
  requested,
  approved,   ///< by somebody of the clinic who is not the maintainer
  refused,    ///< for good
  expired,    ///< for good: its time was over before anybody was let in
  withdrawn,  ///< for good: taken back before anybody was let in
  open,
  ended,     ///< its report is there to be read
  reported,  ///< and somebody of the clinic has read it
};
std::string_view to_string(State state);
std::optional<State> parse_state(std::string_view text);
/// Can it still come to `open`, or is it?
bool is_live(State state);

enum class End : std::uint8_t { none, window_over, clinic, maintainer, emergency_stop };
std::string_view to_string(End end);

/// Who decided what.
struct Decision {
  AccountId account{};  ///< zero: nobody has
  std::string name{};
  CivilTime when{};
  std::string words{};
};

/// A maintenance as it is kept. Moments are civil time; zero means none.
struct Request {
  RequestId id{};
  State state{};
  Draft draft{};
  AccountId requester{};
  std::string requester_name{};
  CivilTime requested{};
  Decision decision{};        ///< approval or refusal, of an emergency after the fact
  bool is_approved = false;   ///< `decision` was a yes
  bool is_emergency = false;  ///< it was opened without approval
  bool is_flagged = false;    ///< and nobody approved it in time
  CivilTime opened{};
  std::chrono::microseconds left{0};  ///< of the window while it is open: only ever shrinks
  CivilTime ended{};
  End end{};
  std::string end_by{};      ///< a name, if somebody ended it
  std::uint64_t denied = 0;  ///< what was asked for meanwhile and not allowed
  std::string reader{};      ///< who has read the report

  bool allows(Work work) const;
};

/// Would both be let in at the same time, to the same target, or by the same vendor or person (RMT-06)?
bool collide(const Request& one, const Request& other);

/// Something a maintainer did. Kept before it begins, so that none is missing.
struct Act {
  std::uint64_t number = 0;  ///< within its maintenance, from 1 on
  Work work{};
  CivilTime begun{};
  std::string detail{};  ///< on what, in the words of whoever carries it out
  std::optional<bool>
      is_done{};  ///< nothing: nobody knows, since the box went down meanwhile or it goes on yet
  std::string result{};
};
inline constexpr std::size_t kMostActs = 2000;  ///< of one maintenance

}  // namespace gw::maintenance
