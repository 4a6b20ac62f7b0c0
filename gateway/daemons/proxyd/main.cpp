// sekisho-proxyd: one tenant's TLS legs and the relay between them. Starts in an empty network namespace
// under the tenant's own account and lives on descriptors that the supervisor hands in.

#include <cstdio>
#include <cstdlib>

#include "base/floored_clock.h"
#include "ipc/inherited.h"
#include "ipc/record_sink.h"
#include "proxy/control_link.h"
#include "sys/shut_in.h"
#include "tls/provider.h"

namespace {

gw::Result<> serve() {
  using namespace gw;
  GW_TRY(tls::install_provider());
  ipc::RecordSink sink(ipc::kLogFd);
  FlooredClock clock(system_clock());
  GW_TRY(auto reactor, sys::Reactor::make(clock));
  proxy::Worker worker(*reactor, sink);
  proxy::ControlLink link(worker, clock, ipc::Channel(UniqueFd(ipc::kControlFd)));
  GW_TRY(sys::shut_in(sys::Filter::proxyd));
  GW_TRY(link.start());
  sink.write(Event(EventId::process_ready));
  worker.run();
  return Done{};
}

}  // namespace

int main() {
  const auto served = serve();
  if (!served) std::fprintf(stderr, "sekisho-proxyd: %s\n", served.error().to_text().c_str());
  // Sessions are over and the kernel takes back the rest; unwinding frames would only add risk.
  std::_Exit(served ? EXIT_SUCCESS : EXIT_FAILURE);
}
