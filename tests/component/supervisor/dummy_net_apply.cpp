// Stands in for net-apply: refuses the step the plan names, and tells each step as a record.

#include "dummy_channel.h"
#include "ipc/messages/compile.h"
#include "ipc/record_sink.h"

int main(int, char** arguments) {
  using namespace gw;
  const std::string step = arguments[1];
  const dummy::Control control;
  ipc::RecordSink(ipc::kLogFd).write(Event(EventId::process_ready).add(Field::name, step));
  if (step != "base" && dummy::text_of(ipc::kInputFd) == step)
    control.tell(ipc::net_apply::Msg::failed,
                 ipc::net_apply::Failed{ErrorCode::net_rules_refused, "as the plan says"});
  else
    control.tell(ipc::net_apply::Msg::applied);
}
