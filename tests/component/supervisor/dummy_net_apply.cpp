// Stands in for net-apply: tells each step as a record, and behaves as the plan says:
//   STEP     refuses that step
//   drift    finds something to put right whenever it compares
//   left     finds something whenever it compares, and must leave it
//   unheld   cannot put it right

#include <fcntl.h>

#include "dummy_channel.h"
#include "ipc/messages/compile.h"
#include "ipc/record_sink.h"

namespace {

using namespace gw;
using ipc::net_apply::Msg;

bool compares() { return ::fcntl(ipc::kReferenceFd, F_GETFD) >= 0; }

void shaped(const dummy::Control& control, const std::string& plan) {
  ipc::net_apply::Shaped done;
  if (compares() && plan == "drift") done.repaired.push_back({"forwarding was on"});
  if (compares() && plan == "left") done.left.push_back({"a socket is not ours"});
  const auto listing = sys::seal(as_bytes("rules\n"), "rules");
  control.tell(Msg::shaped, done, {listing->get()});
}

}  // namespace

int main(int, char** arguments) {
  const std::string step = arguments[1];
  const dummy::Control control;
  ipc::RecordSink(ipc::kLogFd).write(Event(EventId::process_ready).add(Field::name, step));
  if (step == "base" || step == "home" || step == "lay-canary" || step == "raise-canary")
    return control.tell(Msg::applied), 0;
  const std::string plan = dummy::text_of(ipc::kInputFd);
  if (plan == step || (plan == "unheld" && compares()))
    control.tell(Msg::failed, ipc::net_apply::Failed{ErrorCode::net_rules_refused, "as the plan says"});
  else if (step == "links")
    control.tell(Msg::applied);
  else
    shaped(control, plan);
}
