#include "spare.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <memory>

#include "accounts/shelf.h"
#include "backup/account_parts.h"
#include "backup/shelf.h"
#include "base/text.h"
#include "config/value.h"
#include "control/record_store.h"
#include "folders.h"
#include "model/accounts.h"

namespace gw::oneshots {
namespace {

using accounts::Account;
using accounts::AccountState;

constexpr std::string_view kLabelFile = "bootstrap.hash";
constexpr const char *kText = "sekisho.yaml", *kKeepsake = "restored from";

struct FolderCloser {
  void operator()(DIR* folder) const { ::closedir(folder); }
};

Error failed(const Error& why) { return {ErrorCode::restore_failed, why.to_text()}; }

/// What was inside is somebody's own text, though a box signed it: each path is judged as the compiler does.
Result<> put_configuration(const config::Sources& sources, int folder) {
  for (const config::Sources::File& file : sources.files) {
    GW_TRY(const auto path, config::FilePath::parse(file.path));
    if (path.value == kText) return Error{ErrorCode::backup_malformed, "two files are called " + path.value};
    GW_TRY(put_beneath(folder, path.value, file.content));
  }
  return put_beneath(folder, kText, as_bytes(sources.text));
}

/// LOG-03: the first record of the new chain says where the old one ended.
model::Record first_record(const BackupFile& file) {
  const backup::Seal& seal = *file.opened.report.seal;
  Event event(EventId::backup_restored);
  event.add(Field::object, backup::file_name_of(seal.head));
  event.add(Field::digest, to_hex(pki::sha256_of(file.octets)));
  event.add(Field::name, seal.head.box + " at " + seal.head.site);
  event.add(Field::change, seal.head.change);
  if (seal.head.checkpoint)
    event.add(Field::last, seal.head.checkpoint->number)
        .add(Field::link_last, to_hex(seal.head.checkpoint->link));
  event.add(Field::detail, "signed by the key " + to_hex(file.opened.report.signer));
  return {system_clock().civil_now(), model::ClockState::right, "backup", {}, std::move(event)};
}

bool is_administrator(const Account& account) {
  return account.role == accounts::Role::clinic_admin && account.state == AccountState::active;
}

/// Where somebody can sign in who may appoint others, the secret on the label opens nothing any more
/// (ADM-04).
Result<> put_accounts(std::vector<Account>& accounts, store::Database& database) {
  accounts::Shelf shelf(database);
  const auto administrator = std::ranges::find_if(accounts, is_administrator);
  GW_TRY(shelf.prepare(std::nullopt));
  for (Account& account : accounts) GW_TRY(shelf.put(account));
  if (administrator == accounts.end()) return Done{};
  GW_TRY(shelf.prepare(accounts::hash_code(accounts::random_code().view())));
  return shelf.put(accounts::Shelf::Bootstrap{true, std::nullopt, administrator->id});
}

/// They are controld's from now on.
Result<> hand_over(const std::string& path) {
  const std::unique_ptr<DIR, FolderCloser> folder(::opendir(path.c_str()));
  if (!folder) return system_error("opendir(" + path + ")");
  const int fd = ::dirfd(folder.get());
  while (const dirent* entry = ::readdir(folder.get()))
    if (std::string_view(entry->d_name) != ".." &&
        ::fchownat(fd, entry->d_name, model::kControlAccount, model::kControlAccount, AT_SYMLINK_NOFOLLOW) !=
            0)
      return system_error("chown(" + path + "/" + entry->d_name + ")");
  if (::fsync(fd) != 0) return system_error("fsync(" + path + ")");
  return Done{};
}

Result<> put_state(const BackupFile& file, std::vector<Account>& accounts, const std::string& folder) {
  const std::string records = folder + "/records";
  if (::mkdir(records.c_str(), 0700) != 0) return system_error("mkdir(" + records + ")");
  {
    GW_TRY(auto store, control::RecordStore::open(records));
    const model::Record first[] = {first_record(file)};
    GW_TRY(store.together(first, [&]() -> Result<> {
      GW_TRY(put_accounts(accounts, store.database()));
      return store.keep_keepsake(kKeepsake, text_of(*file.opened.report.seal));
    }));
  }
  return hand_over(records);
}

}  // namespace

Result<Restored> restore_spare(const BackupFile& file, const config::Sources& sources,
                               const Options& options) {
  GW_TRY(auto accounts, backup::accounts_in(file.opened.parts));
  GW_TRY(const UniqueFd state, empty_folder(options.state, kLabelFile));
  GW_TRY(const UniqueFd config, empty_folder(options.config));
  if (const Result<> put = put_configuration(sources, config.get()); !put) return failed(put.error());
  if (const Result<> put = put_state(file, accounts, options.state); !put) return failed(put.error());
  Restored out;
  out.is_claimed = std::ranges::any_of(accounts, is_administrator);
  for (const Account& account : accounts)
    if (account.state == AccountState::invited) out.to_reset.push_back(account.name);
  return out;
}

}  // namespace gw::oneshots
