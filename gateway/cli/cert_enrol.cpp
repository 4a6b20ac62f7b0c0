#include "cli/ask.h"
#include "cli/commands.h"
#include "cli/exit_code.h"
#include "cli/output.h"
#include "cli/unanswered.h"
#include "ipc/messages/operator.h"

namespace gw::cli {

namespace op = ipc::op;

int cert_enrol(const Call& call) {
  const std::string& operand = call.files[0];
  const std::size_t slash = operand.find('/');
  if (slash == std::string::npos || operand.size() > 2 * model::kMaxName || call.files[1].size() > 256) {
    complain("write the identity as TENANT/IDENTITY, and the ticket behind it");
    return kUsage;
  }
  const op::IdentityTicket ticket{operand.substr(0, slash), operand.substr(slash + 1), call.files[1]};
  const auto answer =
      ask(call.socket, ipc::type_number(op::Msg::identity_ticket), encode(ticket), {}, kAtOnce);
  if (!answer) return unanswered(call, answer.error());
  if (answer->type == ipc::type_number(op::Msg::rejected)) {
    const auto rejected = decode<op::Rejected>(answer->body);
    const Error why = rejected ? Error{rejected->code, rejected->detail} : rejected.error();
    complain("nothing was done: " + why.detail);
    return undone(call, why);
  }
  print(call.format == Format::json
            ? JsonObject().flag("done", true).take() + "\n"
            : "the ticket is kept; the box asks for the certificate now, and its log says what came of it\n");
  return kOk;
}

}  // namespace gw::cli
