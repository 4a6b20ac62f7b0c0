#include "backup/backups.h"

#include <unistd.h>

#include <algorithm>

#include "base/text.h"

namespace gw::backup {
namespace {

using accounts::Operation;
using accounts::told_of;

std::chrono::seconds seconds_of(CivilTime time) {
  return std::chrono::floor<std::chrono::seconds>(time.time_since_epoch());
}

std::string reasons_of(const Report& report) {
  std::string out;
  for (const auto& [fault, part] : report.faults) {
    if (!out.empty()) out += ", ";
    out += to_string(fault);
    if (!part.empty()) out.append(" ").append(part);
  }
  return out;
}

}  // namespace

Result<Backups> Backups::open(UniqueFd folder, const Clock& clock, Settings settings,
                              const pki::Sha256& signer) {
  GW_TRY(Shelf shelf, Shelf::open(std::move(folder)));
  GW_TRY(const Listing listing, shelf.list());
  Backups out(std::move(shelf), clock, std::move(settings), signer);
  for (const Generation& one : listing.generations) {
    const CivilTime made{one.head.made};
    out.history_.last = made;
    if (one.head.kind == Kind::daily) out.history_.last_daily = made;
  }
  return out;
}

Result<Generation> Backups::write(Kind kind, const Content& content, keys::PrivateKey& signer, Event& made,
                                  Told& told) {
  GW_TRY(const std::uint64_t number, shelf_.next_number());
  const Head head{number, settings_.box,  settings_.site,    seconds_of(clock_->civil_now()),
                  kind,   content.change, content.checkpoint};
  made.add(Field::object, file_name_of(head));
  tell_recipients(told);
  GW_TRY(const auto container, make_container(head, content.parts, settings_.recipients, signer));
  made.add(Field::digest, to_hex(pki::sha256_of(container)));
  return shelf_.put(head, container);
}

/// The record of what came of it; and what is too many goes only once there is a new one.
Result<Generation> Backups::tell_made(Result<Generation> made, Kind kind, Event event, Told& told) {
  event.add(Field::reason, to_string(kind));
  if (!made) {
    history_.failures += 1;
    history_.last_failure = clock_->civil_now();
    event.add(Field::detail, made.error().to_text()).add(Field::result, "failed");
    told.push_back(std::move(event));
    return made;
  }
  history_.failures = 0;
  history_.last = clock_->civil_now();
  if (kind == Kind::daily) history_.last_daily = history_.last;
  told.push_back(std::move(event.add(Field::result, "done")));
  GW_TRY(remove_surplus(told));
  return made;
}

Result<Generation> Backups::make(Kind kind, const Content& content, keys::PrivateKey& signer, Told& told) {
  Event event(EventId::backup_made);
  auto made = write(kind, content, signer, event, told);
  if (!made) event = Event(EventId::backup_failed);
  return tell_made(std::move(made), kind, std::move(event), told);
}

Result<Generation> Backups::make_by_hand(const Actor& actor, const Content& content, keys::PrivateKey& signer,
                                         Told& told) {
  GW_TRY(accounts::authorise(actor, Operation::backup_make, told));
  Event event = told_of(EventId::backup_made, actor);
  auto made = write(Kind::by_hand, content, signer, event, told);
  if (!made) event = told_of(EventId::backup_failed, actor);
  return tell_made(std::move(made), Kind::by_hand, std::move(event), told);
}

void Backups::note_failure(Kind kind, const Error& why, Told& told) {
  static_cast<void>(tell_made(why, kind, Event(EventId::backup_failed), told));
}

Result<> Backups::remove_surplus(Told& told) {
  GW_TRY(const Listing listing, shelf_.list());
  std::vector<Age> ages;
  for (const Generation& one : listing.generations) ages.push_back({one.head.number, one.head.made});
  for (const std::uint64_t number : surplus(ages, settings_.keep, listing.last_good)) {
    GW_TRY(shelf_.remove(number));
    const auto gone =
        std::ranges::find(listing.generations, number, [](const auto& one) { return one.head.number; });
    told.push_back(Event(EventId::backup_removed).add(Field::object, gone->file).add(Field::result, "done"));
  }
  return Done{};
}

void Backups::tell_recipients(Told& told) const {
  for (const Recipient& one : settings_.recipients)
    if (const auto concern = one.concern(clock_->civil_now()))
      told.push_back(Event(EventId::backup_recipient_due)
                         .add(Field::object, one.name())
                         .add(Field::digest, to_hex(one.fingerprint()))
                         .add(Field::detail, *concern));
}

Result<Listing> Backups::list(const Actor& actor, Told& told) const {
  GW_TRY(accounts::authorise(actor, Operation::status_read, told));
  return shelf_.list();
}

void Backups::tell_damaged(const std::string& file, std::string_view reason, Told& told) {
  if (!told_damaged_.insert(file).second) return;
  told.push_back(Event(EventId::backup_damaged).add(Field::object, file).add(Field::reason, reason));
}

Result<TakenAlong> Backups::take_along(const Actor& actor, std::uint64_t number, Told& told) {
  GW_TRY(accounts::authorise(actor, Operation::backup_export, told));
  GW_TRY(const auto octets, shelf_.read(number));
  const Report report = examine(octets, expected());
  const std::string name = report.seal ? file_name_of(report.seal->head) : "backup " + std::to_string(number);
  Event event = told_of(EventId::backup_exported, actor);
  event.add(Field::object, name);
  if (!report.is_good()) {
    tell_damaged(name, reasons_of(report), told);
    told.push_back(event.add(Field::reason, reasons_of(report)).add(Field::result, "refused"));
    return Error{ErrorCode::backup_damaged, name + " (" + reasons_of(report) + "); take another one"};
  }
  TakenAlong out{{}, name, extent_of(octets)};
  GW_TRY(out.file, shelf_.open_file(number));
  told.push_back(event.add(Field::digest, to_hex(out.extent.digest)).add(Field::result, "done"));
  return out;
}

Result<Opened> Backups::try_out(const Actor& actor, std::uint64_t number, X509* certificate, EVP_PKEY* key,
                                Told& told) {
  GW_TRY(accounts::authorise(actor, Operation::backup_restore, told));
  GW_TRY(const auto octets, shelf_.read(number));
  Opened opened = open_backup(octets, expected(), certificate, key);
  const bool is_good = opened.report.is_good();
  Event event = told_of(is_good ? EventId::backup_tried : EventId::backup_useless, actor);
  event.add(Field::object, "backup " + std::to_string(number));
  event.add(Field::digest, to_hex(pki::sha256_of(octets)));
  if (!is_good) event.add(Field::reason, reasons_of(opened.report));
  told.push_back(event.add(Field::result, is_good ? "done" : "refused"));
  if (is_good) GW_TRY(mark_good(number, "tried", told));
  return opened;
}

Result<Backups::Looked> Backups::look_at(const Actor& actor, std::uint64_t number, Told& told) {
  GW_TRY(accounts::authorise(actor, Operation::backup_make, told));
  GW_TRY(const auto octets, shelf_.read(number));
  Looked out{examine(octets, expected()), pki::sha256_of(octets)};
  if (!out.report.is_good())
    tell_damaged(out.report.seal ? file_name_of(out.report.seal->head) : "backup " + std::to_string(number),
                 reasons_of(out.report), told);
  return out;
}

Result<> Backups::note_tried(const Actor& actor, std::uint64_t number, const pki::Sha256& digest,
                             Told& told) {
  GW_TRY(accounts::authorise(actor, Operation::backup_restore, told));
  GW_TRY(const auto octets, shelf_.read(number));
  const bool is_same = pki::sha256_of(octets) == digest && examine(octets, expected()).is_good();
  Event event = told_of(is_same ? EventId::backup_tried : EventId::backup_useless, actor);
  event.add(Field::object, "backup " + std::to_string(number)).add(Field::digest, to_hex(digest));
  event.add(Field::reason, is_same ? "tried elsewhere" : "another file");
  told.push_back(event.add(Field::result, is_same ? "done" : "refused"));
  if (!is_same)
    return Error{ErrorCode::backup_useless, "backup " + std::to_string(number) + " is another file"};
  return mark_good(number, "tried", told);
}

Result<> Backups::mark_good(std::uint64_t number, std::string_view reason, Told& told) {
  GW_TRY(shelf_.mark_good(number));
  told.push_back(Event(EventId::backup_last_good)
                     .add(Field::object, "backup " + std::to_string(number))
                     .add(Field::reason, reason));
  return Done{};
}

Result<> Backups::look_at_one(Told& told) {
  GW_TRY(const Listing listing, shelf_.list());
  for (const DamagedFile& one : listing.damaged) tell_damaged(one.file, to_string(Fault::malformed), told);
  if (listing.generations.empty()) return Done{};
  const auto next = std::ranges::upper_bound(listing.generations, looked_at_, {},
                                             [](const Generation& one) { return one.head.number; });
  const Generation& one = next == listing.generations.end() ? listing.generations.front() : *next;
  looked_at_ = one.head.number;
  GW_TRY(const auto octets, shelf_.read(one.head.number));
  const Report report = examine(octets, expected());
  if (!report.is_good()) tell_damaged(one.file, reasons_of(report), told);
  return Done{};
}

}  // namespace gw::backup
