// The box's name service for terminals. Parses their DNS questions; holds no network: it answers on sockets
// it was handed, and the kernel lets nothing out of them but answers.

#include <cstdio>
#include <cstdlib>

#include "ipc/inherited.h"
#include "ipc/record_sink.h"
#include "names/service.h"
#include "sys/shut_in.h"

namespace {

using namespace gw;

Result<> run() {
  ipc::RecordSink records(ipc::kLogFd);
  GW_TRY(sys::shut_in(sys::Filter::namesd));
  records.write(Event(EventId::process_ready));
  return names::Service(ipc::Channel(UniqueFd(ipc::kControlFd)), system_clock()).serve();
}

}  // namespace

int main() {
  const Result<> outcome = run();
  if (outcome || outcome.error().code == ErrorCode::channel_closed) return EXIT_SUCCESS;
  std::fprintf(stderr, "%s\n", outcome.error().to_text().c_str());
  return EXIT_FAILURE;
}
