#include "cli/change_words.h"

#include "audit/line.h"
#include "base/text.h"
#include "cli/columns.h"
#include "cli/output.h"
#include "cli/report.h"
#include "cli/texts.h"

namespace gw::cli {
namespace {

namespace msg = ipc::changes;

std::string moment(std::chrono::microseconds since) {
  return since.count() == 0 ? "" : audit::to_jst(CivilTime(since)).substr(0, 19);
}

std::string row(const std::string& name, const std::string& value) {
  if (value.empty()) return {};
  constexpr std::size_t kNames = 12;  // columns that the longest name takes, and one
  return padded(name, kNames) + value + "\n";
}

std::string origin(const std::string& who, const std::string& where) {
  return where.empty() || who.empty() ? who : who + ", " + where;
}

JsonObject object_of(const msg::Change& change) {
  JsonObject out;
  out.number("change", change.number.number())
      .text("state", to_string(change.state))
      .number("base", change.base.number())
      .text("by", change.by)
      .text("from", change.source)
      .text("reason", change.reason)
      .text("staged", moment(change.staged))
      .text("sha256", to_hex(change.digest))
      .flag("widens", change.widens)
      .flag("needs_second_person", change.widens && change.is_guarded)
      .text("approved_by", change.approved_by)
      .text("deadline", moment(change.deadline))
      .number("generation", change.generation.number())
      .number("sessions_kept", change.sessions_kept)
      .number("sessions_closed", change.sessions_closed)
      .text("ended", moment(change.ended))
      .text("ended_by", change.ended_by)
      .text("outcome", change.outcome);
  return out;
}

/// Whose sessions would end, and why.
std::string effect_of(const model::Effect& foreseen, Language language) {
  std::string out =
      row(said(language, Text::row_effect),
          said(language, Text::row_foreseen, {std::to_string(foreseen.stay), std::to_string(foreseen.end)}));
  for (const model::Ending& one : foreseen.endings)
    out += row("", said(language, Text::row_ending,
                        {one.tenant, one.terminal, one.service, std::to_string(one.sessions),
                         std::string(model::to_string(one.reason))}));
  for (const std::string& tenant : foreseen.silent)
    out += row("", said(language, Text::row_silent, {tenant}));
  return out;
}

JsonObject effect_json(const model::Effect& foreseen) {
  return JsonObject().number("sessions_stay", foreseen.stay).number("sessions_end", foreseen.end);
}

}  // namespace

std::string told(const ChangeEditor::Shown& shown, Language language) {
  const auto name = [&](Text text) { return said(language, text); };
  const msg::Change& change = shown.change;
  const bool was_in_force = change.generation.number() != 0;
  std::string out = row(name(Text::row_change),
                        std::to_string(change.number.number()) + ", " + std::string(to_string(change.state)));
  out += row(name(Text::row_by), origin(change.by, change.source)) +
         row(name(Text::row_made), moment(change.staged));
  out += row(name(Text::row_reason), change.reason) + row(name(Text::row_approved_by), change.approved_by);
  if (!moment(change.deadline).empty())
    out += row(name(Text::row_in_force), said(language, Text::row_until, {moment(change.deadline)}));
  if (was_in_force)
    out += row(name(Text::row_generation),
               said(language, Text::row_sessions,
                    {std::to_string(change.generation.number()), std::to_string(change.sessions_kept),
                     std::to_string(change.sessions_closed)}));
  if (shown.foreseen) out += effect_of(*shown.foreseen, language);
  out += row(name(Text::row_ended), moment(change.ended)) + row(name(Text::row_ended_by), change.ended_by);
  out += row(name(Text::row_outcome), change.outcome);
  if (!shown.words.empty()) out += "\n" + shown.words;
  return shown.report.empty() ? out : out + "\n" + report_words(language, shown.report);
}

std::string line_of(const msg::Change& change) {
  std::string number = std::to_string(change.number.number());
  number.resize(std::max<std::size_t>(number.size() + 1, 7), ' ');
  std::string state(to_string(change.state));
  state.resize(14, ' ');
  return number + state + moment(change.staged) + "  " + change.by + ": " + change.reason +
         (change.outcome.empty() || change.outcome == change.reason ? "" : " (" + change.outcome + ")") +
         "\n";
}

std::string to_json(const msg::Change& change) { return object_of(change).take(); }

std::string to_json(const ChangeEditor::Shown& shown) {
  JsonObject out = object_of(shown.change);
  out.text("changes", shown.words).text("report", shown.report);
  if (shown.foreseen) out.raw("effect", effect_json(*shown.foreseen).take());
  return out.take();
}

}  // namespace gw::cli
