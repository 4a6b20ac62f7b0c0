#include "control/backup_office.h"

#include <fcntl.h>

#include "accounts/shelf.h"
#include "backup/account_parts.h"
#include "backup/certificate_part.h"
#include "backup/configuration_parts.h"
#include "base/codec.h"
#include "model/backup_plan.h"
#include "sys/sealed.h"

namespace gw::control {
namespace {

using accounts::Told;

constexpr std::size_t kMostWanted = 4;

/// conf-compile has looked at each of them.
Result<backup::Settings> settings_in(Bytes octets) {
  if (octets.empty()) return backup::Settings{};
  GW_TRY(const auto plan, decode<model::BackupPlan>(octets));
  backup::Settings out{.box = plan.backup.box, .site = plan.site};
  out.keep = backup::Keep::generations(plan.backup.generations).value_or(backup::Keep());
  for (const model::Backup::Recipient& one : plan.backup.recipients) {
    GW_TRY(auto recipient, backup::Recipient::parse(one.name, one.pem));
    out.recipients.push_back(std::move(recipient));
  }
  return out;
}

}  // namespace

Result<> BackupOffice::hear(const ipc::Frame& frame) {
  GW_TRY(const auto octets, sys::read_sealed(frame.fds.front().get(), model::kMostBackupPlan));
  GW_TRY(auto settings, settings_in(octets));
  take(std::move(settings));
  return Done{};
}

/// That there are no backups is said whenever it has become so.
void BackupOffice::take(backup::Settings settings) {
  const bool had_any = !settings_ || !settings_->recipients.empty();
  settings_ = std::move(settings);
  if (had_any && settings_->recipients.empty()) records_.write(Event(EventId::backup_no_recipients));
  if (backups_) backups_->set(*settings_);
}

void BackupOffice::tick() {
  if (!backups_) return;
  note_confirmed();
  if (clock_.now() < look_due_) return;
  look_due_ = clock_.now() + kLookEvery;
  Told told;
  static_cast<void>(static_cast<bool>(backups_->look_at_one(told)));  // again the next time
  records_.write(std::move(told));
}

/// What cannot be read now is read the next time.
void BackupOffice::note_confirmed() {
  const auto number = changes_.confirmed();
  if (!number || *number == confirmed_) return;
  const auto change = changes_.find(*number);
  if (!change) return;
  confirmed_ = *number;
  backups_->note_confirmed(change->ended);
}

/// A box whose configuration is not part of any history yet has nothing to keep.
bool BackupOffice::is_due() const {
  if (!settings_ || settings_->recipients.empty()) return false;
  if (!backups_ || !wanted_by_.empty()) return true;
  return confirmed_ != changes::ChangeNumber{} && backups_->due().at <= clock_.civil_now();
}

bool BackupOffice::wants_key() const { return is_due() && clock_.now() >= not_before_; }

std::optional<Instant> BackupOffice::due() const {
  return is_due() ? std::optional<Instant>(not_before_) : std::nullopt;
}

Result<backup::Backups*> BackupOffice::backups() {
  if (!backups_) return Error{ErrorCode::key_unavailable, "the key that signs backups"};
  return &*backups_;
}

Result<> BackupOffice::want(const accounts::Actor& actor, Told& told) {
  GW_TRY(accounts::authorise(actor, accounts::Operation::backup_make, told));
  if (!settings_ || settings_->recipients.empty()) return Error{ErrorCode::backup_no_recipients};
  if (wanted_by_.size() < kMostWanted) wanted_by_.push_back(actor);
  return Done{};
}

Result<> BackupOffice::withdraw(const accounts::Actor& actor, Told& told) {
  GW_TRY(accounts::authorise(actor, accounts::Operation::backup_make, told));
  wanted_by_.clear();
  return Done{};
}

Result<> BackupOffice::open(keys::PrivateKey& key) {
  if (backups_) return Done{};
  UniqueFd folder(::openat(folder_.get(), ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!folder) return system_error("open(the folder of backups)");
  GW_TRY(backups_, backup::Backups::open(std::move(folder), clock_, settings_.value_or(backup::Settings{}),
                                         pki::sha256_of(key.public_key())));
  note_confirmed();
  return Done{};
}

void BackupOffice::use(keys::PrivateKey& key, const std::optional<model::Checkpoint>& checkpoint) {
  if (const Result<> opened = open(key); !opened) {
    records_.write(Event(EventId::backup_failed).add(Field::detail, opened.error().to_text()));
    return miss_key();
  }
  if (is_due()) make(key, checkpoint);
}

Result<backup::Content> BackupOffice::content(const std::optional<model::Checkpoint>& checkpoint) {
  GW_TRY(const changes::ChangeNumber number, changes_.confirmed());
  GW_TRY(const auto sealed, changes_.sources(number));
  GW_TRY(const auto sources, decode<config::Sources>(sealed));
  GW_TRY(auto parts, backup::parts_of(sources));
  GW_TRY(const auto accounts, accounts::Shelf(store_.database()).all());
  parts.push_back(backup::part_of(accounts));
  parts.push_back(backup::certificates_of(sources));
  return backup::Content{number.number(), checkpoint, std::move(parts)};
}

/// One for all who asked; each of them is named.
void BackupOffice::make(keys::PrivateKey& key, const std::optional<model::Checkpoint>& checkpoint) {
  Told told;
  const auto wanted_by = std::exchange(wanted_by_, {});
  const backup::Due due = backups_->due();
  const auto found = content(checkpoint);
  if (!found)
    backups_->note_failure(wanted_by.empty() ? due.kind : backup::Kind::by_hand, found.error(), told);
  for (const accounts::Actor& actor : wanted_by)
    if (found) static_cast<void>(static_cast<bool>(backups_->make_by_hand(actor, *found, key, told)));
  if (found && wanted_by.empty())
    static_cast<void>(static_cast<bool>(backups_->make(due.kind, *found, key, told)));
  records_.write(std::move(told));
}

}  // namespace gw::control
