// sekisho-controld: the box's memory. Keeps its records in one folder and its backups in another; holds no
// key, no network and no power of its own. Hears the supervisor, and those whom the supervisor lets read.
// Knows the box's administrators, and answers webd for them.

#include <unistd.h>

#include <cstdio>
#include <cstdlib>

#include "control/inheritance.h"
#include "control/keeper.h"
#include "ipc/inherited.h"
#include "sys/shut_in.h"

namespace {

using namespace gw;

Result<> run() {
  ipc::RecordSink log(ipc::kLogFd);
  if (::fchdir(ipc::kInputFd) != 0) return system_error("fchdir");
  UniqueFd backups(ipc::kReferenceFd);
  const sys::Grant folders[] = {{ipc::kInputFd, sys::Use::keep_files}, {backups.get(), sys::Use::keep_files}};
  GW_TRY(control::Inheritance inheritance, control::read_inheritance());
  GW_TRY(sys::shut_in(sys::Filter::controld, folders));
  GW_TRY(auto store, control::RecordStore::open("."));
  control::Chronicle records(store, log, system_clock());
  GW_TRY(auto accounts,
         accounts::Accounts::open(store.database(), system_clock(),
                                  accounts::Seal(std::move(inheritance.seal)), {}, inheritance.bootstrap));
  records.write(Event(EventId::process_ready));
  return control::keep(store, accounts, ipc::Channel(UniqueFd(ipc::kControlFd)), records, system_clock(),
                       std::move(backups));
}

}  // namespace

int main() {
  const Result<> outcome = run();
  if (outcome || outcome.error().code == ErrorCode::channel_closed) return EXIT_SUCCESS;
  std::fprintf(stderr, "sekisho-controld: %s\n", outcome.error().to_text().c_str());
  return EXIT_FAILURE;
}
