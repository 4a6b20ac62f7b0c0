// Whatever the box's API is asked for from the command line (ADM-06, ADM-11): one function for every row of
// api/operations.def.

#include <algorithm>

#include "api/json_tree.h"
#include "api/problem_words.h"
#include "api/value.h"
#include "cli/administrators_desk.h"
#include "cli/answer_text.h"
#include "cli/commands.h"
#include "cli/exit_code.h"
#include "cli/operation_values.h"
#include "cli/output.h"
#include "cli/secret_input.h"
#include "cli/session_file.h"
#include "cli/text_file.h"
#include "cli/texts.h"
#include "cli/unanswered.h"
#include "config/files.h"

namespace gw::cli {
namespace {

namespace msg = ipc::web;
using api::Access;
using api::TypedValue;
using api::TypedValues;

/// A question that is whole, or the exit code of one that is not, which was complained about.
struct Asked {
  msg::Ask question{};
  int code = kOk;
};

std::string name_of(const api::Parameter& parameter) {
  return is_operand(parameter) ? operand_word(parameter) : "--" + std::string(parameter.name);
}

int told_fault(const Call& call, const std::string& place, const Error& error) {
  complain(said(call.language, Text::value_at_fault,
                {place, api::detail_of(error.code, error.detail, call.language)}));
  return kUsage;
}

/// What was written on the command line, in the places of the operation's values; secrets are left out.
int take_written(const Call& call, TypedValues& values) {
  std::size_t operands = 0;
  for (const api::Parameter& parameter : api::parameters_of(*call.operation)) {
    TypedValue& into = values.emplace_back();
    const auto found = call.values.find(parameter.name);
    if (!is_operand(parameter) && found == call.values.end()) continue;
    const std::string& written = is_operand(parameter) ? call.files.at(operands++) : found->second;
    Result<TypedValue> value = value_of(parameter, written);
    if (!value && value.error().code == ErrorCode::file_unreadable)
      return complain(said(call.language, Text::file_unreadable, {written, value.error().detail})),
             kInputMissing;
    if (!value) return told_fault(call, name_of(parameter), value.error());
    into = *std::move(value);
  }
  return kOk;
}

int take_secrets(const Call& call, TypedValues& values) {
  const auto parameters = api::parameters_of(*call.operation);
  if (std::ranges::none_of(parameters, &api::Parameter::is_secret)) return kOk;
  Result<SecretInput> input = SecretInput::open(call);
  if (!input)
    return complain(said(call.language, Text::file_unreadable, {call.secrets, input.error().detail})),
           kInputMissing;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (!parameters[i].is_secret()) continue;
    const bool may_lack = parameters[i].need == api::Need::optional;
    const std::string what = words_of(parameters[i]).in(call.language);
    const auto secret = input->next(what, may_lack);
    if (!secret && may_lack) continue;
    if (!secret) return complain(said(call.language, Text::secret_missing, {what})), kUsage;
    std::string typed(secret->view());
    Result<TypedValue> value = value_of(parameters[i], typed);
    wipe(typed.data(), typed.size());
    if (!value) return told_fault(call, what, value.error());
    values[i] = *std::move(value);
  }
  return kOk;
}

/// He stands at the box: that is the loopback's address, and the box's own port (ADM-04).
Asked question_of(const Call& call, const SessionFile& session) {
  Asked out;
  const api::Operation& row = api::operation(*call.operation);
  out.question.operation = static_cast<std::uint16_t>(row.id);
  out.question.source = *model::IpAddress::parse("127.0.0.1");
  out.question.is_own_port = true;
  if (row.access.kind != Access::Kind::anyone) {
    const auto kept = session.read();
    if (!kept) {
      complain(said(call.language, Text::sign_in_first));
      out.code = kNotPermitted;
      return out;
    }
    out.question.token = kept->token.view();
    out.question.csrf = kept->csrf.view();
  }
  out.code = take_written(call, out.question.values);
  if (out.code == kOk) out.code = take_secrets(call, out.question.values);
  return out;
}

int tell_refusal(const Call& call, const msg::Refused& refused, const SessionFile& session) {
  const bool is_over = refused.code == ErrorCode::account_session_ended;
  if (is_over) session.remove();
  const Error why{refused.code, refused.detail};
  if (call.format == Format::json)
    print(api::problem_json(why, refused.pointer, Language::english, api::status_of_problem(why.code)) +
          "\n");
  std::string which(to_string(why.code));
  for (const std::string& more : {api::detail_of(why.code, why.detail, call.language), refused.pointer})
    if (!more.empty()) which += ": " + more;
  complain(said(call.language, Text::refused, {api::title_of(why.code, call.language), which}));
  if (is_over) complain(said(call.language, Text::sign_in_first));
  return exit_code_of(why.code);
}

std::string member(const api::JsonTree& tree, std::string_view name) {
  const api::JsonTree* found = tree.find(name);
  return found == nullptr ? std::string() : found->text;
}

std::string text_of(const Call& call, const msg::Reply& reply, const api::JsonTree& tree) {
  if (reply.answered.token == msg::Token::given)
    return said(call.language, Text::signed_in, {member(tree, "account")}) + "\n";
  if (reply.json.empty())
    return said(call.language, reply.answered.token == msg::Token::taken ? Text::signed_out : Text::done) +
           "\n";
  return answer_text(api::operation(*call.operation).answer, tree, call.language, may_colour());
}

/// Into a new file of the name that the box gave it, in the folder where the call was made.
int take_along(const Call& call, const msg::Reply& reply) {
  const std::string& name = reply.octets.name;
  const auto content = config::read_file(reply.file.get(), reply.octets.size);
  const Result<> kept = !content ? Result<>(content.error()) : write_new(name, *content, 0600);
  if (!kept) return complain(said(call.language, Text::file_unkept, {name, kept.error().detail})), kFailed;
  const std::string object = JsonObject().text("file", name).number("size", reply.octets.size).take();
  print(call.format == Format::json
            ? object + "\n"
            : said(call.language, Text::file_kept, {name, std::to_string(reply.octets.size)}));
  return kOk;
}

int tell_answer(const Call& call, const msg::Reply& reply, const SessionFile& session) {
  if (reply.file) return take_along(call, reply);
  const auto tree = reply.json.empty() ? Result<api::JsonTree>(api::JsonTree{}) : api::read_json(reply.json);
  if (!tree) return unanswered(call, tree.error());
  if (reply.answered.token == msg::Token::taken) session.remove();
  if (reply.answered.token == msg::Token::given) {
    const Result<> kept = session.write({Secret(reply.answered.given), Secret(member(*tree, "csrf"))});
    if (!kept) return complain(said(call.language, Text::session_unkept, {kept.error().detail})), kFailed;
  }
  const std::string done = JsonObject().flag("done", true).take();
  print(call.format == Format::json ? (reply.json.empty() ? done : reply.json) + "\n"
                                    : text_of(call, reply, *tree));
  return kOk;
}

}  // namespace

int administer(const Call& call) {
  const Result<SessionFile> session = SessionFile::open(call.socket);
  if (!session) return complain(said(call.language, Text::session_unkept, {session.error().detail})), kFailed;
  const Asked asked = question_of(call, *session);
  if (asked.code != kOk) return asked.code;
  const Result<msg::Reply> reply = ask_desk(call.socket, asked.question);
  if (!reply) return unanswered(call, reply.error());
  return reply->refused ? tell_refusal(call, *reply->refused, *session) : tell_answer(call, *reply, *session);
}

}  // namespace gw::cli
