#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "accounts/actor.h"
#include "base/clock.h"
#include "setup/step.h"
#include "store/database.h"

namespace gw::setup {

using accounts::Actor;
using accounts::Told;

inline constexpr std::size_t kMostStated = 512;  ///< octets

/// What somebody has stated of a step.
struct Word {
  std::string stated{};
  std::string by{};
  CivilTime at{};
};

/// Where a step stands.
struct Standing {
  enum class State : std::uint8_t { done, open, waiting };  ///< one is open at the most: the first not done
  Step step{};
  State state{};
  std::optional<Word> word{};
  std::vector<std::string> findings{};
};
std::string_view to_string(Standing::State state);

/// What was made of it all at the end, as it was handed over.
struct Report {
  std::string by{};
  CivilTime at{};
  std::string text{};          ///< JSON
  std::string digest() const;  ///< SHA-256 of the text, hexadecimal
};

/// The setting-up of the box, step by step. What people state is kept; what the box finds out itself
/// is judged anew each time, by whoever asks. One thread.
class Setup {
 public:
  /// `database` has the tables of schema.h and outlives it, as does `clock`.
  Setup(store::Database& database, const Clock& clock) : database_(&database), clock_(&clock) {}

  /// All steps in their order; once the report is made all of them are done. store.failed.
  Result<std::vector<Standing>> standings(const Findings& findings);
  /// Kept, and recorded, unless just that was stated before. setup.out_of_order: an earlier step is not done,
  /// the box finds something against it, or it is none that anybody states; setup.over; account.forbidden.
  Result<> state(const Actor& actor, Step step, std::string_view stated, const Findings& findings,
                 Told& told);
  /// Every other step is done: the report is kept, and its digest recorded. Errors as state().
  Result<> finish(const Actor& actor, const Report& report, const Findings& findings, Told& told);
  /// May it be made now? Errors as state().
  Result<> may_finish(const Findings& findings);
  /// None: it was not finished.
  Result<std::optional<Report>> report();

 private:
  Result<std::optional<Word>> word_of(Step step);
  Result<> all_before(Step step, const Findings& findings);

  store::Database* database_;
  const Clock* clock_;
};

}  // namespace gw::setup
