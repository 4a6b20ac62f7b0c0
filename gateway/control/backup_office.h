#pragma once

#include <optional>
#include <vector>

#include "backup/backups.h"
#include "changes/changes.h"
#include "control/chronicle.h"
#include "control/record_store.h"
#include "ipc/messages/control_records.h"

namespace gw::control {

/// The backups between their rules, what goes into them, whose key signs them, and whoever wants one (BAK-01
/// to BAK-05). Made when one is due or was asked for, once somebody to sign with is there. One thread.
class BackupOffice {
 public:
  static constexpr std::chrono::minutes kLookEvery{30};  ///< at all octets of one of them
  static constexpr std::chrono::seconds kAskAgain{5};    ///< for a key that did not sign

  /// All outlive it. `folder` is nobody else's.
  BackupOffice(RecordStore& store, changes::Changes& changes, Chronicle& records, const Clock& clock,
               UniqueFd folder)
      : store_(store), changes_(changes), records_(records), clock_(clock), folder_(std::move(folder)) {}
  BackupOffice(const BackupOffice&) = delete;
  BackupOffice& operator=(const BackupOffice&) = delete;

  /// A backup_plan of the supervisor.
  Result<> hear(const ipc::Frame& frame);
  void tick();
  /// Is there something to sign, now?
  bool wants_key() const;
  /// When there may be something again; nothing: no sooner than anything else happens.
  std::optional<Instant> due() const;
  /// It came, and signs.
  void use(keys::PrivateKey& key, const std::optional<model::Checkpoint>& checkpoint);
  /// It did not.
  void miss_key() { not_before_ = clock_.now() + kAskAgain; }

  /// key.unavailable while it is not known yet whose signature backups have.
  Result<backup::Backups*> backups();
  /// Who can open what leaves the box for its vendor; none: it is not known yet, or nobody.
  const std::vector<backup::Recipient>& recipients() const {
    static const std::vector<backup::Recipient> nobody;
    return settings_ ? settings_->recipients : nobody;
  }
  /// As soon as somebody signs. backup.no_recipients, account.forbidden.
  Result<> want(const accounts::Actor& actor, accounts::Told& told);
  /// What was wanted and has not begun is wanted no more, whoever asked for it; it takes nothing back that
  /// was recorded. account.forbidden.
  Result<> withdraw(const accounts::Actor& actor, accounts::Told& told);
  /// Who waits for somebody to sign.
  const std::vector<accounts::Actor>& wanted_by() const { return wanted_by_; }

 private:
  void take(backup::Settings settings);
  void note_confirmed();
  bool is_due() const;
  Result<backup::Content> content(const std::optional<model::Checkpoint>& checkpoint);
  Result<> open(keys::PrivateKey& key);
  void make(keys::PrivateKey& key, const std::optional<model::Checkpoint>& checkpoint);

  RecordStore& store_;
  changes::Changes& changes_;
  Chronicle& records_;
  const Clock& clock_;
  UniqueFd folder_;
  std::optional<backup::Settings> settings_{};  // nothing: not heard yet
  std::optional<backup::Backups> backups_{};
  changes::ChangeNumber confirmed_{};
  std::vector<accounts::Actor> wanted_by_{};
  Instant not_before_{};
  Instant look_due_{};
};

}  // namespace gw::control
