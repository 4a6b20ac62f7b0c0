#include "wan_lease.h"

#include <algorithm>

#include "ipc/inherited.h"
#include "sys/sealed.h"

namespace gw::supervisor {
namespace {

namespace msg = ipc::dhcp;

/// The client renews no sooner than a minute after it borrowed, however short the lease; an address that went
/// before that would go every time.
constexpr std::chrono::seconds kShortest{122};
constexpr std::uint32_t kForEver = 0xffff'ffff;  // RFC 2131 3.3

Instant end_of(const msg::Lent& lent, Instant now) {
  if (lent.seconds == kForEver) return Instant::max();
  return now + std::max(kShortest, std::chrono::seconds(lent.seconds));
}

Event about(EventId id, const model::Lease& lease) {
  return Event(id)
      .add(Field::interface, lease.interface)
      .add(Field::local, lease.address.to_text())
      .add(Field::remote, lease.server.to_text());
}

}  // namespace

void WanLease::tick(Instant now, const EditionPtr& in_force) {
  if (in_force) follow(in_force);
  if (client_) client_->tick(now);
  if (premises_.lease && now >= ends_at_) lose("ended");
  if (!interface_.empty() && !client_ && now >= start_at_) start(now);
}

/// Another interface is another line; a clinic that grew may hold what was lent.
void WanLease::follow(const EditionPtr& in_force) {
  if (!premises_.grounds.owned()) return;
  clinic_ = in_force->wiring.clinic;
  if (interface_ != in_force->wiring.borrows) {
    interface_ = in_force->wiring.borrows;
    client_.reset();
    lent_ = false;
    refused_.reset();
    start_at_ = {};
    if (premises_.lease) lose("configuration");
  }
  if (premises_.lease && model::fault_of(premises_.lease->lease, clinic_)) lose("clinic");
}

/// After a death the client asks for the address that stands.
std::vector<std::string> WanLease::arguments() const {
  std::vector<std::string> out{"dhcp-client", "-i", interface_};
  if (premises_.lease) {
    out.emplace_back("-r");
    out.push_back(premises_.lease->lease.address.address.to_text());
  }
  return out;
}

void WanLease::start(Instant now) {
  backoff_.born(now);
  lent_ = false;
  auto running = Running::start(
      premises_, role(RoleId::dhcp_client),
      {.arguments = arguments(), .inputs = {{premises_.programs.lease_reader(), ipc::kInputFd}}},
      msg::kFromClient,
      {[this](ipc::Frame& frame) { hear(frame); },
       [this](const sys::Ending& ending, const std::string& words) { end(ending, words); }});
  if (!running) return end({sys::Ending::How::exited, 127}, running.error().to_text());
  client_ = *std::move(running);
}

void WanLease::hear(const ipc::Frame& frame) {
  if (static_cast<msg::Msg>(frame.type) == msg::Msg::lost) {
    if (lent_ && premises_.lease) lose("client");
    lent_ = false;
    return;
  }
  const Result<msg::Lent> lent = decode<msg::Lent>(frame.body);
  if (!lent) return client_->kill();
  take(*lent);
}

void WanLease::take(const msg::Lent& lent) {
  const model::Lease lease{interface_, lent.address, lent.gateway, lent.server};
  if (const auto fault = model::fault_of(lease, clinic_)) return refuse(lease, model::to_string(*fault));
  lent_ = true;
  refused_.reset();
  ends_at_ = end_of(lent, premises_.clock.now());
  if (premises_.lease && premises_.lease->lease == lease) return;  // renewed: nothing changes
  Result<UniqueFd> sealed = sys::seal(encode(lease), "lease");
  if (!sealed) return;
  premises_.lease = std::make_shared<const HeldLease>(HeldLease{lease, *std::move(sealed)});
  premises_.journal.write(
      about(EventId::wan_lease_taken, lease).add(Field::count, std::uint64_t{lent.seconds}));
}

/// Told once, however often the same server offers it. What stood before stands until its end.
void WanLease::refuse(const model::Lease& lease, const char* why) {
  if (refused_ == lease) return;
  refused_ = lease;
  premises_.journal.write(about(EventId::wan_lease_refused, lease)
                              .add(Field::reason, why)
                              .add(Field::detail, "router " + lease.gateway.to_text()));
}

void WanLease::lose(const char* why) {
  premises_.journal.write(about(EventId::wan_lease_lost, premises_.lease->lease).add(Field::reason, why));
  premises_.lease.reset();
}

void WanLease::end(const sys::Ending& ending, const std::string& words) {
  premises_.journal.write(Event(EventId::process_ended)
                              .add(Field::name, role(RoleId::dhcp_client).name)
                              .add(Field::interface, interface_)
                              .add(Field::reason, ending.to_text())
                              .add(Field::detail, words));
  client_.reset();
  start_at_ = backoff_.died(premises_.clock.now());
}

void WanLease::stop() {
  interface_.clear();
  client_.reset();
}

std::optional<ipc::op::NetworkState::Borrowed> WanLease::held(Instant now, CivilTime civil) const {
  if (!premises_.lease) return std::nullopt;
  ipc::op::NetworkState::Borrowed held{premises_.lease->lease, {}};
  if (ends_at_ != Instant::max())
    held.ends = std::chrono::floor<std::chrono::milliseconds>(civil.time_since_epoch() + (ends_at_ - now));
  return held;
}

std::vector<ipc::op::ProcessState> WanLease::states() const {
  if (interface_.empty()) return {};
  return {{"dhcp-client",
           {},
           client_ ? static_cast<std::uint32_t>(client_->pid()) : 0,
           backoff_.deaths(),
           premises_.lease != nullptr}};
}

}  // namespace gw::supervisor
