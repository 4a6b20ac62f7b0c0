// Watcher of one network namespace. Parses the kernel's notices and the headers of refused packets; holds the
// capability to open its sockets until they are open, and nothing afterwards.

#include <cstdio>
#include <cstdlib>

#include "ipc/inherited.h"
#include "sys/shut_in.h"
#include "watch/watcher.h"

namespace {

using namespace gw;

Result<> run() {
  GW_TRY(watch::Senses senses, watch::Senses::open());
  ipc::RecordSink records(ipc::kLogFd);
  GW_TRY(sys::shut_in(sys::Filter::watchd));
  records.write(Event(EventId::process_ready));
  watch::Watcher watcher(std::move(senses), ipc::Channel(UniqueFd(ipc::kControlFd)), records, system_clock());
  return watcher.watch();
}

}  // namespace

int main() {
  const Result<> outcome = run();
  if (outcome || outcome.error().code == ErrorCode::channel_closed) return EXIT_SUCCESS;
  std::fprintf(stderr, "%s\n", outcome.error().to_text().c_str());
  return EXIT_FAILURE;
}
