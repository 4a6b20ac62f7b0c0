#include <array>

#include "audit/read_line.h"
#include "base/text.h"
#include "control/findings/observed.h"
#include "packs/fact.h"

namespace gw::control::findings {
namespace {

constexpr Wording kTexts[] = {
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
  const Wording& words = kTexts[static_cast<std::size_t>(text)];
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
  if (out_.table.rows.size() < evidence::kMostRows)
    out_.table.rows.push_back(std::move(cells));
  else
    ++out_.table.left_out;
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

std::string yes_or_no(bool is_so) { return is_so ? "○" : "—"; }

Result<std::vector<audit::Record>> lately(const Observed& seen, EventId event) {
  model::RecordQuery query;
  query.event = gw::to_string(event);
  query.from = std::chrono::floor<std::chrono::milliseconds>((seen.now - kLately).time_since_epoch());
  GW_TRY(const auto found, seen.around.store.find(query, seen.around.store.last() + 1, kMostSeen));
  std::vector<audit::Record> out;
  for (const RecordStore::Found& one : found)
    if (auto read = audit::read_line(one.line)) out.push_back(std::move(read->record));
  return out;
}

std::string text_in(const audit::Record& record, Field field) {
  for (const Event::Entry& entry : record.event.entries())
    if (entry.field == field) return entry.text;
  return {};
}

}  // namespace gw::control::findings
