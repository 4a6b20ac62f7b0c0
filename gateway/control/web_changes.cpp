// What administrators do about the configuration: changes of it, step by step (WLS-04, ADM-12).

#include "base/json.h"
#include "base/text.h"
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

void add_text(JsonObject& out, std::string_view key, std::string_view text) {
  if (!text.empty()) out.text(key, text);
}
void add_time(JsonObject& out, std::string_view key, CivilTime time) {
  if (time != CivilTime{}) out.text(key, time_text(time));
}

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

/// Nobody can know what he would change before the box has said what it stands on.
Result<> be_ready(const changes::Changes& changes) {
  return changes.is_ready() ? Result<>(Done{}) : Result<>(Error{ErrorCode::change_busy});
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
  return WebAnswer{.json = object_of(change)
                               .raw("changes", lines_of(change.words))
                               .raw("report", lines_of(change.report))
                               .take()};
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
