// What administrators do about the configuration: changes of it, step by step (WLS-04, ADM-12).

#include "base/json.h"
#include "base/text.h"
#include "config/report_words.h"
#include "config/sources.h"
#include "control/order_office.h"
#include "control/web_handlers.h"

namespace gw::control::web {
namespace {

using changes::Author;
using changes::Change;
using changes::ChangeNumber;

constexpr std::uint64_t kUsual = 100;

Author author_of(const WebAsk& ask) { return {ask.actor.name, ask.visitor.to_text()}; }
ChangeNumber number_in(const WebAsk& ask) { return ChangeNumber(ask.number(0, 0)); }
std::string reason_in(const WebAsk& ask, std::size_t at) { return std::string(ask.text(at)); }

JsonObject object_of(const Change& change) {
  JsonObject out;
  out.number("change", change.number.number())
      .text("state", to_string(change.state))
      .number("base", change.base.number())
      .text("by", change.by.name)
      .text("source", change.by.source)
      .text("reason", change.reason)
      .text("staged", time_text(change.staged))
      .text("sha256", to_hex(change.digest))
      .flag("widens", change.widens)
      .flag("needs_second_person", change.widens && change.is_guarded);
  add_text(out, "approved_by", change.approved_by);
  if (is_in_flight(change.state)) add_time(out, "deadline", change.deadline);
  if (change.generation != 0) out.number("generation", change.generation);
  out.number("sessions_kept", change.sessions_kept).number("sessions_closed", change.sessions_closed);
  add_time(out, "ended", change.ended);
  add_text(out, "ended_by", change.ended_by.name);
  add_text(out, "outcome", change.outcome);
  return out;
}

std::string lines_of(std::string_view text) {
  std::vector<std::string> out;
  for (std::size_t end; (end = text.find('\n')) != std::string_view::npos; text.remove_prefix(end + 1))
    out.emplace_back(text.substr(0, end));
  return json_texts(out);
}

/// None before it was looked at.
void add_foreseen(JsonObject& out, const std::optional<model::Effect>& foreseen) {
  if (!foreseen) return;
  std::vector<std::string> endings;
  for (const model::Ending& one : foreseen->endings)
    endings.push_back(JsonObject()
                          .text("tenant", one.tenant)
                          .text("terminal", one.terminal)
                          .text("service", one.service)
                          .text("reason", to_string(one.reason))
                          .number("sessions", one.sessions)
                          .take());
  out.number("sessions_stay", foreseen->stay)
      .number("sessions_end", foreseen->end)
      .raw("endings", json_list(endings))
      .raw("silent", json_texts(foreseen->silent));
}

/// What the text was compiled with before, and what came with it; the latter counts.
std::vector<config::Sources::File> merged(std::vector<config::Sources::File> files,
                                          const std::vector<std::string>& given) {
  for (std::size_t i = 0; i + 1 < given.size(); i += 2) {
    std::erase_if(files, [&](const auto& file) { return file.path == given[i]; });
    const Bytes content = as_bytes(given[i + 1]);
    files.push_back({given[i], {content.begin(), content.end()}});
  }
  return files;
}

Result<config::Sources> sources_of(changes::Changes& changes, ChangeNumber number) {
  if (number == ChangeNumber{}) {
    GW_TRY(number, changes.confirmed());
  }
  GW_TRY(const auto octets, changes.sources(number));
  return decode<config::Sources>(octets);
}

/// Nobody can know what he would change before the box has said what it stands on.
Result<> be_ready(const changes::Changes& changes) {
  return changes.is_ready() ? Result<>(Done{}) : Result<>(Error{ErrorCode::change_busy});
}

/// What the operations centre wants needs the clinic's consent: a maintainer is the vendor's, as the centre
/// is.
Result<> may_apply(const WebAsk& ask, const WebAround& around) {
  GW_TRY(const Change change, around.changes.find(number_in(ask)));
  if (change.by.name != kCentre) return Done{};
  return accounts::authorise(ask.actor, accounts::Operation::config_confirm, ask.told);
}

}  // namespace

Result<WebAnswer> changes_list(const WebAsk& ask, const WebAround& around) {
  GW_TRY(const auto found, around.changes.newest(ask.number(0, kUsual)));
  GW_TRY(const ChangeNumber confirmed, around.changes.confirmed());
  std::vector<std::string> objects;
  for (const Change& change : found) objects.push_back(object_of(change).take());
  return WebAnswer{
      .json = JsonObject().number("confirmed", confirmed.number()).raw("changes", json_list(objects)).take()};
}

Result<WebAnswer> changes_show(const WebAsk& ask, const WebAround& around) {
  GW_TRY(const Change change, around.changes.find(number_in(ask)));
  JsonObject out = object_of(change);
  out.raw("changes", lines_of(change.words)).raw("report", lines_of(change.report));
  out.raw("report_japanese", lines_of(config::in_japanese(change.report)));
  add_foreseen(out, change.foreseen);
  return WebAnswer{.json = out.take()};
}

/// As it was written, comments and all.
Result<WebAnswer> configuration_show(const WebAsk& ask, const WebAround& around) {
  ChangeNumber number = number_in(ask);
  if (!ask.has(0)) {
    GW_TRY(number, around.changes.confirmed());
  }
  GW_TRY(const config::Sources sources, sources_of(around.changes, number));
  std::vector<std::string> paths;
  for (const config::Sources::File& file : sources.files) paths.push_back(file.path);
  return WebAnswer{.json = JsonObject()
                               .number("change", number.number())
                               .text("configuration", sources.text)
                               .raw("files", json_texts(paths))
                               .take()};
}

/// The files that the text names are those that the box has of the change before, and what comes along.
Result<WebAnswer> changes_stage(const WebAsk& ask, const WebAround& around) {
  GW_TRY(be_ready(around.changes));
  const ChangeNumber base(ask.number(2, 0));
  GW_TRY(config::Sources sources, sources_of(around.changes, base));
  sources.text = ask.text(0);
  sources.files = merged(std::move(sources.files), ask.items(3));
  const changes::Changes::Draft draft{author_of(ask), reason_in(ask, 1), base};
  GW_TRY(const ChangeNumber staged, around.changes.stage(draft, encode(sources)));
  return WebAnswer{.json = JsonObject().number("change", staged.number()).take()};
}

Result<WebAnswer> changes_copy(const WebAsk& ask, const WebAround& around) {
  GW_TRY(be_ready(around.changes));
  GW_TRY(const auto sources, around.changes.sources(number_in(ask)));
  GW_TRY(const ChangeNumber staged, around.changes.stage({author_of(ask), reason_in(ask, 1), {}}, sources));
  return WebAnswer{.json = JsonObject().number("change", staged.number()).take()};
}

Result<WebAnswer> changes_check(const WebAsk& ask, const WebAround& around) {
  return nothing(around.changes.check(number_in(ask)));
}

Result<WebAnswer> changes_approve(const WebAsk& ask, const WebAround& around) {
  return nothing(around.changes.approve(number_in(ask), author_of(ask)));
}

Result<WebAnswer> changes_apply(const WebAsk& ask, const WebAround& around) {
  GW_TRY(be_ready(around.changes));
  GW_TRY(may_apply(ask, around));
  const auto usual = static_cast<std::uint64_t>(changes::Window::kUsual.count());
  const std::chrono::seconds within(static_cast<std::int64_t>(ask.number(1, usual)));
  GW_TRY(const Secret token, around.changes.put(number_in(ask), within, author_of(ask)));
  return WebAnswer{
      .json = JsonObject().number("change", number_in(ask).number()).text("token", token.view()).take()};
}

Result<WebAnswer> changes_withdraw(const WebAsk& ask, const WebAround& around) {
  return nothing(around.changes.withdraw(number_in(ask), reason_in(ask, 1), author_of(ask)));
}

Result<WebAnswer> change_confirm(const WebAsk& ask, const WebAround& around) {
  return nothing(around.changes.confirm(ask.text(0), author_of(ask)));
}

Result<WebAnswer> change_extend(const WebAsk& ask, const WebAround& around) {
  const std::chrono::seconds within(static_cast<std::int64_t>(ask.number(0, 0)));
  return nothing(around.changes.extend(within, author_of(ask)));
}

Result<WebAnswer> change_roll_back(const WebAsk& ask, const WebAround& around) {
  return nothing(around.changes.turn_back(reason_in(ask, 0), author_of(ask)));
}

}  // namespace gw::control::web
