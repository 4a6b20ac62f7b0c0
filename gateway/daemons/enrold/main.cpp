// sekisho-enrold: where one tenant's terminals ask for their certificates (EST, RFC 7030). Starts in an empty
// network namespace under an account of its own; holds no key, sees no session, and knows no other tenant.

#include <cstdio>
#include <cstdlib>

#include "base/floored_clock.h"
#include "enrol/control_link.h"
#include "ipc/inherited.h"
#include "sys/shut_in.h"
#include "tls/provider.h"

namespace {

using namespace gw;

Result<> serve() {
  GW_TRY(tls::install_provider());
  ipc::RecordSink records(ipc::kLogFd);
  FlooredClock clock(system_clock());
  GW_TRY(const auto reactor, sys::Reactor::make(clock));
  enrol::ControlLink link(*reactor, clock, records, ipc::Channel(UniqueFd(ipc::kControlFd)));
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
  std::fprintf(stderr, "sekisho-enrold: %s\n", served.error().to_text().c_str());
  std::_Exit(EXIT_FAILURE);
}
