#include <cerrno>
#include <system_error>

#include "api/problem_words.h"
#include "base/text.h"
#include "cli/change_editor.h"
#include "cli/change_words.h"
#include "cli/commands.h"
#include "cli/exit_code.h"
#include "cli/input.h"
#include "cli/log_lines.h"
#include "cli/output.h"
#include "cli/report.h"
#include "cli/texts.h"
#include "cli/unanswered.h"
#include "config/compile.h"

namespace gw::cli {
namespace {

namespace msg = ipc::changes;
using model::ChangeNumber;
using Shown = ChangeEditor::Shown;

constexpr std::uint32_t kListed = 100;

std::string by() { return somebody().substr(0, msg::kMostWord); }
std::string why(const Call& call) { return call.reason.substr(0, msg::kMostWord); }

std::chrono::seconds within(const Call& call) {
  return call.within.count() == 0 ? model::ChangeWindow::kUsual : call.within;
}

/// What to do about it, where that is not plain.
std::string advice(const Error& error, ChangeNumber number, Language language) {
  const std::string change = number == ChangeNumber{} ? "CHANGE" : std::to_string(number.number());
  switch (error.code) {
    case ErrorCode::change_unapproved:
      return said(language, Text::advise_approval, {change});
    case ErrorCode::change_in_flight:
      return said(language, Text::advise_in_flight);
    case ErrorCode::change_stale:
      return said(language, Text::advise_stale);
    default:
      return "";
  }
}

/// As the API says it, with the id that stands for it in every language.
std::string in_words(const Error& error, Language language) {
  if (language == Language::english || api::is_own_fault(error.code)) return error.to_text();
  return std::string(api::title_of(error.code, language)) + "(" + error.to_text() + ")";
}

int failed(const Call& call, const Error& error, ChangeNumber number = {}) {
  if (error.code == ErrorCode::channel_closed) return unanswered(call, error);
  const int code = undone(call, error);
  if (call.format == Format::text)
    complain(in_words(error, call.language) + advice(error, number, call.language));
  const bool is_busy = error.code == ErrorCode::change_in_flight || error.code == ErrorCode::change_busy;
  return is_busy ? kBusy : code;
}

int needs_reason(const Call& call) { return complain(said(call.language, Text::needs_reason)), kUsage; }

std::optional<ChangeNumber> number_of(const Call& call) {
  if (call.files.empty()) return ChangeNumber{};
  const auto number = parse_decimal(call.files[0]);
  if (number && *number != 0) return ChangeNumber(*number);
  complain(said(call.language, Text::change_no_number, {call.files[0]}));
  return std::nullopt;
}

int tell(const Call& call, const Result<Shown>& shown, const std::string& sentence) {
  if (!shown) return failed(call, shown.error());
  print(call.format == Format::json ? to_json(*shown) + "\n" : sentence + "\n");
  return kOk;
}

/// With the name of the file that it is about, if it came from one.
std::string report_of(const Call& call, const Shown& shown) {
  return call.files.empty() ? report_words(call.language, shown.report)
                            : report_about(call.files[0], shown.report, call.language);
}

/// It was looked at or tried, and is not in force.
int refused(const Call& call, const Shown& shown) {
  if (call.format == Format::json)
    print(to_json(shown) + "\n");
  else
    complain(said(call.language, Text::change_refused, {shown.change.outcome, report_of(call, shown)}));
  return kFailed;
}

/// In force, and what it is; nothing if that was told already, with the exit status.
struct Applied {
  std::optional<msg::PutInForce> put{};
  int code = kFailed;
};

Applied put(const Call& call, ChangeEditor& editor, ChangeNumber number) {
  const auto put = editor.put({by(), number, within(call)});
  if (!put) return {{}, failed(call, put.error(), number)};
  if (!put->token.empty()) return {*put, kOk};
  const auto found = editor.find(number);
  return {{}, found ? refused(call, *found) : failed(call, found.error())};
}

void tell_words(const Call& call, const Shown& shown) {
  if (call.format == Format::json) return;
  print(shown.words.empty() ? "" : shown.words + "\n");
  if (!shown.report.empty()) complain(report_of(call, shown));
}

/// Looked at and in force, or not.
Applied apply(const Call& call, ChangeEditor& editor, const Result<ChangeNumber>& staged) {
  if (!staged) return {{}, failed(call, staged.error())};
  const auto looked = editor.check({by(), {}, *staged});
  if (!looked) return {{}, failed(call, looked.error())};
  if (looked->change.state != model::ChangeState::checked) return {{}, refused(call, *looked)};
  tell_words(call, *looked);
  return put(call, editor, *staged);
}

int tell_waiting(const Call& call, const msg::PutInForce& put) {
  const msg::Change& change = put.change;
  const std::string number = std::to_string(change.number.number());
  if (call.format == Format::json) {
    print(JsonObject().text("token", put.token).raw("change", to_json(change)).take() + "\n");
    return kOk;
  }
  print(said(call.language, Text::published,
             {std::to_string(change.generation.number()), std::to_string(change.sessions_kept),
              std::to_string(change.sessions_closed)}) +
        said(call.language, Text::change_waits, {number, std::to_string(change.within.count()), put.token}));
  return kOk;
}

/// The file with all that it names, as it is now. Whether it is any good is for the box to say, so that an
/// attempt with a bad one is a record as well. Nothing: it cannot be read, which was complained about.
std::optional<config::Sources> sources_at(const std::string& path) {
  const Input input = open_input(path);
  const auto text =
      input ? config::read_file(input.file.get(), config::kMaxSource)
            : Result<std::string>(Error{ErrorCode::file_unreadable, std::generic_category().message(errno)});
  if (!text) {
    complain(path + ": " + text.error().detail);
    return std::nullopt;
  }
  config::Sources sources{*text, {}};
  const auto reader = config::keeping(config::reader_beneath(input.directory.get()), sources);
  config::compile(*text, {reader, system_clock().civil_now(), model::Generation{1}});
  return sources;
}

Applied apply_file(const Call& call, Result<ChangeEditor>& editor) {
  const auto sources = sources_at(call.files[0]);
  if (!sources) return {{}, kInputMissing};
  editor = ChangeEditor::open(call.socket);
  if (!editor) return {{}, failed(call, editor.error())};
  return apply(call, *editor, editor->stage({by(), why(call), {}}, *sources));
}

}  // namespace

int config_apply(const Call& call) {
  if (call.reason.empty()) return needs_reason(call);
  Result<ChangeEditor> editor = Error{ErrorCode::channel_closed};
  const Applied applied = apply_file(call, editor);
  return applied.put ? tell_waiting(call, *applied.put) : applied.code;
}

int config_publish(const Call& call) {
  if (call.reason.empty()) return needs_reason(call);
  Result<ChangeEditor> editor = Error{ErrorCode::channel_closed};
  const Applied applied = apply_file(call, editor);
  if (!applied.put) return applied.code;
  const msg::Change& change = applied.put->change;
  return tell(call, editor->confirm({by(), applied.put->token}),
              said(call.language, Text::published_kept,
                   {std::to_string(change.generation.number()), std::to_string(change.sessions_kept),
                    std::to_string(change.sessions_closed)}));
}

int config_put(const Call& call) {
  const auto number = number_of(call);
  if (!number) return kUsage;
  auto editor = ChangeEditor::open(call.socket);
  if (!editor) return failed(call, editor.error());
  const Applied applied = put(call, *editor, *number);
  return applied.put ? tell_waiting(call, *applied.put) : applied.code;
}

int config_confirm(const Call& call) {
  auto editor = ChangeEditor::open(call.socket);
  if (!editor) return failed(call, editor.error());
  const auto shown = editor->confirm({by(), call.files[0]});
  const std::string number = shown ? std::to_string(shown->change.number.number()) : "";
  return tell(call, shown, said(call.language, Text::change_confirmed, {number}));
}

int config_extend(const Call& call) {
  auto editor = ChangeEditor::open(call.socket);
  if (!editor) return failed(call, editor.error());
  return tell(call, editor->extend({by(), within(call)}),
              said(call.language, Text::change_extended, {std::to_string(within(call).count())}));
}

int config_rollback(const Call& call) {
  if (call.reason.empty()) return needs_reason(call);
  const auto number = number_of(call);
  if (!number) return kUsage;
  auto editor = ChangeEditor::open(call.socket);
  if (!editor) return failed(call, editor.error());
  if (*number == ChangeNumber{})
    return tell(call, editor->turn_back({by(), why(call), {}}), said(call.language, Text::change_undone));
  Call copied = call;
  copied.files.clear();  // it names no file
  const Applied applied = apply(copied, *editor, editor->copy({by(), why(call), *number}));
  return applied.put ? tell_waiting(copied, *applied.put) : applied.code;
}

int config_withdraw(const Call& call) {
  if (call.reason.empty()) return needs_reason(call);
  const auto number = number_of(call);
  if (!number) return kUsage;
  auto editor = ChangeEditor::open(call.socket);
  if (!editor) return failed(call, editor.error());
  return tell(call, editor->withdraw({by(), why(call), *number}),
              said(call.language, Text::change_withdrawn, {call.files[0]}));
}

int config_change(const Call& call) {
  const auto number = number_of(call);
  if (!number) return kUsage;
  auto editor = ChangeEditor::open(call.socket);
  if (!editor) return failed(call, editor.error());
  const auto shown = editor->find(*number);
  if (!shown) return failed(call, shown.error());
  print(call.format == Format::json ? to_json(*shown) + "\n" : told(*shown, call.language));
  return kOk;
}

int config_history(const Call& call) {
  auto editor = ChangeEditor::open(call.socket);
  if (!editor) return failed(call, editor.error());
  const auto found = editor->history(call.last == 0 ? kListed : call.last);
  if (!found) return failed(call, found.error());
  std::vector<std::string> objects;
  std::string text;
  for (const msg::Change& change : *found) {
    objects.push_back(to_json(change));
    text += line_of(change);
  }
  print(call.format == Format::json ? JsonObject().raw("changes", json_list(objects)).take() + "\n" : text);
  return kOk;
}

int config_text(const Call& call) {
  const auto wanted = number_of(call);
  if (!wanted) return kUsage;
  auto editor = ChangeEditor::open(call.socket);
  if (!editor) return failed(call, editor.error());
  ChangeNumber number = *wanted;
  if (number == ChangeNumber{}) {
    const auto found = editor->find(number);
    if (!found) return failed(call, found.error());
    number = found->change.number;
  }
  const auto sources = editor->sources(number);
  if (!sources) return failed(call, sources.error());
  print(call.format == Format::json ? JsonObject().text("text", sources->text).take() + "\n" : sources->text);
  return kOk;
}

}  // namespace gw::cli
