#include <optional>

#include "cli/ask.h"
#include "cli/commands.h"
#include "cli/exit_code.h"
#include "cli/output.h"
#include "cli/unanswered.h"
#include "ipc/messages/operator.h"

namespace gw::cli {
namespace {

namespace op = ipc::op;
using model::Cut;

const char* form_of(Cut::What what) {
  static constexpr const char* kForms[] = {"write nothing behind it",
                                           "write the tenant's name alone",
                                           "write it as TENANT/NAME",
                                           "write it as TENANT/NAME",
                                           "write the address alone, like 10.21.1.7 or fd00::7",
                                           "write it as TENANT/NAME"};
  return kForms[static_cast<std::size_t>(what)];
}

/// How an act is told.
struct Wording {
  const char* act;
  const char* undoing;
  const char* state;
};
constexpr Wording kCutting{"cut", "restored", "cut off"}, kBlocking{"blocked", "unblocked", "blocked"};

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
  const std::string nothing = "nothing was ", place = cut.tenant + "/" + cut.name;
  const bool blocks = cut.what == Cut::What::certificates;
  switch (error.code) {
    case ErrorCode::cut_unknown_name:
      complain(nothing + wording.act + ": the configuration in force has no " +
               (blocks ? "terminal " + place : cut.to_text()) + "; see sekisho config show");
      break;
    case ErrorCode::cut_not_there:
      complain(nothing + wording.undoing + ": " + cut.to_text() + " is not " + wording.state +
               "; see sekisho status");
      break;
    default:
      complain("nothing was changed: " + error.to_text());
  }
  return undone(call, error);
}

int order(op::Msg message, Cut::What what, const Call& call) {
  const std::optional<Cut> cut = cut_of(what, call);
  if (!cut) {
    complain(form_of(what));
    return kUsage;
  }
  if (!call.certificate.empty() && what != Cut::What::certificates) {
    complain("one certificate alone is blocked by sekisho terminal block");
    return kUsage;
  }
  if (call.reason.empty()) {
    complain("say why, for the record: --reason TEXT");
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
  const std::string word = message == op::Msg::cut ? wording.state : wording.undoing;
  print(call.format == Format::json
            ? JsonObject().flag("done", true).text("cut", cut->to_text()).take() + "\n"
            : word + ": " + cut->to_text() + "\n");
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
