#include "names/service.h"

#include <poll.h>

#include <vector>

#include "base/codec.h"

namespace gw::names {
namespace {

namespace wire = ipc::compartment;
using ipc::type_number;
using wire::Msg;

constexpr std::chrono::milliseconds kLook{1'000};  // for connections that have become late

}  // namespace

Result<> Service::serve() {
  conversation_.enter(wire::Phase::serving);
  GW_TRY(control_.send(type_number(Msg::ready), 0, {}));
  while (standing_ == Standing::serving) {
    wait();
    GW_TRY(obey());
    answer(clock_.now());
  }
  return Done{};
}

void Service::wait() {
  std::vector<pollfd> sources{{control_.fd(), POLLIN, 0}};
  for (const Door& door : doors_)
    for (const int fd : {door.udp.get(), door.tcp.get()}) sources.push_back({fd, POLLIN, 0});
  for (const Connection& connection : connections_.all())
    sources.push_back({connection.fd(), connection.awaits(), 0});
  const bool nobody_waits = connections_.all().empty();
  ::poll(sources.data(), sources.size(), nobody_waits ? -1 : static_cast<int>(kLook.count()));
}

/// Nothing blocks, so nobody need be told apart by readiness.
void Service::answer(Instant now) {
  for (const Door& door : doors_) {
    answer_datagrams(door);
    connections_.accept_from(door, now);
  }
  connections_.go_on(now);
}

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
    case Msg::name_table: {
      GW_TRY(const auto staged, decode<wire::Staged>(frame.body));
      staging_.take_table(frame, staged.generation);
      return Done{};
    }
    case Msg::name_socket:
      return take_socket(frame);
    case Msg::prepare:
      return prepare(frame);
    case Msg::commit:
      return commit(frame);
    case Msg::abandon:
      GW_TRY(decode<wire::Staged>(frame.body));
      staging_.forget();
      prepared_ = {};
      return Done{};
    default:
      break;
  }
  standing_ = Standing::drained;
  return Done{};
}

Result<> Service::take_socket(ipc::Frame& frame) {
  GW_TRY(const auto staged, decode<wire::StagedSocket>(frame.body));
  staging_.take_socket(staged, std::move(frame.fds.front()));
  return Done{};
}

Result<> Service::prepare(const ipc::Frame& frame) {
  GW_TRY(const auto staged, decode<wire::Staged>(frame.body));
  const Result<> whole = staging_.check(staged.generation);
  if (whole) {
    prepared_ = staged.generation;
    return control_.send(type_number(Msg::prepared), frame.request, encode(staged));
  }
  staging_.forget();
  const wire::Refused refused{staged.generation, whole.error().code, whole.error().detail.substr(0, 512)};
  return control_.send(type_number(Msg::refused), frame.request, encode(refused));
}

Result<> Service::commit(const ipc::Frame& frame) {
  GW_TRY(const auto staged, decode<wire::Staged>(frame.body));
  if (prepared_ != staged.generation || staging_.generation() != staged.generation)
    return Error{ErrorCode::channel_out_of_phase, "commit of what was not prepared"};
  doors_ = staging_.take(staged.generation);
  prepared_ = {};
  return control_.send(type_number(Msg::adopted), frame.request,
                       encode(wire::Adopted{staged.generation, 0, 0}));
}

}  // namespace gw::names
