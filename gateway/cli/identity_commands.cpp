// sekisho cert enrol, renew, request and adopt: orders about the certificates that the box keeps itself
// (CRT-03).

#include <algorithm>
#include <optional>

#include "cli/ask.h"
#include "cli/commands.h"
#include "cli/exit_code.h"
#include "cli/output.h"
#include "cli/reserved_file.h"
#include "cli/text_file.h"
#include "cli/texts.h"
#include "cli/unanswered.h"
#include "ipc/messages/operator.h"
#include "model/renewal.h"
#include "sys/sealed.h"

namespace gw::cli {
namespace {

namespace op = ipc::op;
using Act = op::IdentityOrder::Act;

constexpr std::chrono::seconds kPatience{90};  // a slow TPM makes the key
constexpr mode_t kPublic = 0644;

/// What the second operand of an act is, if it has one.
enum class Second : std::uint8_t { none, ticket, chain, output };
struct Row {
  Act act;
  Second second;
  Text done;
};
constexpr Row kRows[] = {
    {Act::enrol, Second::ticket, Text::identity_enrols},
    {Act::renew, Second::none, Text::identity_renews},
    {Act::request, Second::output, Text::identity_requests},
    {Act::adopt, Second::chain, Text::identity_adopts},
};
const Row& row_of(Act act) { return kRows[static_cast<std::size_t>(act)]; }

int wrong(const std::string& sentence) {
  complain(sentence);
  return kUsage;
}

/// "TENANT/IDENTITY"
std::optional<op::IdentityOrder> order_of(Act act, const std::string& operand) {
  const std::size_t slash = operand.find('/');
  if (slash == std::string::npos || slash > model::kMaxName || operand.size() - slash - 1 > model::kMaxName)
    return std::nullopt;
  return op::IdentityOrder{act, operand.substr(0, slash), operand.substr(slash + 1)};
}

/// What goes along with the order; nothing, with a complaint, if it cannot.
std::optional<std::string> input_of(const Row& row, const Call& call) {
  if (row.second == Second::ticket) {
    if (call.files[1].size() <= model::kMostTicket) return call.files[1];
    return complain(said(call.language, Text::ticket_too_long)), std::nullopt;
  }
  if (row.second != Second::chain) return std::string();
  auto chain = read_text(call.files[1]);
  if (!chain || chain->size() <= model::kMostSlotText) return chain;
  return complain(said(call.language, Text::chain_too_long, {call.files[1]})), std::nullopt;
}

Result<ipc::Frame> give(const Call& call, const op::IdentityOrder& order, std::string_view input) {
  GW_TRY(const UniqueFd sealed, sys::seal(as_bytes(input), "input"));
  return ask(call.socket, ipc::type_number(op::Msg::identity_order), encode(order), {sealed.get()},
             kPatience);
}

int tell_rejection(const Call& call, const ipc::Frame& answer) {
  const auto rejected = decode<op::Rejected>(answer.body);
  const Error why = rejected ? Error{rejected->code, rejected->detail} : rejected.error();
  complain(said(call.language, Text::nothing_done, {why.detail}));
  return undone(call, why);
}

/// The request goes into the file that was made for it.
Result<> write_request(ReservedFile& file, const ipc::Frame& answer) {
  if (answer.type != ipc::type_number(op::Msg::identity_request)) return Error{ErrorCode::message_malformed};
  GW_TRY(const auto request, sys::read_sealed(answer.fds.front().get(), model::kMostSlotText));
  return file.write(as_text(request));
}

int carry_out(const Row& row, const Call& call) {
  const auto order = order_of(row.act, call.files[0]);
  if (!order) return wrong(said(call.language, Text::form_identity));
  const auto input = input_of(row, call);
  if (!input) return kInputMissing;
  std::optional<ReservedFile> file;
  if (row.second == Second::output) {
    Result<ReservedFile> made = ReservedFile::make(call.files[1], kPublic);
    if (!made) return wrong(said(call.language, Text::name_a_new_file, {made.error().detail}));
    file.emplace(*std::move(made));
  }
  const auto answer = give(call, *order, *input);
  if (!answer) return unanswered(call, answer.error());
  if (answer->type == ipc::type_number(op::Msg::rejected)) return tell_rejection(call, *answer);
  if (file) {
    const Result<> written = write_request(*file, *answer);
    if (!written)
      return complain(said(call.language, Text::request_unwritten, {written.error().detail})), kFailed;
  }
  print(call.format == Format::json ? JsonObject().flag("done", true).take() + "\n"
                                    : said(call.language, row.done));
  return kOk;
}

}  // namespace

template <Act act>
int identity(const Call& call) {
  return carry_out(row_of(act), call);
}
template int identity<Act::enrol>(const Call&);
template int identity<Act::renew>(const Call&);
template int identity<Act::request>(const Call&);
template int identity<Act::adopt>(const Call&);

}  // namespace gw::cli
