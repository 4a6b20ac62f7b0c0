#include "watch/watcher.h"

#include <poll.h>

#include <algorithm>

#include "model/canary.h"
#include "sys/sealed.h"

namespace gw::watch {
namespace {

namespace msg = ipc::watch;
using msg::Msg;

constexpr std::chrono::milliseconds kBetweenReports{100};  // many changes of one moment are one report
constexpr std::chrono::seconds kLook{5};
constexpr std::size_t kMaxOwners = 8u << 20;

}  // namespace

Result<Senses> Senses::open() {
  GW_TRY(KernelNews news, KernelNews::open());
  GW_TRY(RefusalLog refusals, RefusalLog::open());
  return Senses{std::move(news), std::move(refusals)};
}

Result<> Watcher::watch() {
  conversation_.enter(msg::Phase::serving);
  GW_TRY(control_.send(ipc::type_number(Msg::ready), 0, {}));
  for (;;) {
    wait();
    GW_TRY(obey());
    const Instant now = clock_.now();
    if (senses_.news.read()) report_ = Report::due;
    GW_TRY(tell_changes(now));
    senses_.refusals.read([this](unsigned number) { return senses_.news.link_name(number); },
                          [this, now](const Refusal& refusal) { hear(refusal, now); });
    GW_TRY(hear_segments(now));
    write_sums(now);
    write_sightings_folded(now);
    records_.flush();
  }
}

void Watcher::wait() {
  pollfd sources[] = {
      {control_.fd(), POLLIN, 0},           {senses_.news.routing_fd(), POLLIN, 0},
      {senses_.news.rules_fd(), POLLIN, 0}, {senses_.news.neighbours_fd(), POLLIN, 0},
      {senses_.refusals.fd(), POLLIN, 0},   {ear_.fd(), POLLIN, 0}};  // none yet: poll looks away
  const std::chrono::milliseconds most = report_ == Report::due ? kBetweenReports : kLook;
  ::poll(sources, std::size(sources), static_cast<int>(most.count()));
}

Result<> Watcher::obey() {
  for (;;) {
    GW_TRY(std::optional<ipc::Frame> frame, control_.receive());
    if (!frame) return Done{};
    GW_TRY(conversation_.accept(*frame));
    GW_TRY(take(*frame));
  }
}

Result<> Watcher::take(ipc::Frame& frame) {
  if (static_cast<Msg>(frame.type) == Msg::ear) {
    ear_ = Ear(std::move(frame.fds.front()));
    return Done{};
  }
  GW_TRY(const auto sealed, sys::read_sealed(frame.fds.front().get(), kMaxOwners));
  GW_TRY(owners_, decode<msg::Owners>(sealed));
  segments_.follow(std::move(owners_.segments));
  return Done{};
}

Result<> Watcher::tell_changes(Instant now) {
  if (report_ == Report::none || now < told_ + kBetweenReports) return Done{};
  report_ = Report::none;
  told_ = now;
  return control_.send(ipc::type_number(Msg::changed), 0, {});
}

void Watcher::hear(const Refusal& refusal, Instant now) {
  if (refusal.interface == model::kCanary) return;  // our own isolation proof (ISO-09)
  if (const auto kind = scans_.see(refusal.packet, now)) write_scan(refusal, *kind);
  if (folding_.first(refusal, now)) records_.write(about(EventId::packet_refused, refusal));
}

void Watcher::write_sums(Instant now) {
  const Folding::Sums sums = folding_.take(now);
  for (const Folding::Sum& sum : sums.kinds)
    records_.write(about(EventId::packets_folded, sum.refusal).add(Field::count, sum.count));
  if (sums.others != 0) records_.write(Event(EventId::packets_folded).add(Field::count, sums.others));
}

Result<> Watcher::hear_segments(Instant now) {
  std::vector<Segments::Refusal> refusals;
  ear_.read([&](unsigned link, Bytes bytes) {
    const auto frame = read_frame(bytes);
    if (!frame) return;
    const Segments::Heard heard = segments_.hear(senses_.news.link_name(link), *frame, now);
    for (const Segments::Told& told : heard.told) write_sighting(told);
    refusals.insert(refusals.end(), heard.refusals.begin(), heard.refusals.end());
  });
  for (const Segments::Refusal& refusal : refusals)
    GW_TRY(control_.send(ipc::type_number(Msg::second_path), 0,
                         encode(msg::SecondPath{refusal.source, refusal.finding})));
  return Done{};
}

void Watcher::write_sighting(const Segments::Told& told) {
  const Sighting& seen = told.sighting;
  Event event(told.again == 0 ? EventId::second_path_seen : EventId::second_path_folded);
  event.add(Field::finding, to_string(seen.finding)).add(Field::interface, told.interface);
  event.add(Field::mac, seen.mac.to_text());
  if (seen.source) event.add(Field::source, seen.source->to_text());
  if (seen.target) event.add(Field::destination, seen.target->to_text());
  if (told.again != 0) event.add(Field::count, told.again);
  event.add(Field::advice, advice_of(seen.finding));
  records_.write(event);
}

void Watcher::write_sightings_folded(Instant now) {
  const Tellings::Sums sums = segments_.take(now);
  for (const Tellings::Sum& sum : sums.devices) write_sighting({sum.interface, sum.sighting, sum.count});
  for (const Tellings::Others& others : sums.others)
    records_.write(Event(EventId::second_path_folded)
                       .add(Field::finding, to_string(others.finding))
                       .add(Field::count, others.count)
                       .add(Field::advice, advice_of(others.finding)));
}

void Watcher::write_scan(const Refusal& refusal, Scans::Kind kind) {
  records_.write(
      about(kind == Scans::Kind::ports ? EventId::scan_of_ports : EventId::scan_of_addresses, refusal));
}

Event Watcher::about(EventId id, const Refusal& refusal) const {
  Event event(id);
  const Packet& packet = refusal.packet;
  if (const std::string tenant = tenant_of(refusal); !tenant.empty()) event.add(Field::tenant, tenant);
  event.add(Field::reason, refusal.rule).add(Field::interface, refusal.interface);
  event.add(Field::protocol, protocol_name(packet.protocol));
  event.add(Field::source, packet.source.address.to_text());
  if (packet.source.port != 0) event.add(Field::source_port, packet.source.port);
  event.add(Field::destination, packet.destination.address.to_text());
  if (packet.destination.port != 0) event.add(Field::destination_port, packet.destination.port);
  if (refusal.account) event.add(Field::account, *refusal.account);
  return event;
}

/// The tenant whose process sent it, or whose listener's address it was meant for.
std::string Watcher::tenant_of(const Refusal& refusal) const {
  const auto owns = [&](const msg::Owner& owner) {
    if (refusal.account) return owner.account == *refusal.account;
    return std::find(owner.addresses.begin(), owner.addresses.end(), refusal.packet.destination.address) !=
           owner.addresses.end();
  };
  const auto found = std::find_if(owners_.tenants.begin(), owners_.tenants.end(), owns);
  return found == owners_.tenants.end() ? std::string() : found->tenant;
}

}  // namespace gw::watch
