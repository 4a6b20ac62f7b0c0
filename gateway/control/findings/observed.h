#pragma once

// What the box says of itself, fact by fact (packs/facts.def), made of what it is and of what it has kept.
// Each fact has one function of its name, which says what was observed and never more: what the box did not
// see is unknown, and what a person has to look at is not hidden behind what is in order.

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "control/box_sight.h"
#include "evidence/finding.h"

namespace gw::control::findings {

using evidence::Finding;
using evidence::State;
using evidence::Words;

/// Lives for one question.
struct Observed {
  const WebAsk& ask;
  const WebAround& around;
  const web::BoxSight& sight;
  CivilTime now;
};

#define GW_PACK_FACT(id, name, control, japanese, english) Result<Finding> id(const Observed& seen);
#include "packs/facts.def"
#undef GW_PACK_FACT

/// One for each fact, in their order. store.*.
Result<std::vector<Finding>> all(const Observed& seen);

// ---------------------------------------------------------------- how a finding is put together

/// The rows of words.def.
enum class Text : std::uint16_t {
#define GW_FINDING_WORDS(id, japanese, english) id,
#include "control/findings/words.def"
#undef GW_FINDING_WORDS
};
inline constexpr std::size_t kTexts = 0
#define GW_FINDING_WORDS(id, japanese, english) +1
#include "control/findings/words.def"
#undef GW_FINDING_WORDS
    ;
/// What an exception is of.
Text exception_text(model::RuleRoll::Exception::What what);

using Values = std::initializer_list<std::string>;
/// "{0}" and so on are the values.
Words said(Text text, Values values = {});

/// The fact is put to it by all().
class Draft {
 public:
  static constexpr std::size_t kMostCell = 256;

  explicit Draft(State state) { out_.state = state; }
  /// The worst of all that is said counts.
  Draft& say(State state, Text text, Values values = {});
  Draft& say(Text text, Values values = {}) { return say(out_.state, text, values); }
  Draft& columns(std::initializer_list<Text> names);
  /// Each cell is cut at kMostCell octets.
  Draft& row(std::vector<std::string> cells);
  Draft& source(Text what, std::string which);
  /// Which configuration it is of.
  Draft& of_configuration(const Observed& seen);
  /// From the first record to the last, and the link of the last.
  Draft& of_records(const Observed& seen);
  Draft& of_trials(const Observed& seen);
  /// Rows that there are and that are not shown.
  Draft& left_out(std::size_t many);
  Finding take() { return std::move(out_); }

 private:
  Finding out_{};
};

/// "2026-11-30 13:05 JST"; a dash for what never was.
std::string time_of(CivilTime time);
inline std::string time_of(std::chrono::milliseconds since_1970) { return time_of(CivilTime(since_1970)); }
inline std::string time_of(std::chrono::seconds since_1970) { return time_of(CivilTime(since_1970)); }
inline std::string text_of(std::size_t number) { return std::to_string(number); }

/// The records of an event within kLately: how many there are, and the newest of them.
inline constexpr std::chrono::days kLately{90};
inline constexpr std::size_t kMostSeen = 50, kMostCounted = 10'000;
struct Lately {
  std::vector<audit::Record> newest{};  ///< `most` of them, the newest first
  std::size_t count = 0;                ///< no more than kMostCounted are counted
};
Result<Lately> lately(const Observed& seen, EventId event, std::size_t most = kMostSeen);
/// "120", or "10000+".
std::string count_text(std::size_t count);
/// Since when nothing that happened within kLately is missing: no earlier than the oldest record. store.*.
Result<std::string> watched_since(const Observed& seen);
/// Does everything run that would notice devices and second paths?
bool is_watched(const Observed& seen);
/// Of a trial; what failed keeps its id, which records have.
std::string outcome_text(model::CloseReason outcome);
/// What people read in the place of an id (ids.def); of no other ones than those there.
std::string shown(std::string_view id);
std::string text_in(const audit::Record& record, Field field);

}  // namespace gw::control::findings
