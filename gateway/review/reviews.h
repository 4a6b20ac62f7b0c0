#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "accounts/actor.h"
#include "audit/line.h"
#include "base/clock.h"
#include "review/quarter.h"
#include "store/database.h"

namespace gw::review {

using accounts::Actor;
using accounts::Told;

inline constexpr std::chrono::days kSignWithin{31};  ///< of the quarter's end
inline constexpr std::size_t kMostComment = 2000, kMostFindings = 200, kMostFinding = 128;

/// What somebody has looked through and signs for (LOG-06).
struct Review {
  std::uint64_t first = 0, last = 0;    ///< the records
  audit::Link link{};                   ///< of the last one, so that nobody can say later he meant others
  std::vector<std::string> findings{};  ///< that he has taken notice of, in his words or the summary's
  std::string comment{};                ///< UTF-8
};
struct SignedReview {
  std::string quarter{};
  Review review{};
  std::uint64_t account = 0;
  std::string signer{};
  std::string role{};
  CivilTime when{};
  bool is_late = false;
};
/// The text whose digest stands in the record, and so in the chain that the box signs.
std::string text_of(const SignedReview& review);

/// Where a quarter stands.
struct Standing {
  enum class State : std::uint8_t { running, due, overdue, done };
  Quarter quarter;
  State state{};
  CivilTime until{};  ///< to be signed until then
};
std::string_view to_string(Standing::State state);

/// The quarterly review as an act (LOG-06, ADM-07): a person signs by name for each quarter once it is over;
/// one that nobody signed for in time stands on the first screen until somebody does. One thread.
class Reviews {
 public:
  /// `database` has the tables of schema.h and outlives it, as does `clock`. `since`: when the box went into
  /// service; the first review is that of this quarter.
  Reviews(store::Database& database, const Clock& clock, CivilTime since)
      : database_(&database), clock_(&clock), since_(since) {}

  /// The newest first, `most` of them. store.failed.
  Result<std::vector<Standing>> standings(std::size_t most);
  /// Those that are due or overdue, the oldest first: for the first screen.
  Result<std::vector<Standing>> open();
  /// review.not_over; review.unknown: it is before the box's time; review.signed_already; review.unsuitable,
  /// which names the field; account.forbidden.
  Result<SignedReview> sign(const Actor& actor, const Quarter& quarter, const Review& review, Told& told);
  Result<std::optional<SignedReview>> find(const Quarter& quarter);
  /// Tells each that is due, and each that is overdue, once. Now and then.
  Result<> tick(Told& told);

 private:
  Result<Standing> standing_of(const Quarter& quarter);
  Result<bool> remind(const Quarter& quarter, std::string_view kind);

  store::Database* database_;
  const Clock* clock_;
  CivilTime since_;
};

}  // namespace gw::review
