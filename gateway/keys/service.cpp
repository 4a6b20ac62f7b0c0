#include "keys/service.h"

#include <poll.h>

#include <algorithm>

#include "base/codec.h"
#include "pki/certificate.h"
#include "sys/sealed.h"

namespace gw::keys {
namespace {

namespace wire = ipc::compartment;
using ipc::type_number;
using wire::Msg;

constexpr std::size_t kMaxRing = 64u << 20;

model::CivilSeconds civil_seconds(const Clock& clock) {
  return std::chrono::floor<std::chrono::seconds>(clock.civil_now()).time_since_epoch();
}

/// Is it the key of each certificate it is used with? One that nobody could read is its user's complaint.
bool fits(const PrivateKey& key, const std::vector<model::Pin>& certificates) {
  const model::Pin own = pki::sha256_of(key.public_key());
  return std::all_of(certificates.begin(), certificates.end(),
                     [&](const model::Pin& pin) { return pin == own || pin == model::Pin{}; });
}

Result<HeldKeyPtr> open_key(model::KeyRing::Entry& entry, Keeper& keeper) {
  const Secret reference(std::string(as_text(entry.content)));
  wipe(entry.content.data(), entry.content.size());
  Result<PrivateKeyPtr> key = keeper.open(reference);
  if (!key) return std::move(key).error();
  // What is in a token may be another key by now, and that is no other key's concern.
  const bool may_change = (*key)->keeping() == Keeping::token;
  if (!fits(**key, entry.key.public_keys))
    return Error{may_change ? ErrorCode::key_unavailable : ErrorCode::key_mismatch,
                 "it is not the key of the certificate beside it"};
  return HeldKeyPtr(std::make_shared<const HeldKey>(HeldKey{*std::move(key), entry.key.use}));
}

Result<model::KeyRing> read_ring(const ipc::Frame& frame, model::Generation generation) {
  GW_TRY(auto bytes, sys::read_sealed(frame.fds.front().get(), kMaxRing));
  Result<model::KeyRing> ring = decode<model::KeyRing>(bytes);
  wipe(bytes.data(), bytes.size());
  if (ring && ring->generation != generation)
    return Error{ErrorCode::message_malformed, "the keys are of another generation"};
  return ring;
}

}  // namespace

Service::Service(ipc::Channel control, ipc::RecordSink& records, Keeper& keeper, Lane& lane,
                 TradeRule trade_rule, FlooredClock& clock)
    : control_(std::move(control)),
      records_(records),
      keeper_(keeper),
      lane_(lane),
      trade_rule_(std::move(trade_rule)),
      clock_(clock) {}

Result<> Service::serve() {
  conversation_.enter(wire::Phase::serving);
  GW_TRY(control_.send(type_number(Msg::ready), 0, {}));
  while (standing_ == Standing::serving) {
    wait();
    GW_TRY(obey());
    attend();
    GW_TRY(hear_lane());
    if (retry_at_ && clock_.now() >= *retry_at_)
      return Error{ErrorCode::key_unavailable, "keys are missing; what keeps them is tried anew"};
  }
  return Done{};
}

void Service::wait() {
  std::vector<pollfd> sources{{control_.fd(), POLLIN, 0}, {lane_.fd(), POLLIN, 0}};
  const auto add = [&](const auto& desks) {
    for (const auto& [number, desk] : desks)
      sources.push_back({desk.hears() ? desk.fd() : -1, POLLIN, 0});  // or its end would wake us all the time
  };
  add(desks_);
  add(work_desks_);
  const int most = retry_at_ ? static_cast<int>(std::chrono::milliseconds(kRetry / 10).count()) : -1;
  ::poll(sources.data(), sources.size(), most);
}

// ---------------------------------------------------------------- signatures

/// One request of each desk: whoever asks much does not keep the others waiting.
void Service::attend() {
  const auto each_of = [this](auto& desks) {
    for (auto it = desks.begin(); it != desks.end();)
      it = attend_to(it->first, it->second) ? std::next(it) : desks.erase(it);
  };
  each_of(desks_);
  each_of(work_desks_);
}

/// Its keys go on the lane: nobody waits for a TPM because of them.
void Service::close(WorkDesk& desk) {
  lane_.put({desk.owner(), [keys = desk.take_keys()]() mutable -> Told {
               keys.reset();
               return [] { return Result<>(Done{}); };
             }});
}

/// False: the desk is closed.
bool Service::attend_to(std::uint64_t number, Desk& desk) {
  if (!desk.hears()) return true;
  auto asked = desk.hear(vault_, clock_);
  if (!asked) return dismiss(desk, asked.error());
  if (!*asked) return true;
  if ((*asked)->at_once()) {
    const Result<> sent = desk.answer((*asked)->request, (*asked)->sign());
    return sent || dismiss(desk, sent.error());
  }
  sign_on_lane(number, desk, **std::move(asked));
  return true;
}

bool Service::attend_to(std::uint64_t number, WorkDesk& desk) {
  if (!desk.hears()) return true;
  auto asked = desk.hear(keeper_, trade_rule_, civil_seconds(clock_));
  if (!asked) {
    close(desk);
    return dismiss(desk, asked.error());
  }
  if (!*asked) return true;
  lane_.put({desk.owner(), [this, &keeper = keeper_, number, asked = **std::move(asked)]() -> Told {
               const WorkDesk::Answer answer = asked.work();
               const bool lost = answer.is_refusal && keeper.is_lost();
               return [this, number, request = asked.request, answer, lost]() -> Result<> {
                 GW_TRY(tell(number, request, answer));
                 return lost ? Result<>(Error{ErrorCode::key_unavailable, "what keeps keys answers no more"})
                             : Result<>(Done{});
               };
             }});
  return true;
}

void Service::sign_on_lane(std::uint64_t number, const Desk& desk, Desk::Asked asked) {
  lane_.put({desk.owner(), [this, number, asked = std::move(asked)]() -> Told {
               const auto signature = asked.sign();
               const bool lost = !signature && asked.held->key->is_lost();
               return [this, number, request = asked.request, signature, lost]() -> Result<> {
                 GW_TRY(tell(number, request, signature));
                 return lost ? Result<>(signature.error()) : Result<>(Done{});
               };
             }});
}

Result<> Service::hear_lane() {
  for (const Told& told : lane_.take()) GW_TRY(told());
  return Done{};
}

Result<> Service::tell(std::uint64_t number, std::uint64_t request,
                       const Result<std::vector<std::uint8_t>>& signature) {
  const auto desk = desks_.find(number);
  if (desk == desks_.end()) return Done{};  // its proxyd is gone
  const Result<> sent = desk->second.answer(request, signature);
  if (!sent && !dismiss(desk->second, sent.error())) desks_.erase(desk);
  return Done{};
}

Result<> Service::tell(std::uint64_t number, std::uint64_t request, const WorkDesk::Answer& answer) {
  const auto desk = work_desks_.find(number);
  if (desk == work_desks_.end()) return Done{};
  const Result<> sent = desk->second.answer(request, answer);
  if (sent) return Done{};
  close(desk->second);
  dismiss(desk->second, sent.error());
  work_desks_.erase(desk);
  return Done{};
}

/// Whoever broke the rules may be in a stranger's hands: the supervisor hears of it, and starts it again.
template <class AnyDesk>
bool Service::dismiss(const AnyDesk& desk, const Error& why) {
  if (why.code == ErrorCode::channel_closed) return false;
  const wire::Misused misused{AnyDesk::kAsker, desk.owner(), why.to_text().substr(0, 512)};
  // Without the supervisor everything ends anyway.
  (void)control_.send(type_number(Msg::misused), 0, encode(misused));
  return false;
}

// ---------------------------------------------------------------- the supervisor's orders

Result<> Service::obey() {
  while (standing_ == Standing::serving) {
    GW_TRY(std::optional<ipc::Frame> frame, control_.receive());
    if (!frame) return Done{};
    GW_TRY(conversation_.accept(*frame));
    GW_TRY(act_on(*std::move(frame)));
  }
  return Done{};
}

Result<> Service::act_on(ipc::Frame frame) {
  switch (static_cast<Msg>(frame.type)) {
    case Msg::key_ring:
      return take_ring(frame);
    case Msg::prepare:
      return prepare(frame);
    case Msg::commit:
      return commit(frame);
    case Msg::proxy:
      return meet_proxy(frame);
    case Msg::key_work:
      return meet_worker(frame);
    case Msg::abandon:
      forget_staged();
      return Done{};
    case Msg::earliest:
      return raise_clock(frame);
    default:
      break;
  }
  standing_ = Standing::drained;
  return Done{};
}

Result<> Service::raise_clock(const ipc::Frame& frame) {
  GW_TRY(const auto earliest, decode<wire::Earliest>(frame.body));
  clock_.not_before(CivilTime(earliest.civil));
  return Done{};
}

/// Their ends wait for whatever keeps them, so they come on the lane.
void Service::end_keys(Vault::Dropped keys) {
  if (keys.empty()) return;
  lane_.put({{}, [keys = std::move(keys)]() mutable -> Told {
               keys.clear();
               return [] { return Result<>(Done{}); };
             }});
}

void Service::forget_staged() {
  end_keys(vault_.abandon());
  staged_ = nullptr;
}

Result<> Service::take_ring(const ipc::Frame& frame) {
  GW_TRY(const auto asked, decode<wire::Staged>(frame.body));
  forget_staged();
  GW_TRY(model::KeyRing ring, read_ring(frame, asked.generation));
  staged_ = std::make_shared<Staged>();
  staged_->generation = asked.generation;
  staged_->opening = ring.entries.size();
  for (model::KeyRing::Entry& entry : ring.entries) open_on_lane(staged_, std::move(entry));
  return Done{};
}

/// In the tenant's turn: the handshakes of others do not wait for a long list of keys.
void Service::open_on_lane(const StagedPtr& staged, model::KeyRing::Entry entry) {
  const auto shared = std::make_shared<model::KeyRing::Entry>(std::move(entry));
  lane_.put({shared->owner, [this, &keeper = keeper_, staged, shared]() -> Told {
               const auto held = open_key(*shared, keeper);
               const bool lost = !held && keeper.is_lost();
               return [this, staged, shared, held, lost]() -> Result<> {
                 GW_TRY(take_in(staged, *shared, held));
                 return lost && !fresh_ ? Result<>(held.error()) : Result<>(Done{});
               };
             }});
}

/// The first key that cannot be had is what prepare() complains of.
Result<> Service::take_in(const StagedPtr& staged, const model::KeyRing::Entry& entry,
                          const Result<HeldKeyPtr>& held) {
  if (staged != staged_) return Done{};  // abandoned meanwhile
  if (held)
    vault_.stage(staged->generation, entry.owner, entry.key.key, *held);
  else if (!go_on_without(entry, held.error()) && !staged->flaw)
    staged->flaw = Error{held.error().code, entry.key.file + ": " + held.error().detail};
  if (--staged->opening != 0 || !staged->prepare_for) return Done{};
  return answer_prepare(*staged->prepare_for);
}

bool Service::go_on_without(const model::KeyRing::Entry& entry, const Error& why) {
  if (!fresh_ || why.code != ErrorCode::key_unavailable) return false;
  records_.write(Event(EventId::key_missing).add(Field::name, entry.key.file).add(Field::detail, why.detail));
  retry_at_ = clock_.now() + kRetry;
  return true;
}

Result<> Service::prepare(const ipc::Frame& frame) {
  GW_TRY(const auto asked, decode<wire::Staged>(frame.body));
  if (!staged_ || staged_->generation != asked.generation)
    return Error{ErrorCode::channel_out_of_phase, "prepare before the keys"};
  if (staged_->opening == 0) return answer_prepare(frame.request);
  staged_->prepare_for = frame.request;
  return Done{};
}

Result<> Service::answer_prepare(std::uint64_t request) {
  const wire::Staged prepared{staged_->generation};
  if (!staged_->flaw) return control_.send(type_number(Msg::prepared), request, encode(prepared));
  const wire::Refused refused{prepared.generation, staged_->flaw->code, staged_->flaw->detail.substr(0, 512)};
  forget_staged();
  return control_.send(type_number(Msg::refused), request, encode(refused));
}

Result<> Service::commit(const ipc::Frame& frame) {
  GW_TRY(const auto asked, decode<wire::Staged>(frame.body));
  if (!staged_ || staged_->generation != asked.generation || staged_->opening != 0 || staged_->flaw)
    return Error{ErrorCode::channel_out_of_phase, "commit of what was not prepared"};
  end_keys(vault_.commit(asked.generation));
  staged_ = nullptr;
  fresh_ = false;
  return control_.send(type_number(Msg::adopted), frame.request,
                       encode(wire::Adopted{asked.generation, 0, 0}));
}

Result<> Service::meet_proxy(ipc::Frame& frame) {
  GW_TRY(const auto proxy, decode<wire::Proxy>(frame.body));
  std::erase_if(desks_, [&](const auto& entry) { return entry.second.owner() == proxy.owner; });
  desks_.emplace(++last_desk_, Desk(proxy.owner, ipc::Channel(std::move(frame.fds.front()))));
  return Done{};
}

Result<> Service::meet_worker(ipc::Frame& frame) {
  GW_TRY(auto trade, decode<wire::KeyWork>(frame.body));
  work_desks_.emplace(++last_desk_, WorkDesk(std::move(trade), ipc::Channel(std::move(frame.fds.front()))));
  return Done{};
}

}  // namespace gw::keys
