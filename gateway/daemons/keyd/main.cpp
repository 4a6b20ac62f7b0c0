// sekisho-keyd: the only holder of the box's private keys. Starts in an empty network namespace under an
// account of its own; hears the supervisor, each tenant's proxyd, whose handshakes it signs, and one-shots
// that issue or renew certificates.

#include <cstdio>
#include <cstdlib>

#include "ca/may_sign.h"
#include "ipc/inherited.h"
#include "ipc/record_sink.h"
#include "keepers.h"
#include "keys/service.h"
#include "sys/shut_in.h"

namespace {

using namespace gw;

/// On the lane, so that nobody waits for a TPM that is silent but who has keys in it.
void connect(keyd::Keepers& keepers, keys::Lane& lane, ipc::RecordSink& records) {
  lane.put({{}, [&]() -> keys::Told {
              return [&records, connected = keepers.connect()]() -> Result<> {
                if (!connected)
                  records.write(Event(EventId::tpm_silent).add(Field::detail, connected.error().detail));
                return Done{};
              };
            }});
}

Result<> run() {
  ipc::RecordSink records(ipc::kLogFd);
  GW_TRY(auto keepers_made, keyd::Keepers::open(ipc::kInputFd, ipc::kSecondInputFd, ipc::kThirdInputFd));
  GW_TRY(auto lane_made, keys::Lane::open([] { return sys::shut_in_thread(sys::Filter::keyd); }));
  // Never given back: the lane's end would wait for a signature under way, and until the process has ended it
  // works with the keepers.
  keyd::Keepers* const keepers = keepers_made.release();
  keys::Lane* const lane = lane_made.release();
  GW_TRY(sys::shut_in(sys::Filter::keyd));
  connect(*keepers, *lane, records);
  records.write(Event(EventId::process_ready));
  FlooredClock clock(system_clock());
  return keys::Service(ipc::Channel(UniqueFd(ipc::kControlFd)), records, *keepers, *lane, ca::may_sign, clock)
      .serve();
}

}  // namespace

int main() {
  const Result<> outcome = run();
  const bool ended = outcome || outcome.error().code == ErrorCode::channel_closed;
  if (!ended) std::fprintf(stderr, "sekisho-keyd: %s\n", outcome.error().to_text().c_str());
  // A signature under way would hold up the end; nobody waits for it any more.
  std::_Exit(ended ? EXIT_SUCCESS : EXIT_FAILURE);
}
