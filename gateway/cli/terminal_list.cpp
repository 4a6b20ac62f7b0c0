#include "cli/ask.h"
#include "cli/commands.h"
#include "cli/exit_code.h"
#include "cli/output.h"
#include "cli/texts.h"
#include "cli/unanswered.h"
#include "ipc/messages/operator.h"
#include "model/terminal_roll.h"
#include "sys/sealed.h"

namespace gw::cli {
namespace {

namespace op = ipc::op;
using Row = model::TerminalRoll::Row;
using Standing = model::TerminalRoll::Standing;

Result<model::TerminalRoll> read_roll(const ipc::Frame& answer) {
  if (answer.type == ipc::type_number(op::Msg::rejected)) {
    GW_TRY(const op::Rejected rejected, decode<op::Rejected>(answer.body));
    return Error{rejected.code, rejected.detail};
  }
  if (answer.type != ipc::type_number(op::Msg::terminal_roll)) return Error{ErrorCode::channel_out_of_phase};
  GW_TRY(const auto bytes, sys::read_sealed(answer.fds[0].get(), model::kMostRoll));
  return decode<model::TerminalRoll>(bytes);
}

model::Cut block_of(const Row& row, const std::string& certificate) {
  return {model::Cut::What::certificates, row.tenant, row.terminal, certificate};
}

/// A line for the terminal, and one for each certificate of it that is blocked alone. Blocks read as they do
/// in `sekisho status`.
std::string to_text(const Row& row, Language language) {
  const std::string place = row.tenant + "/" + row.terminal;
  const std::string gone = row.configured ? "" : said(language, Text::roll_gone);
  std::string out;
  switch (row.standing) {
    case Standing::known:
      if (row.configured) out = said(language, Text::roll_known, {place});
      break;
    case Standing::blocked_in_configuration:
      out = said(language, Text::roll_configured, {place});
      break;
    case Standing::blocked:
      out = said(language, Text::roll_blocked, {block_of(row, {}).to_text(), gone});
      break;
    case Standing::cut_off:
      out = said(language, Text::roll_cut, {place, gone});
      break;
  }
  for (const auto& certificate : row.certificates)
    out += said(language, Text::roll_blocked, {block_of(row, certificate.fingerprint).to_text(), gone});
  return out;
}

std::string to_json(const Row& row) {
  std::vector<std::string> certificates;
  for (const auto& certificate : row.certificates) certificates.push_back(certificate.fingerprint);
  return JsonObject()
      .text("tenant", row.tenant)
      .text("terminal", row.terminal)
      .text("standing", model::to_string(row.standing))
      .flag("configured", row.configured)
      .raw("blocked_certificates", json_texts(certificates))
      .take();
}

std::string render(const model::TerminalRoll& roll, Format format, Language language) {
  std::string text;
  std::vector<std::string> objects;
  for (const Row& row : roll.rows)
    if (format == Format::json)
      objects.push_back(to_json(row));
    else
      text += to_text(row, language);
  return format == Format::json ? json_list(objects) + "\n" : text;
}

}  // namespace

int terminal_list(const Call& call) {
  const auto answer = ask(call.socket, ipc::type_number(op::Msg::terminals), {}, {}, kAtOnce);
  if (!answer) return unanswered(call, answer.error());
  const auto roll = read_roll(*answer);
  if (!roll) return unanswered(call, roll.error());
  print(render(*roll, call.format, call.language));
  return kOk;
}

}  // namespace gw::cli
