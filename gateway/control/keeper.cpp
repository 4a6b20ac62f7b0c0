#include "control/keeper.h"

#include <poll.h>

#include <algorithm>
#include <iterator>
#include <utility>

#include "base/codec.h"

namespace gw::control {
namespace {

namespace wire = ipc::control_records;
using ipc::type_number;
using wire::Msg;

constexpr const char* kKeyKept = "checkpoint key";
constexpr std::size_t kMostAtOnce = 2'000;  // records in one transaction
constexpr std::chrono::seconds kRetryEvery{1};
/// A key in a TPM signs in less; while it is waited for nothing is written down.
constexpr keys::Holder kKeyd{"keyd", std::chrono::seconds(10)};

}  // namespace

Result<> keep(RecordStore& store, accounts::Accounts& accounts, ipc::Channel control, Chronicle& records,
              const Clock& clock, Keeper::Holdings holdings) {
  GW_TRY(auto maintenance, maintenance::Maintenance::open(store.database(), clock));
  GW_TRY(auto reviews, ReviewOffice::open(store, records, clock));
  setup::Setup setup(store.database(), clock);
  incidents::Incidents incidents(store.database(), clock, chain_of(store, records));
  incidents::Contacts contacts(store.database(), clock, chain_of(store, records));
  return Keeper(store, {accounts, maintenance, reviews, setup, incidents, contacts}, std::move(control),
                records, clock, std::move(holdings))
      .serve();
}

Result<> Keeper::serve() {
  conversation_.enter(wire::Phase::serving);
  GW_TRY(control_.send(type_number(Msg::ready), 0,
                       encode(wire::Kept{store_.run(), store_.kept_of(store_.run())})));
  checkpoint_due_ = clock_.now();
  if (store_.last_signed() > store_.last())
    records_.write(
        Event(EventId::records_cut_off)
            .add(Field::count, store_.last_signed() - store_.last())
            .add(Field::detail, "record " + std::to_string(store_.last()) + " is the last that is left"));
  for (;;) {
    wait();
    const Result<> obeyed = obey();
    GW_TRY(write_down());  // what came before the channel's end counts
    GW_TRY(obeyed);
    space_.tick();
    retention_.tick(clock_state_);
    records_.tick();
    GW_TRY(changes_.tick());
    changes_.serve();
    serve_readers();
    GW_TRY(hear_of_errands());
    serve_administrators();
    noc_.tick(errands_, images_.shelf());
    GW_TRY(attend_to_orders());
    faults_.tick(errands_);
    detections_.tick();
    certificates_.tick(errands_, is_clock_right());
    GW_TRY(tell_claim());
    sweep();
    backups_.tick();
    bundles_.step(around());
    if (waiting_.empty()) GW_TRY(unless_full(offices_.reviews.tick()));
    if (keyd_) sign_with(*std::exchange(keyd_, std::nullopt));
    ask_for_keys();
  }
}

void Keeper::wait() {
  std::vector<pollfd> sources{{control_.fd(), POLLIN, 0}};
  for (const ReaderDesk& reader : readers_) sources.push_back({reader.fd(), POLLIN, 0});
  for (const WebDesk* desk : desks())
    if (!desk->waits()) sources.push_back({desk->fd(), POLLIN, 0});
  if (const auto agent = noc_.fd()) sources.push_back({*agent, POLLIN, 0});
  if (const auto errands = errands_.fd()) sources.push_back({*errands, POLLIN, 0});
  for (const int editor : changes_.fds()) sources.push_back({editor, POLLIN, 0});
  Instant due = waiting_.empty() ? checkpoint_due_ : std::min(checkpoint_due_, retry_due_);
  due = std::min(due, changes_.due().value_or(due));
  due = std::min(due, bundles_.due().value_or(due));
  due = std::min(due, images_.due().value_or(due));
  due = std::min({due, noc_.due().value_or(due), orders_.due().value_or(due), faults_.due(),
                  detections_.due(), certificates_.due()});
  if (!asked_for_keys_) {  // what waits for a key that was asked for is not due before it comes
    due = std::min(due, backups_.due().value_or(due));
    due = std::min(due, evidence_.due().value_or(due));
  }
  for (const WebDesk* desk : desks()) due = std::min(due, desk->due().value_or(due));
  if (offices_.reviews.is_behind()) due = clock_.now();
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(due - clock_.now());
  ::poll(sources.data(), sources.size(),
         static_cast<int>(std::max<std::int64_t>(left.count(), offices_.reviews.is_behind() ? 0 : 1)));
}

Result<> Keeper::obey() {
  const std::size_t most = waiting_.size() + kMostAtOnce;
  while (waiting_.size() < most) {
    GW_TRY(std::optional<ipc::Frame> frame, control_.receive());
    if (!frame) return Done{};
    GW_TRY(conversation_.accept(*frame));
    GW_TRY(act_on(*frame));
  }
  return Done{};
}

Result<> Keeper::act_on(ipc::Frame& frame) {
  switch (static_cast<Msg>(frame.type)) {
    case Msg::keys:
      keyd_.emplace(std::move(frame.fds.front()));
      return Done{};
    case Msg::reader:
      if (readers_.size() < kMostReaders) readers_.emplace_back(ipc::Channel(std::move(frame.fds.front())));
      return Done{};
    case Msg::editor:
      changes_.admit(ipc::Channel(std::move(frame.fds.front())));
      return Done{};
    case Msg::standing:
    case Msg::carried:
      return changes_.hear(frame);
    case Msg::backup_plan:
      return backups_.hear(frame);
    case Msg::noc_plan:
      GW_TRY(noc_.hear(frame));
      return orders_.hear(frame);
    case Msg::agent:
      orders_.begin_round();
      noc_.admit(ipc::Channel(std::move(frame.fds.front())));
      return Done{};
    case Msg::rules:
      GW_TRY(unless_full(offices_.reviews.rules().hear(frame)));
      offices_.accounts.name_site(offices_.reviews.rules().names_of_site());
      return Done{};
    case Msg::desk:
      errands_.connect(ipc::Channel(std::move(frame.fds.front())));
      return Done{};
    case Msg::web:
      web_.emplace(ipc::Channel(std::move(frame.fds.front())));
      return Done{};
    case Msg::administrator:
      if (administrators_.size() < kMostAdministrators)
        administrators_.emplace_back(ipc::Channel(std::move(frame.fds.front())));
      return Done{};
    default:
      return put_by(frame);
  }
}

Result<> Keeper::put_by(const ipc::Frame& frame) {
  GW_TRY(auto batch, decode<wire::Records>(frame.body));
  const auto goes_on = [&] { return batch.run == run_ && batch.serial == serial_ + waiting_.size(); };
  if (!waiting_.empty() && !goes_on()) GW_TRY(write_down());
  if (!waiting_.empty() && !goes_on()) return Error{ErrorCode::channel_out_of_phase};
  if (waiting_.empty()) {
    run_ = batch.run;
    serial_ = batch.serial;
  }
  if (!batch.records.empty()) {
    clock_state_ = batch.records.back().clock;
    records_.clock_is(*clock_state_);
  }
  std::move(batch.records.begin(), batch.records.end(), std::back_inserter(waiting_));
  return Done{};
}

Result<> Keeper::write_down() {
  if (waiting_.empty() || clock_.now() < retry_due_) return Done{};
  const Result<> written = store_.append(run_, serial_, waiting_);
  if (const auto room = space_.told_by(written)) GW_TRY(tell(Msg::room, encode(wire::RoomLeft{*room})));
  if (!written && written.error().code == ErrorCode::store_full) {
    retry_due_ = clock_.now() + kRetryEvery;
    return Done{};
  }
  GW_TRY(written);
  for (const model::Record& record : waiting_) {
    faults_.heed(record);
    certificates_.heed(record);
  }
  waiting_.clear();
  return tell(Msg::kept, encode(wire::Kept{run_, store_.kept_of(run_)}));
}

/// A supervisor that is gone has left what it sent before: the channel's end is its end.
Result<> Keeper::tell(Msg type, std::vector<std::uint8_t> body) {
  const Result<> told = control_.send(type_number(type), 0, body);
  return told || told.error().code == ErrorCode::channel_closed ? Result<>(Done{}) : told;
}

void Keeper::serve_readers() {
  readers_.remove_if([this](ReaderDesk& reader) { return !reader.serve({store_, records_, retention_}); });
}

WebAround Keeper::around() {
  return {offices_.accounts,
          store_,
          records_,
          changes_.changes(),
          backups_,
          bundles_,
          evidence_,
          offices_.maintenance,
          gate_,
          offices_.reviews,
          offices_.setup,
          offices_.incidents,
          errands_,
          clock_,
          noc_,
          orders_,
          offices_.contacts,
          images_};
}

/// A webd that breaks the rules loses its channel, and asks for another one.
void Keeper::serve_administrators() {
  if (web_ && !web_->serve(around())) web_.reset();
  administrators_.remove_if([this](WebDesk& desk) { return !desk.serve(around()); });
}

bool Keeper::is_clock_right() const { return !clock_state_ || *clock_state_ == model::ClockState::right; }

Result<> Keeper::attend_to_orders() {
  const bool is_right = is_clock_right();
  if (clock_state_ && is_right) GW_TRY(unless_full(orders_.begin_book()));
  if (const auto brought = noc_.orders()) orders_.take(*brought, is_right);
  if (noc_.has_come_about()) orders_.end_round();
  GW_TRY(unless_full(orders_.tick(errands_, is_right)));
  images_.tick(orders_, errands_);
  return Done{};
}

Result<> Keeper::hear_of_errands() {
  while (auto answer = errands_.take()) {
    if (web_ && !web_->told(*answer, around())) web_.reset();
    administrators_.remove_if([&](WebDesk& desk) { return !desk.told(*answer, around()); });
    bundles_.told(*answer, around());
    noc_.told(*answer, certificates_.terminals());
    faults_.told(*answer, errands_);
    certificates_.told(*answer);
    GW_TRY(unless_full(orders_.told(*answer)));
  }
  return Done{};
}

std::vector<const WebDesk*> Keeper::desks() const {
  std::vector<const WebDesk*> out;
  if (web_) out.push_back(&*web_);
  for (const WebDesk& desk : administrators_) out.push_back(&desk);
  return out;
}

Result<> Keeper::tell_claim() {
  const bool is_awaited = offices_.accounts.awaits_claim();
  if (std::exchange(told_awaited_, is_awaited) == is_awaited) return Done{};
  return tell(Msg::claim, encode(wire::Claim{is_awaited}));
}

/// What cannot be written down now is found again at the next sweep.
void Keeper::sweep() {
  if (clock_.now() < sweep_due_) return;
  sweep_due_ = clock_.now() + kSweepEvery;
  accounts::Told told;
  static_cast<void>(static_cast<bool>(offices_.accounts.sweep(told)));
  static_cast<void>(static_cast<bool>(offices_.maintenance.tick(told)));
  records_.write(std::move(told));
  static_cast<void>(static_cast<bool>(offices_.incidents.tick()));
  static_cast<void>(static_cast<bool>(offices_.contacts.tick()));
}

// ---------------------------------------------------------------- checkpoints

/// Somebody to sign with: once a minute, if there is anything to sign, for a backup, and for evidence.
void Keeper::ask_for_keys() {
  bool is_wanted = backups_.wants_key() || evidence_.wants_key();
  if (clock_.now() >= checkpoint_due_) {
    checkpoint_due_ = clock_.now() + kCheckpointEvery;
    is_wanted = is_wanted || store_.last() != store_.last_signed();
  }
  if (is_wanted && !asked_for_keys_)
    asked_for_keys_ = static_cast<bool>(control_.send(type_number(Msg::wants_keys), 0, {}));
}

/// A keyd that does not sign costs a checkpoint and no record: the next one is about these as well.
void Keeper::sign_with(ipc::Channel keyd) {
  asked_for_keys_ = false;
  keys::KeyWork work(std::move(keyd), kKeyd);
  const Result<> used = use(work);
  if (!used && !told_unsigned_)
    records_.write(Event(EventId::records_unsigned).add(Field::detail, used.error().to_text()));
  told_unsigned_ = !used;
  if (used) return;
  backups_.miss_key();
  evidence_.miss_key();
}

/// The checkpoint first: the backup has it.
Result<> Keeper::use(keys::KeyWork& work) {
  GW_TRY(const keys::PrivateKeyPtr key, open_key(work));
  if (store_.last() != store_.last_signed()) GW_TRY(sign(*key));
  backups_.use(*key, checkpoint_);
  evidence_.use(*key);
  return Done{};
}

Result<> Keeper::sign(keys::PrivateKey& key) {
  const auto now = std::chrono::floor<std::chrono::seconds>(clock_.civil_now().time_since_epoch());
  const model::Checkpoint checkpoint{store_.last(), store_.link(), now};
  const std::string text = text_of(checkpoint);
  GW_TRY(auto signature, key.sign(model::SignatureScheme::ecdsa_sha256, as_bytes(text)));
  GW_TRY(store_.keep({checkpoint, std::move(signature), key.public_key()}));
  checkpoint_ = checkpoint;
  return Done{};
}

/// It is made the first time, and is where the box's other keys are.
Result<keys::PrivateKeyPtr> Keeper::open_key(keys::KeyWork& work) {
  GW_TRY(const std::optional<std::string> kept, store_.keepsake(kKeyKept));
  if (kept) return work.open(as_bytes(*kept));
  GW_TRY(auto made, work.make(model::KeyKind::p256));
  GW_TRY(store_.keep_keepsake(kKeyKept, made.content));
  return std::move(made.key);
}

}  // namespace gw::control
