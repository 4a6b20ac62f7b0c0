// sekisho-keyd: the only holder of the box's private keys. Starts in an empty network namespace under an
// account of its own; hears the supervisor and each tenant's proxyd, and signs their handshakes.

#include <cstdio>
#include <cstdlib>

#include "ipc/inherited.h"
#include "ipc/record_sink.h"
#include "keepers.h"
#include "keys/service.h"
#include "sys/shut_in.h"

namespace {

using namespace gw;

Result<> run() {
  ipc::RecordSink records(ipc::kLogFd);
  GW_TRY(const auto keepers, keyd::Keepers::open(ipc::kInputFd, ipc::kSecondInputFd));
  GW_TRY(const auto lane, keys::Lane::open([] { return sys::shut_in_thread(sys::Filter::keyd); }));
  GW_TRY(sys::shut_in(sys::Filter::keyd));
  if (!keepers->complaint().empty())
    records.write(Event(EventId::tpm_silent).add(Field::detail, keepers->complaint()));
  records.write(Event(EventId::process_ready));
  FlooredClock clock(system_clock());
  const auto open = [&](const Secret& pem) { return keepers->key(pem); };
  return keys::Service(ipc::Channel(UniqueFd(ipc::kControlFd)), records, open, *lane, clock).serve();
}

}  // namespace

int main() {
  const Result<> outcome = run();
  const bool ended = outcome || outcome.error().code == ErrorCode::channel_closed;
  if (!ended) std::fprintf(stderr, "sekisho-keyd: %s\n", outcome.error().to_text().c_str());
  // A signature under way would hold up the end; nobody waits for it any more.
  std::_Exit(ended ? EXIT_SUCCESS : EXIT_FAILURE);
}
