#include "control/bundle_office.h"

#include <algorithm>

#include "base/jst.h"
#include "base/text.h"

namespace gw::control {
namespace {

using accounts::Actor;
using accounts::Told;
using bundle::Head;

constexpr const char* kNumberKept = "support file";
constexpr std::string_view kAbout = "about.txt";

std::chrono::seconds seconds_of(CivilTime time) {
  return std::chrono::floor<std::chrono::seconds>(time.time_since_epoch());
}

Result<> check(const Wish& wish) {
  const auto scopes = bundle_scopes();
  const bool is_known = std::ranges::all_of(
      wish.scopes, [&](const std::string& one) { return std::ranges::find(scopes, one) != scopes.end(); });
  if (is_known && !wish.scopes.empty()) return Done{};
  std::string list;
  for (const std::string& one : scopes) list.append(list.empty() ? "" : ", ").append(one);
  return Error{ErrorCode::bundle_unsuitable, "scopes are: " + list};
}

std::vector<bundle::Piece> pieces_of(const Collection& collection) {
  std::vector<bundle::Piece> out;
  for (const Collection::File& one : collection.files())
    out.push_back({std::string(one.name), one.text.size(), one.problem});
  return out;
}

/// For whoever opens it.
std::string about(const Head& head) {
  std::string out =
      "A support file of a sekisho box. Names, addresses and host names are pseudonyms; the clinic "
      "knows what they stand for.\n\n";
  out.append("number ").append(std::to_string(head.number)).append("\n");
  out.append("made ").append(to_jst_text(head.made)).append("\n");
  out.append("mode ").append(head.strict ? "strict" : "ordinary").append("\n");
  out.append("records of the last ").append(std::to_string(head.hours)).append(" hours\n\n");
  for (const bundle::Piece& one : head.pieces)
    out.append(one.file)
        .append(" ")
        .append(one.problem.empty() ? std::to_string(one.size) + " octets" : "is missing: " + one.problem)
        .append("\n");
  return out;
}

Event with_file(Event event, std::string_view file) { return std::move(event.add(Field::object, file)); }

std::string name_of(std::uint64_t number) { return "support file " + std::to_string(number); }

}  // namespace

Result<std::uint64_t> BundleOffice::next_number(RecordStore& store) const {
  GW_TRY(const auto kept, store.keepsake(kNumberKept));
  const std::uint64_t number = parse_decimal(kept.value_or("0")).value_or(0) + 1;
  GW_TRY(store.keep_keepsake(kNumberKept, std::to_string(number)));
  return number;
}

Result<std::uint64_t> BundleOffice::want(const Actor& actor, Wish wish, const WebAround& around, Told& told) {
  GW_TRY(accounts::authorise(actor, accounts::Operation::bundle_make, told));
  if (!shelf_) return shelf_.error();
  if (collection_) return Error{ErrorCode::bundle_under_way};
  GW_TRY(check(wish));
  if (around.backups.recipients().empty()) return Error{ErrorCode::backup_no_recipients};
  GW_TRY(const std::uint64_t number, next_number(around.store));
  collection_ = std::make_unique<Collection>(number, actor, std::move(wish), clock_.civil_now());
  failed_.reset();
  return number;
}

void BundleOffice::step(const WebAround& around) {
  if (shelf_ && clock_.now() >= look_due_) remove_old();
  if (!collection_) return;
  if (collection_->is_over()) return finish(around);
  if (const Result<> done = collection_->step(around); !done) fail(done.error());
}

void BundleOffice::told(const ErrandLine::Answer& answer, const WebAround& around) {
  if (collection_) collection_->told(answer, around);
}

std::optional<Instant> BundleOffice::due() const {
  if (!collection_) return std::nullopt;
  return collection_->waits_until().value_or(Instant{});
}

Result<Head> BundleOffice::pack(const WebAround& around) {
  Head head{.number = collection_->number(),
            .by = collection_->actor().name,
            .made = seconds_of(clock_.civil_now()),
            .hours = collection_->wish().hours,
            .strict = collection_->wish().strict,
            .pieces = pieces_of(*collection_),
            .meanings = collection_->pseudonyms().meanings()};
  for (const backup::Recipient& one : around.backups.recipients()) head.recipients.push_back(one.name());
  const std::string text = about(head);
  head.pieces.insert(head.pieces.begin(), {std::string(kAbout), text.size(), {}});
  std::vector<backup::Member> members{{std::string(kAbout), as_bytes(text)}};
  for (const Collection::File& one : collection_->files())
    if (one.problem.empty()) members.push_back({std::string(one.name), as_bytes(one.text)});
  return shelf_->put(std::move(head), members, around.backups.recipients());
}

void BundleOffice::finish(const WebAround& around) {
  const Result<Head> made = pack(around);
  if (!made) return fail(made.error());
  records_.write(with_file(accounts::told_of(EventId::bundle_made, collection_->actor()), file_name_of(*made))
                     .add(Field::digest, to_hex(made->extent.digest))
                     .add(Field::result, "done"));
  collection_.reset();
  remove_surplus();
}

void BundleOffice::fail(const Error& why) {
  failed_ = Failed{collection_->number(), collection_->actor().name, why};
  records_.write(
      with_file(accounts::told_of(EventId::bundle_removed, collection_->actor()), name_of(failed_->number))
          .add(Field::reason, to_string(why.code))
          .add(Field::detail, why.to_text())
          .add(Field::result, "failed"));
  collection_.reset();
}

void BundleOffice::remove_old() {
  look_due_ = clock_.now() + kLookEvery;
  const auto now = seconds_of(clock_.civil_now());
  const std::vector<Head> heads = shelf_->heads();
  for (const Head& one : heads)
    if (now >= one.made + bundle::Shelf::kKept) take_away(one.number, "expired");
}

void BundleOffice::remove_surplus() {
  while (shelf_->heads().size() > bundle::Shelf::kMost) {
    const std::size_t before = shelf_->heads().size();
    take_away(shelf_->heads().front().number, "surplus");
    if (shelf_->heads().size() == before) return;  // the next time
  }
}

void BundleOffice::take_away(std::uint64_t number, std::string_view reason) {
  const Result<Head> gone = shelf_->remove(number);
  Event event = gone ? with_file(Event(EventId::bundle_removed), file_name_of(*gone))
                     : with_file(Event(EventId::bundle_removed), name_of(number));
  if (!gone) event.add(Field::detail, gone.error().to_text());
  if (!gone) look_due_ = clock_.now() + kLookAgain;
  records_.write(event.add(Field::reason, reason).add(Field::result, gone ? "done" : "failed"));
}

Result<std::vector<Head>> BundleOffice::ready() const {
  if (!shelf_) return shelf_.error();
  return shelf_->heads();
}

Result<Head> BundleOffice::find(std::uint64_t number) const {
  if (!shelf_) return shelf_.error();
  return shelf_->find(number);
}

Result<std::string> BundleOffice::file(std::uint64_t number, std::string_view name) const {
  if (!shelf_) return shelf_.error();
  return shelf_->read(number, name);
}

Result<backup::TakenAlong> BundleOffice::take_along(const Actor& actor, std::uint64_t number, Told& told) {
  GW_TRY(accounts::authorise(actor, accounts::Operation::bundle_make, told));
  GW_TRY(const Head head, find(number));
  backup::TakenAlong out{{}, file_name_of(head), head.extent};
  GW_TRY(out.file, shelf_->open_file(number));
  told.push_back(with_file(accounts::told_of(EventId::bundle_exported, actor), out.name)
                     .add(Field::digest, to_hex(head.extent.digest))
                     .add(Field::result, "done"));
  return out;
}

Result<> BundleOffice::remove(const Actor& actor, std::uint64_t number, Told& told) {
  GW_TRY(accounts::authorise(actor, accounts::Operation::bundle_make, told));
  std::string name = name_of(number);
  if (collection_ && collection_->number() == number) {
    collection_.reset();
  } else if (failed_ && failed_->number == number) {
    failed_.reset();
    return Done{};
  } else {
    if (!shelf_) return shelf_.error();
    GW_TRY(const Head gone, shelf_->remove(number));
    name = file_name_of(gone);
  }
  told.push_back(with_file(accounts::told_of(EventId::bundle_removed, actor), name)
                     .add(Field::reason, "given_up")
                     .add(Field::result, "done"));
  return Done{};
}

}  // namespace gw::control
