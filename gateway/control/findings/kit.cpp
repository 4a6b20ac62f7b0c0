#include <algorithm>

#include "accounts/typed.h"
#include "audit/read_line.h"
#include "base/text.h"
#include "control/findings/observed.h"
#include "packs/fact.h"

namespace gw::control::findings {
namespace {

constexpr Wording kWordings[] = {
#define GW_FINDING_WORDS(id, japanese, english) {japanese, english},
#include "control/findings/words.def"
#undef GW_FINDING_WORDS
};

using Maker = Result<Finding> (*)(const Observed& seen);
constexpr Maker kMakers[] = {
#define GW_PACK_FACT(id, name, control, japanese, english) id,
#include "packs/facts.def"
#undef GW_PACK_FACT
};

std::string filled(std::string_view text, Values values) {
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool is_place = at + 2 < text.size() && text[at] == '{' && text[at + 2] == '}';
    if (!is_place) {
      out += text[at];
      continue;
    }
    out += *(values.begin() + (text[at + 1] - '0'));
    at += 2;
  }
  return out;
}

}  // namespace

Words said(Text text, Values values) {
  const Wording& words = kWordings[static_cast<std::size_t>(text)];
  return {filled(words.japanese, values), filled(words.english, values)};
}

Result<std::vector<Finding>> all(const Observed& seen) {
  std::vector<Finding> out;
  for (const packs::Fact& fact : packs::facts()) {
    GW_TRY(Finding finding, kMakers[static_cast<std::size_t>(fact.id)](seen));
    finding.fact = fact.id;
    out.push_back(std::move(finding));
  }
  return out;
}

Draft& Draft::say(State state, Text text, Values values) {
  out_.state = worse(out_.state, state);
  out_.says.push_back(said(text, values));
  return *this;
}

Draft& Draft::columns(std::initializer_list<Text> names) {
  for (const Text name : names) out_.table.columns.push_back(said(name));
  return *this;
}

Draft& Draft::row(std::vector<std::string> cells) {
  if (out_.table.rows.size() >= evidence::kMostRows) return left_out(1);
  for (std::string& cell : cells)
    if (cell.size() > kMostCell) cell = std::string(accounts::one_line(cell, kMostCell)) + "…";
  out_.table.rows.push_back(std::move(cells));
  return *this;
}

Draft& Draft::left_out(std::size_t many) {
  out_.table.left_out += many;
  return *this;
}

Draft& Draft::source(Text what, std::string which) {
  out_.sources.push_back({said(what), std::move(which)});
  return *this;
}

Draft& Draft::of_configuration(const Observed& seen) {
  return source(Text::src_configuration, text_of(seen.sight.diagnosis.state.generation.number()));
}

Draft& Draft::of_records(const Observed& seen) {
  const RecordStore& store = seen.around.store;
  return source(Text::src_records, text_of(store.first()) + "–" + text_of(store.last()) + ", " +
                                       to_hex(store.link()).substr(0, 16));
}

Draft& Draft::of_trials(const Observed& seen) {
  return source(Text::src_trials, time_of(seen.sight.diagnosis.trials.ended));
}

std::string time_of(CivilTime time) {
  if (time == CivilTime{}) return "—";
  std::string text = audit::to_jst(time);  // 2026-11-30T13:05:00.000000+09:00
  text.resize(16);
  text[10] = ' ';
  return text + " JST";
}

/// By numbers, since the index of events has these behind them: however many records of the event are older.
Result<Lately> lately(const Observed& seen, EventId event, std::size_t most) {
  store::Database& database = seen.around.store.database();
  const auto from = std::chrono::floor<std::chrono::milliseconds>((seen.now - kLately).time_since_epoch());
  GW_TRY(auto begin, database.prepare("SELECT number FROM records WHERE at >= ?1 ORDER BY at LIMIT 1"));
  GW_TRY(const bool is_any, begin.bind(1, static_cast<std::uint64_t>(from.count())).step());
  if (!is_any) return Lately{};
  const std::uint64_t first = begin.number(0);
  const std::string_view name = gw::to_string(event);
  GW_TRY(auto many, database.prepare("SELECT count(*) FROM (SELECT 1 FROM records WHERE event = ?1 AND "
                                     "number >= ?2 LIMIT ?3)"));
  GW_TRY(many.bind(1, name).bind(2, first).bind(3, std::uint64_t{kMostCounted}).step());
  Lately out{.count = many.number(0)};
  GW_TRY(auto rows, database.prepare("SELECT line FROM records WHERE event = ?1 AND number >= ?2 ORDER BY "
                                     "number DESC LIMIT ?3"));
  rows.bind(1, name).bind(2, first).bind(3, std::uint64_t{most});
  for (;;) {
    GW_TRY(const bool is_there, rows.step());
    if (!is_there) return out;
    if (auto read = audit::read_line(rows.text(0))) out.newest.push_back(std::move(read->record));
  }
}

std::string count_text(std::size_t count) {
  return count < kMostCounted ? text_of(count) : text_of(kMostCounted) + "+";
}

Result<std::string> watched_since(const Observed& seen) {
  GW_TRY(const auto oldest, seen.around.store.oldest());
  const CivilTime bound = seen.now - kLately;
  return time_of(oldest ? std::max(bound, CivilTime(*oldest)) : seen.now);
}

bool is_watched(const Observed& seen) {
  const ipc::op::State& state = seen.sight.diagnosis.state;
  const auto is_down = [](const ipc::op::ProcessState& one) { return one.name == "watchd" && one.pid == 0; };
  return state.kernel_rules && std::ranges::none_of(state.processes, is_down);
}

Text exception_text(model::RuleRoll::Exception::What what) {
  constexpr Text kExceptions[] = {Text::exc_terminals, Text::exc_cloud, Text::exc_passed};
  return kExceptions[static_cast<std::size_t>(what)];
}

std::string outcome_text(model::CloseReason outcome) {
  if (outcome == model::CloseReason::finished) return said(Text::outcome_good).japanese;
  return said(Text::outcome_bad, {std::string(to_string(outcome))}).japanese;
}

std::string shown(std::string_view id) {
  struct Row {
    std::string_view id, japanese;
  };
  constexpr Row kRows[] = {
#define GW_ID_SHOWN(id, japanese) {id, japanese},
#include "control/findings/ids.def"
#undef GW_ID_SHOWN
  };
  const auto* row = std::ranges::find(kRows, id, &Row::id);
  return std::string(row == std::end(kRows) ? id : row->japanese);
}

std::string text_in(const audit::Record& record, Field field) {
  for (const Event::Entry& entry : record.event.entries())
    if (entry.field == field) return entry.text;
  return {};
}

}  // namespace gw::control::findings
