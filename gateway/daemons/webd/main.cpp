// sekisho-webd: where browsers administer the box (ADM-11). Starts in an empty network namespace under an
// account of its own; reads HTTP and JSON, and decides nothing: who may do what, controld says.

#include <cstdio>
#include <cstdlib>

#include "base/floored_clock.h"
#include "ipc/inherited.h"
#include "sys/shut_in.h"
#include "tls/provider.h"
#include "web/control_link.h"

namespace {

using namespace gw;

Result<> serve() {
  GW_TRY(tls::install_provider());
  ipc::RecordSink records(ipc::kLogFd);
  FlooredClock clock(system_clock());
  GW_TRY(const auto reactor, sys::Reactor::make(clock));
  web::ControlLink link(*reactor, clock, records, ipc::Channel(UniqueFd(ipc::kControlFd)));
  GW_TRY(sys::shut_in(sys::Filter::proxyd));
  records.write(Event(EventId::process_ready));
  GW_TRY(link.start());
  while (!link.has_ended()) {
    reactor->run_once(std::chrono::seconds(1));
    link.tick();
  }
  // Connections are over and the kernel takes back the rest; unwinding frames would only add risk.
  std::_Exit(EXIT_SUCCESS);
}

}  // namespace

int main() {
  const Result<> served = serve();
  std::fprintf(stderr, "sekisho-webd: %s\n", served.error().to_text().c_str());
  std::_Exit(EXIT_FAILURE);
}
