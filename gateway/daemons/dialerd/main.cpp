// Dialer of one tenant, in the WAN namespace under an account of its own. Parses DNS answers; holds no key
// and sees no session byte.

#include <cstdio>
#include <cstdlib>

#include "dial/control_link.h"
#include "ipc/inherited.h"
#include "sys/shut_in.h"

namespace {

gw::Result<> run() {
  GW_TRY(auto reactor, gw::sys::Reactor::make(gw::system_clock()));
  gw::ipc::RecordSink records(gw::ipc::kLogFd);
  gw::dial::Dialer dialer(*reactor, records);
  gw::dial::ControlLink control(*reactor, gw::ipc::Channel(gw::UniqueFd(gw::ipc::kControlFd)), dialer);
  GW_TRY(gw::sys::shut_in(gw::sys::Filter::dialerd));
  records.write(gw::Event(gw::EventId::process_ready));
  control.start();
  while (!control.ended()) reactor->run_once(std::chrono::hours(1));
  // Dials under way end with the process; unwinding the reactor under them would be wrong.
  std::exit(EXIT_SUCCESS);
}

}  // namespace

int main() {
  const gw::Result<> outcome = run();
  std::fprintf(stderr, "%s\n", outcome.error().to_text().c_str());
  return EXIT_FAILURE;
}
