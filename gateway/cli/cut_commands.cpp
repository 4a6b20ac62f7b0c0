#include <optional>

#include "cli/ask.h"
#include "cli/commands.h"
#include "cli/exit_code.h"
#include "cli/output.h"
#include "cli/texts.h"
#include "cli/unanswered.h"
#include "ipc/messages/operator.h"

namespace gw::cli {
namespace {

namespace op = ipc::op;
using model::Cut;

Text form_of(Cut::What what) {
  static constexpr Text kForms[] = {Text::form_nothing, Text::form_tenant,  Text::form_place,
                                    Text::form_place,   Text::form_address, Text::form_place};
  return kForms[static_cast<std::size_t>(what)];
}

/// How an act is told.
struct Wording {
  Text done, undone, unknown, not_there;
};
constexpr Wording kCutting{Text::cut_done, Text::cut_undone, Text::cut_unknown, Text::cut_not_there};
constexpr Wording kBlocking{Text::block_done, Text::block_undone, Text::block_unknown, Text::block_not_there};

const Wording& wording_of(Cut::What what) { return what == Cut::What::certificates ? kBlocking : kCutting; }

/// "karte/desk-1" in two; nothing if the operand does not have the form this kind of cut needs.
std::optional<Cut> cut_of(Cut::What what, const Call& call) {
  if (what == Cut::What::everything) return Cut{};
  const std::string& operand = call.files[0];
  if (what == Cut::What::source) {
    const auto address = model::IpAddress::parse(operand);
    return address ? std::optional<Cut>({what, {}, address->to_text()}) : std::nullopt;
  }
  const std::size_t slash = operand.find('/');
  const bool has_name = slash != std::string::npos;
  Cut cut{what, operand.substr(0, slash), has_name ? operand.substr(slash + 1) : "", call.certificate};
  const bool fits = what == Cut::What::tenant ? !has_name : !cut.name.empty();
  if (!fits || cut.tenant.empty() || cut.tenant.size() > model::kMaxName || cut.name.size() > model::kMaxName)
    return {};
  return cut;
}

int tell(const Call& call, const Error& error, const Cut& cut) {
  const Wording& wording = wording_of(cut.what);
  const bool blocks = cut.what == Cut::What::certificates;
  switch (error.code) {
    case ErrorCode::cut_unknown_name:
      complain(said(call.language, wording.unknown, {blocks ? cut.tenant + "/" + cut.name : cut.to_text()}));
      break;
    case ErrorCode::cut_not_there:
      complain(said(call.language, wording.not_there, {cut.to_text()}));
      break;
    default:
      complain(said(call.language, Text::nothing_changed, {error.to_text()}));
  }
  return undone(call, error);
}

int order(op::Msg message, Cut::What what, const Call& call) {
  const std::optional<Cut> cut = cut_of(what, call);
  if (!cut) {
    complain(said(call.language, form_of(what)));
    return kUsage;
  }
  if (!call.certificate.empty() && what != Cut::What::certificates) {
    complain(said(call.language, Text::cut_no_certificate));
    return kUsage;
  }
  if (call.reason.empty()) {
    complain(said(call.language, Text::needs_reason));
    return kUsage;
  }
  const auto answer = ask(call.socket, ipc::type_number(message),
                          encode(op::CutOrder{*cut, call.reason.substr(0, kForeignTextLimit)}), {}, kAtOnce);
  if (!answer) return unanswered(call, answer.error());
  if (answer->type == ipc::type_number(op::Msg::rejected)) {
    const auto rejected = decode<op::Rejected>(answer->body);
    return rejected ? tell(call, {rejected->code, rejected->detail}, *cut)
                    : unanswered(call, rejected.error());
  }
  const Wording& wording = wording_of(what);
  const Text done = message == op::Msg::cut ? wording.done : wording.undone;
  print(call.format == Format::json
            ? JsonObject().flag("done", true).text("cut", cut->to_text()).take() + "\n"
            : said(call.language, done, {cut->to_text()}));
  return kOk;
}

}  // namespace

template <Cut::What what>
int cut(const Call& call) {
  return order(op::Msg::cut, what, call);
}
template <Cut::What what>
int restore(const Call& call) {
  return order(op::Msg::restore, what, call);
}

template int cut<Cut::What::everything>(const Call&);
template int cut<Cut::What::tenant>(const Call&);
template int cut<Cut::What::service>(const Call&);
template int cut<Cut::What::terminal>(const Call&);
template int cut<Cut::What::source>(const Call&);
template int cut<Cut::What::certificates>(const Call&);
template int restore<Cut::What::everything>(const Call&);
template int restore<Cut::What::tenant>(const Call&);
template int restore<Cut::What::service>(const Call&);
template int restore<Cut::What::terminal>(const Call&);
template int restore<Cut::What::source>(const Call&);
template int restore<Cut::What::certificates>(const Call&);

}  // namespace gw::cli
