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

/// Is it the key of each certificate it is used with? One that nobody could read is its user's complaint.
bool fits(const PrivateKey& key, const std::vector<model::Pin>& certificates) {
  const model::Pin own = pki::sha256_of(key.public_key());
  return std::all_of(certificates.begin(), certificates.end(),
                     [&](const model::Pin& pin) { return pin == own || pin == model::Pin{}; });
}

Result<HeldKeyPtr> open_key(model::KeyRing::Entry& entry, const Opener& opener) {
  const Secret reference(std::string(as_text(entry.content)));
  wipe(entry.content.data(), entry.content.size());
  Result<PrivateKeyPtr> key = opener(reference);
  if (!key) return std::move(key).error();
  if (!fits(**key, entry.key.public_keys))
    return Error{ErrorCode::key_mismatch, "it is not the key of the certificate beside it"};
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

Service::Service(ipc::Channel control, ipc::RecordSink& records, Opener opener, Lane& lane,
                 FlooredClock& clock)
    : control_(std::move(control)),
      records_(records),
      opener_(std::move(opener)),
      lane_(lane),
      clock_(clock) {}

Result<> Service::serve() {
  conversation_.enter(wire::Phase::serving);
  GW_TRY(control_.send(type_number(Msg::ready), 0, {}));
  while (standing_ == Standing::serving) {
    wait();
    GW_TRY(obey());
    attend();
    GW_TRY(sign_slow());
    if (retry_at_ && clock_.now() >= *retry_at_)
      return Error{ErrorCode::key_unavailable, "keys are missing; what keeps them is tried anew"};
  }
  return Done{};
}

void Service::wait() {
  std::vector<pollfd> sources{{control_.fd(), POLLIN, 0}, {lane_.fd(), POLLIN, 0}};
  for (const auto& [number, desk] : desks_)
    sources.push_back({desk.hears() ? desk.fd() : -1, POLLIN, 0});  // or its end would wake us all the time
  const int most = retry_at_ ? static_cast<int>(std::chrono::milliseconds(kRetry / 10).count()) : -1;
  ::poll(sources.data(), sources.size(), most);
}

// ---------------------------------------------------------------- signatures

/// One request of each desk: whoever asks much does not keep the others waiting.
void Service::attend() {
  for (auto it = desks_.begin(); it != desks_.end();)
    it = attend_to(it->first, it->second) ? std::next(it) : desks_.erase(it);
}

/// False: the desk is closed.
bool Service::attend_to(std::uint64_t number, Desk& desk) {
  if (!desk.hears()) return true;
  auto asked = desk.hear(vault_, clock_);
  if (!asked) return dismiss(desk, asked.error());
  if (!*asked) return true;
  Job& job = (*asked)->job;
  if ((*asked)->at_once) {
    const Result<> sent = desk.answer(job.request, job.held->key->sign(job.scheme, job.message));
    return sent || dismiss(desk, sent.error());
  }
  job.desk = number;
  lane_.put(std::move(job));
  return true;
}

Result<> Service::sign_slow() {
  for (const Finished& finished : lane_.take()) GW_TRY(tell_slow(finished));
  return Done{};
}

Result<> Service::tell_slow(const Finished& finished) {
  const auto desk = desks_.find(finished.desk);
  if (desk != desks_.end()) {  // otherwise its proxyd is gone
    const Result<> sent = desk->second.answer(finished.request, finished.signature);
    if (!sent && !dismiss(desk->second, sent.error())) desks_.erase(desk);
  }
  return finished.lost ? Result<>(finished.signature.error()) : Result<>(Done{});
}

/// Whoever broke the rules may be in a stranger's hands: the supervisor hears of it, and starts it again.
bool Service::dismiss(const Desk& desk, const Error& why) {
  if (why.code == ErrorCode::channel_closed) return false;
  const wire::Misused misused{desk.owner(), why.to_text().substr(0, 512)};
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

void Service::forget_staged() {
  vault_.abandon();
  staged_ = {};
  flaw_.reset();
}

/// The first key that cannot be had is what prepare() complains of.
Result<> Service::take_ring(const ipc::Frame& frame) {
  GW_TRY(const auto staged, decode<wire::Staged>(frame.body));
  forget_staged();
  staged_ = staged.generation;
  GW_TRY(model::KeyRing ring, read_ring(frame, staged.generation));
  for (model::KeyRing::Entry& entry : ring.entries) stage(staged.generation, entry);
  return Done{};
}

void Service::stage(model::Generation generation, model::KeyRing::Entry& entry) {
  Result<HeldKeyPtr> held = open_key(entry, opener_);
  if (held)
    vault_.stage(generation, entry.owner, entry.key.key, *std::move(held));
  else if (!go_on_without(entry, held.error()) && !flaw_)
    flaw_ = Error{held.error().code, entry.key.file + ": " + held.error().detail};
}

bool Service::go_on_without(const model::KeyRing::Entry& entry, const Error& why) {
  if (!fresh_ || why.code != ErrorCode::key_unavailable) return false;
  records_.write(Event(EventId::key_missing).add(Field::name, entry.key.file).add(Field::detail, why.detail));
  retry_at_ = clock_.now() + kRetry;
  return true;
}

Result<> Service::prepare(const ipc::Frame& frame) {
  GW_TRY(const auto staged, decode<wire::Staged>(frame.body));
  if (staged_ != staged.generation) return Error{ErrorCode::channel_out_of_phase, "prepare before the keys"};
  if (!flaw_) return control_.send(type_number(Msg::prepared), frame.request, encode(staged));
  const wire::Refused refused{staged.generation, flaw_->code, flaw_->detail.substr(0, 512)};
  forget_staged();
  return control_.send(type_number(Msg::refused), frame.request, encode(refused));
}

Result<> Service::commit(const ipc::Frame& frame) {
  GW_TRY(const auto staged, decode<wire::Staged>(frame.body));
  if (staged_ != staged.generation || flaw_)
    return Error{ErrorCode::channel_out_of_phase, "commit of what was not prepared"};
  vault_.commit(staged.generation);
  staged_ = {};
  fresh_ = false;
  return control_.send(type_number(Msg::adopted), frame.request,
                       encode(wire::Adopted{staged.generation, 0, 0}));
}

Result<> Service::meet_proxy(ipc::Frame& frame) {
  GW_TRY(const auto proxy, decode<wire::Proxy>(frame.body));
  std::erase_if(desks_, [&](const auto& entry) { return entry.second.owner() == proxy.owner; });
  desks_.emplace(++last_desk_, Desk(proxy.tenant, proxy.owner, ipc::Channel(std::move(frame.fds.front()))));
  return Done{};
}

}  // namespace gw::keys
