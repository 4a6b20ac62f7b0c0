// sekisho-controld: the box's memory. Keeps its records in one folder, support files and an image that is
// fetched each in a folder within it, and its backups in another; holds no key, no network and no power of
// its own. Hears the supervisor, and those whom the supervisor lets read. Knows the box's administrators, and
// answers webd for them.

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>

#include "control/inheritance.h"
#include "control/keeper.h"
#include "ipc/inherited.h"
#include "sys/shut_in.h"

namespace {

using namespace gw;

/// A folder within the store's own.
Result<UniqueFd> open_folder(const char* name) {
  if (::mkdir(name, 0700) != 0 && errno != EEXIST) return system_error(std::string("mkdir ") + name);
  UniqueFd out(::open(name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
  if (!out) return system_error(std::string("open ") + name);
  return out;
}

Result<> run() {
  ipc::RecordSink log(ipc::kLogFd);
  if (::fchdir(ipc::kInputFd) != 0) return system_error("fchdir");
  UniqueFd backups(ipc::kReferenceFd);
  const sys::Grant folders[] = {{ipc::kInputFd, sys::Use::keep_files}, {backups.get(), sys::Use::keep_files}};
  // Before anything is opened: what was not handed in left its number free.
  GW_TRY(control::Inheritance inheritance, control::read_inheritance());
  GW_TRY(UniqueFd bundles, open_folder("bundles"));
  GW_TRY(UniqueFd images, open_folder("image"));
  GW_TRY(sys::shut_in(sys::Filter::controld, folders));
  GW_TRY(auto store, control::RecordStore::open("."));
  control::Chronicle records(store, log, system_clock());
  GW_TRY(auto accounts,
         accounts::Accounts::open(store.database(), system_clock(),
                                  accounts::Seal(std::move(inheritance.seal)), {}, inheritance.bootstrap));
  control::PacksFound packs = control::judge_packs(inheritance.packs);
  control::ProfilesFound profiles = control::judge_profiles(inheritance.profiles);
  for (const auto* refused : {&packs.refused, &profiles.refused})
    for (const auto& one : *refused)
      records.write(Event(EventId::pack_refused).add(Field::object, one.file).add(Field::detail, one.why));
  Event ready(EventId::process_ready);
  if (inheritance.is_label_spoilt)
    ready.add(Field::detail, "bootstrap.hash is no hash of a label's secret, and is taken for none");
  records.write(std::move(ready));
  return control::keep(
      store, accounts, ipc::Channel(UniqueFd(ipc::kControlFd)), records, system_clock(),
      {std::move(backups), std::move(bundles), std::move(images), std::move(packs), std::move(profiles)});
}

}  // namespace

int main() {
  const Result<> outcome = run();
  if (outcome || outcome.error().code == ErrorCode::channel_closed) return EXIT_SUCCESS;
  std::fprintf(stderr, "sekisho-controld: %s\n", outcome.error().to_text().c_str());
  return EXIT_FAILURE;
}
