#include "prober.h"

#include <unistd.h>

#include <set>

#include "asker.h"
#include "ipc/inherited.h"
#include "sys/sealed.h"

namespace gw::supervisor {
namespace {

using Outcome = model::ProofCase::Outcome;
namespace msg = ipc::evidence;

constexpr std::chrono::minutes kAfterStart{2};
constexpr std::chrono::hours kBetween{1};
constexpr std::chrono::minutes kFresh{2};  // the guard looks every minute

/// A tenant that is concerned; nothing: all are.
model::Cut cut_for(const model::ProofCase& one) {
  if (one.tenant.empty()) return {};
  return {model::Cut::What::tenant, one.tenant, {}};
}

std::string sentence_of(const model::ProofCase& one) {
  return one.way + " " + one.place + ": " + one.tried + ": " + one.evidence;
}

}  // namespace

Prober::Prober(const Premises& premises, const std::string& state_folder, Box box)
    : premises_(premises), shelf_(state_folder), box_(std::move(box)), run_(premises) {}

Result<> Prober::is_able() const {
  if (!premises_.grounds.owned())
    return Error{ErrorCode::proof_unavailable, "the box stands in a namespace that is not its own"};
  if (stage_ == Stage::stopped) return Error{ErrorCode::proof_unavailable, "the box is going down"};
  return Done{};
}

void Prober::prove(Finished finished) {
  const Result<> able = is_able();
  if (!able) return finished(able.error());
  waiting_.push_back(std::move(finished));
}

Result<> Prober::prove_for(const ipc::op::Administrator& by) {
  GW_TRY(is_able());
  if (stage_ != Stage::idle || is_asked())
    return Error{ErrorCode::diagnosis_under_way, "isolation is being proved"};
  asked_by_ = by;
  return Done{};
}

void Prober::leave() {
  if (waiting_.size() > 1 || !asked_by_.name.empty()) return;
  static_cast<void>(static_cast<bool>(give_up({})));  // the box's own goes on
}

/// Of what is signed already there is nothing to stop. Who stops it once a hole was found hides nothing: what
/// was found is signed and kept, and the alarm raised.
Result<> Prober::give_up(const ipc::op::Administrator& by) {
  if (stage_ == Stage::signing || stage_ == Stage::stopped) return Done{};
  if (stage_ == Stage::trying && is_own_)
    return Error{ErrorCode::diagnosis_under_way, "the box tries it by itself each hour"};
  const std::string words = (by.name.empty() ? "root" : by.name) + " stopped it before all was tried";
  if (stage_ == Stage::trying) {
    abandon();
    premises_.journal.write(event_by(EventId::isolation_unproven, by)
                                .add(Field::generation, proof_.generation.number())
                                .add(Field::count, std::uint64_t{trials_.size() - at_ + 1})
                                .add(Field::result, "given_up")
                                .add(Field::detail, words));
    if (count(proof_, Outcome::broken) != 0) {
      proof_.cases.push_back({"ISO-09", "the box", {}, "the rest", Outcome::unproven, words});
      conclude();
      return Done{};
    }
  }
  proof_ = {};
  asked_by_ = {};
  const std::vector<Finished> waiting = std::exchange(waiting_, {});
  for (const Finished& finished : waiting) finished(Error{ErrorCode::proof_unavailable, words});
  return Done{};
}

ipc::op::ProofProgress Prober::progress() const {
  if (stage_ != Stage::trying && stage_ != Stage::signing) return {};
  return {static_cast<std::uint32_t>(at_), static_cast<std::uint32_t>(trials_.size()),
          is_own_ ? std::string() : asked_by_.name};
}

ipc::op::ProofState Prober::result() const {
  if (!last_) return {};
  const auto counted = [this](Outcome outcome) { return static_cast<std::uint32_t>(count(*last_, outcome)); };
  return {last_->ended, counted(Outcome::held), counted(Outcome::broken), counted(Outcome::unproven),
          signature_};
}

/// Whatever was made for the trial that runs ends with it: processes, a namespace, a cable.
void Prober::abandon() {
  run_.cancel();
  stage_ = Stage::idle;
}

void Prober::tick(Instant now) {
  if (stage_ == Stage::stopped || !premises_.grounds.owned()) return;
  run_.tick(now);
  if (signer_) signer_->tick(now);
  const EditionPtr settled = box_.settled();
  if (stage_ == Stage::trying && settled != edition_) {  // a publication changes what is tried
    abandon();
    due_ = now;
  }
  if (settled && due_ == Instant::max()) due_ = now + kAfterStart;
  if (stage_ == Stage::idle && settled && (now >= due_ || is_asked())) begin(settled);
}

void Prober::stop() {
  stage_ = Stage::stopped;
  run_.cancel();
  signer_.reset();
  waiting_.clear();
  asked_by_ = {};
}

std::chrono::milliseconds Prober::civil_now() const {
  return std::chrono::duration_cast<std::chrono::milliseconds>(
      premises_.clock.civil_now().time_since_epoch());
}

void Prober::begin(const EditionPtr& edition) {
  stage_ = Stage::trying;
  is_own_ = !is_asked();
  edition_ = edition;
  trials_ = trials_of(*edition);
  at_ = 0;
  proof_ = {edition->wiring.site, edition->generation, civil_now(), {}, {}};
  premises_.journal.write(event_by(EventId::isolation_begun, asked_by_)
                              .add(Field::generation, edition->generation.number())
                              .add(Field::count, std::uint64_t{trials_.size()}));
  next();
}

void Prober::next() {
  if (at_ == trials_.size()) return conclude();
  const Trial& trial = trials_[at_++];
  run_.run(trial, edition_, victim_of(trial),
           [this](std::vector<model::ProofCase> cases) { take(std::move(cases)); });
}

void Prober::take(std::vector<model::ProofCase> cases) {
  for (model::ProofCase& one : cases)
    if (proof_.cases.size() < model::kMaxProofCases) proof_.cases.push_back(std::move(one));
  next();
}

/// A process that the one to come has no business with: another tenant's if there is one.
std::uint32_t Prober::victim_of(const Trial& trial) const {
  auto found = static_cast<std::uint32_t>(::getpid());
  for (const ipc::op::ProcessState& process : box_.processes())
    if (process.pid != 0 && process.tenant != trial.tenant_name) found = process.pid;
  return found;
}

/// What somebody else tries or compares all the time (ISO-01, W6).
model::ProofCase Prober::comparison(const Looked& looked) const {
  model::ProofCase one{"ISO-01",
                       std::string("ns ") + looked.part,
                       {},
                       "rules, flows, sockets, routes, addresses and settings other than the plan's"};
  const bool fresh = looked.at && premises_.clock.now() - *looked.at < kFresh;
  one.outcome = fresh && looked.left == 0 ? Outcome::held : Outcome::unproven;
  one.evidence = fresh
                     ? std::to_string(looked.repaired) + " differences at the last comparison, put right; " +
                           std::to_string(looked.left) + " left"
                     : "not compared for two minutes";
  return one;
}

void Prober::add_standing() {
  for (const Looked& looked : box_.looks()) proof_.cases.push_back(comparison(looked));
  const bool pinned = premises_.grounds.outlive_us();
  proof_.cases.push_back(
      {"W7",
       "the box",
       {},
       "a gap when the last process dies",
       pinned ? Outcome::held : Outcome::broken,
       pinned ? "namespaces and rules are pinned and need no process" : "a namespace is not pinned"});
}

void Prober::conclude() {
  add_standing();
  proof_.ended = civil_now();
  raise_alarms();
  sign();
}

void Prober::raise_alarms() {
  std::set<std::string> told;
  for (const model::ProofCase& one : proof_.cases) {
    if (one.outcome != Outcome::broken) continue;
    premises_.journal.write(Event(EventId::isolation_broken).add(Field::detail, sentence_of(one)),
                            "supervisor", one.tenant);
    if (told.insert(one.tenant).second)
      box_.cut_off(cut_for(one), "isolation is broken: " + sentence_of(one));
  }
}

void Prober::sign() {
  stage_ = Stage::signing;
  unsigned_ = Error{ErrorCode::evidence_key_unusable, "the signer ended without a word"};
  const Result<UniqueFd> key = shelf_.key_file();
  const Result<UniqueFd> sealed = sys::seal(encode(proof_), "proof");
  if (!key || !sealed) {
    unsigned_ = key ? sealed.error() : key.error();
    return end_signing({sys::Ending::How::exited, 0});
  }
  auto signer = Running::start(
      premises_, role(RoleId::evidence_sign),
      {.inputs = {{sealed->get(), ipc::kInputFd}, {key->get(), ipc::kSecondInputFd}}}, msg::kFromSigner,
      {[this](ipc::Frame& frame) { hear(frame); },
       [this](const sys::Ending& ending, const std::string&) { end_signing(ending); }});
  if (signer) {
    signer_ = *std::move(signer);
    return;
  }
  unsigned_ = signer.error();
  end_signing({sys::Ending::How::exited, 0});
}

void Prober::hear(ipc::Frame& frame) {
  const Result<> kept = keep(frame);
  unsigned_ = kept ? std::optional<Error>() : kept.error();
}

Result<> Prober::keep(ipc::Frame& frame) {
  if (static_cast<msg::Msg>(frame.type) == msg::Msg::failed) {
    GW_TRY(const msg::Failed failed, decode<msg::Failed>(frame.body));
    return Error{failed.code, failed.detail};
  }
  GW_TRY(const auto bytes, sys::read_sealed(frame.fds.front().get(), msg::kMaxRecord + 4096));
  GW_TRY(const msg::Signed record, decode<msg::Signed>(bytes));
  GW_TRY(const std::string path, shelf_.keep(record, proof_.began));
  next_signature_ = record.signature;
  premises_.journal.write(event_by(EventId::isolation_proved, asked_by_)
                              .add(Field::generation, proof_.generation.number())
                              .add(Field::count, static_cast<std::uint64_t>(count(proof_, Outcome::held)))
                              .add(Field::name, path));
  return Done{};
}

void Prober::end_signing(const sys::Ending&) {
  signer_.reset();
  std::size_t untried = count(proof_, Outcome::unproven);
  Event unproven = event_by(EventId::isolation_unproven, asked_by_);
  if (unsigned_)
    premises_.journal.write(unproven.add(Field::detail, unsigned_->to_text()));
  else if (untried != 0)
    premises_.journal.write(unproven.add(Field::count, std::uint64_t{untried}));
  signature_ = std::exchange(next_signature_, {});
  last_ = std::make_shared<const model::Proof>(std::exchange(proof_, {}));
  stage_ = Stage::idle;
  due_ = premises_.clock.now() + kBetween;
  asked_by_ = {};
  const std::vector<Finished> waiting = std::exchange(waiting_, {});
  for (const Finished& finished : waiting) finished(last_);
}

}  // namespace gw::supervisor
