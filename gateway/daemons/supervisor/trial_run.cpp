#include "trial_run.h"

#include <net/if.h>
#include <netinet/in.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

#include <csignal>
#include <cstring>

#include "ipc/inherited.h"
#include "ipc/messages/compile.h"
#include "ipc/messages/probe.h"
#include "model/accounts.h"
#include "probe/attempts.h"
#include "probe/outcome.h"
#include "sys/maker.h"
#include "sys/namespaces.h"
#include "sys/seccomp.h"

namespace gw::supervisor {
namespace {

using Kind = Trial::Kind;
using Outcome = model::ProofCase::Outcome;

constexpr std::chrono::seconds kWithin{90};

Result<UniqueFd> listen_on_loopback(std::uint16_t& port) {
  UniqueFd fd(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  auto* const at = reinterpret_cast<sockaddr*>(&address);
  if (!fd || ::bind(fd.get(), at, size) != 0 || ::listen(fd.get(), 8) != 0 ||
      ::getsockname(fd.get(), at, &size) != 0)
    return system_error("listen on loopback");
  port = ntohs(address.sin_port);
  return fd;
}

Result<UniqueFd> connect_to_loopback(std::uint16_t port) {
  UniqueFd fd(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (!fd || ::connect(fd.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
    return system_error("connect on loopback");
  return fd;
}

Result<> raise_loopback() {
  const UniqueFd fd(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0));
  ifreq request{};
  std::strncpy(request.ifr_name, "lo", sizeof request.ifr_name - 1);
  request.ifr_flags = IFF_UP;
  if (!fd || ::ioctl(fd.get(), SIOCSIFFLAGS, &request) != 0) return system_error("bring up lo");
  return Done{};
}

/// TCP and UDP of both families, made in the namespace; -1 for a family the kernel does not have.
std::array<UniqueFd, 4> sockets_in(int network) {
  std::array<UniqueFd, 4> out;
  const auto visit = sys::NetworkVisit::enter(network);
  if (!visit) return out;
  const sys::Maker maker(model::kProbeAccount);
  const std::pair<int, int> kinds[] = {
      {AF_INET, SOCK_STREAM}, {AF_INET6, SOCK_STREAM}, {AF_INET, SOCK_DGRAM}, {AF_INET6, SOCK_DGRAM}};
  for (std::size_t i = 0; i < out.size(); ++i)
    out[i].reset(::socket(kinds[i].first, kinds[i].second | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  return out;
}

}  // namespace

Result<Props> Props::make() {
  Props props;
  GW_TRY(props.network, sys::make_network());
  GW_TRY(const sys::NetworkVisit visit, sys::NetworkVisit::enter(props.network.get()));
  GW_TRY(raise_loopback());
  std::uint16_t port = 0;
  GW_TRY(props.listener, listen_on_loopback(port));
  GW_TRY(props.connected, connect_to_loopback(port));
  GW_TRY(props.forbidden, listen_on_loopback(props.forbidden_port));
  props.ear.reset(::socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC, 0));
  if (!props.ear) return system_error("socket(AF_PACKET)");
  return props;
}

void TrialRun::run(const Trial& trial, const EditionPtr& edition, std::uint32_t victim, Finished finished) {
  trial_ = trial;
  edition_ = edition;
  finished_ = std::move(finished);
  cases_.clear();
  done_ = false;
  until_ = premises_.clock.now() + kWithin;
  if (const Result<> started = start(victim); !started) failure_ = started.error().to_text();
}

Result<> TrialRun::start(std::uint32_t victim) {
  const std::string tenant = std::to_string(trial_.tenant.number());
  const sys::Placed aims{edition_->aims.get(), ipc::kInputFd};
  switch (trial_.kind) {
    case Kind::attempt:
      return start_attempt(victim);
    case Kind::reach_lan:
      return start_reach_lan();
    case Kind::reach_wan:
      return start_in_place({"reach", "wan", tenant}, {aims}, Ground::wan);
    case Kind::reach_nobody:
      return start_in_place({"reach", "nobody", tenant}, {aims}, Ground::wan);
    case Kind::names:
      return start_in_place({"names"}, {{edition_->dial_tables.at(trial_.tenant).get(), ipc::kInputFd}},
                            Ground::wan);
    case Kind::resume:
      return start_in_place({"resume"}, {}, Ground::none);
    case Kind::outside:
      return lay_cable();
  }
  GW_CHECK(false, "a trial of no kind");
}

Ears TrialRun::ears() {
  return {[this](ipc::Frame& frame) { hear(frame); },
          [this](const sys::Ending& ending, const std::string& words) { end(ending, words); }};
}

Result<> TrialRun::start_in_place(std::vector<std::string> arguments, std::vector<sys::Placed> inputs,
                                  Ground ground) {
  GW_TRY(running_, Running::start(premises_, role(trial_.role),
                                  {.tenant = trial_.tenant,
                                   .tenant_name = trial_.tenant_name,
                                   .arguments = std::move(arguments),
                                   .inputs = std::move(inputs),
                                   .ground = ground,
                                   .program = RoleId::isolation_probe},
                                  ipc::probe::kFromProbe, ears()));
  return Done{};
}

Result<> TrialRun::start_attempt(std::uint32_t victim) {
  if (!props_) {
    GW_TRY(props_, Props::make());
  }
  const Role& place = role(trial_.role);
  std::vector<sys::Placed> handed{{props_->connected.get(), probe::kConnectedFd},
                                  {props_->listener.get(), probe::kListenerFd},
                                  {props_->network.get(), probe::kNamespaceFd}};
  if (hears_a_network(trial_.role)) handed.push_back({props_->ear.get(), probe::kEarFd});
  return start_in_place({"attempt", trial_.attempt, std::to_string(props_->forbidden_port),
                         std::to_string(victim), sys::seccomp::name_of(place.filter)},
                        std::move(handed), place.ground == Ground::own ? Ground::none : place.ground);
}

Result<> TrialRun::start_reach_lan() {
  const std::array<UniqueFd, 4> sockets = sockets_in(*premises_.grounds.network(Ground::lan));
  std::vector<sys::Placed> inputs{{edition_->aims.get(), ipc::kInputFd}};
  const int places[] = {ipc::kSecondInputFd, ipc::kThirdInputFd, ipc::kReferenceFd, ipc::kBeforeFd};
  for (std::size_t i = 0; i < sockets.size(); ++i)
    if (sockets[i]) inputs.push_back({sockets[i].get(), places[i]});
  return start_in_place({"reach", "lan", std::to_string(trial_.tenant.number())}, std::move(inputs),
                        Ground::none);
}

/// Its other end stands in a namespace of its own, and goes with it.
Result<> TrialRun::lay_cable() {
  GW_TRY(outside_, sys::make_network());
  const int inside = *premises_.grounds.network(trial_.ground);
  GW_TRY(
      running_,
      lay({.arguments = {"lay-canary"}, .inputs = {{inside, ipc::kSecondInputFd}}, .network = outside_.get()},
          [this, inside] { raise_cable(inside); }));
  return Done{};
}

void TrialRun::raise_cable(int inside) {
  auto running = lay({.arguments = {"raise-canary"}, .network = inside}, [this] { start_outside(); });
  if (!running) return fail(running.error().to_text());
  running_ = *std::move(running);
}

Result<std::unique_ptr<Running>> TrialRun::lay(Order order, std::function<void()> then) {
  return Running::start(premises_, role(RoleId::net_apply), std::move(order), ipc::net_apply::kFromNetApply,
                        {[](ipc::Frame&) {},
                         [this, then](const sys::Ending& ending, const std::string& words) {
                           const auto go_on = then;  // this function goes with the process
                           running_.reset();
                           if (ending.clean()) return go_on();
                           fail("no cable: " + ending.to_text() + " " + words);
                         }});
}

void TrialRun::start_outside() {
  const char* const side = trial_.ground == Ground::lan   ? "lan"
                           : trial_.ground == Ground::wan ? "wan"
                                                          : "mgmt";
  auto running = Running::start(premises_, role(RoleId::isolation_probe),
                                {.arguments = {"outside", side},
                                 .inputs = {{edition_->aims.get(), ipc::kInputFd}},
                                 .network = outside_.get()},
                                ipc::probe::kFromProbe, ears());
  if (!running) return fail(running.error().to_text());
  running_ = *std::move(running);
}

void TrialRun::hear(const ipc::Frame& frame) {
  if (static_cast<ipc::probe::Msg>(frame.type) == ipc::probe::Msg::done) {
    done_ = true;
    return;
  }
  Result<model::ProofCase> one = decode<model::ProofCase>(frame.body);
  if (!one) return running_->kill();
  one->place = trial_.place;
  one->tenant = trial_.tenant_name;
  if (cases_.size() < model::kMaxProofCases) cases_.push_back(*std::move(one));
}

void TrialRun::end(const sys::Ending& ending, const std::string& words) {
  running_.reset();
  if (trial_.kind == Kind::attempt) return conclude_attempt(ending);
  if (!done_) return fail(ending.to_text() + " " + words);
  finish();
}

/// ISO-02: the process is killed by its table of calls, or the call is refused.
void TrialRun::conclude_attempt(const sys::Ending& ending) {
  const bool killed = ending.how == sys::Ending::How::killed;
  const bool held = killed ? ending.number == SIGSYS : ending.number == probe::kRefused;
  const bool broken = !killed && (ending.number == probe::kWorked || ending.number == 0);
  cases_.push_back({"ISO-02", trial_.place, trial_.tenant_name, trial_.attempt,
                    held     ? Outcome::held
                    : broken ? Outcome::broken
                             : Outcome::unproven,
                    held     ? (killed ? "killed by its table of calls" : "refused")
                    : broken ? "it worked"
                             : ending.to_text()});
  finish();
}

void TrialRun::fail(const std::string& why) {
  cases_.push_back({"ISO-09", trial_.place, trial_.tenant_name,
                    trial_.attempt.empty() ? "the trial itself" : trial_.attempt, Outcome::unproven,
                    why.substr(0, model::kMaxProofText)});
  finish();
}

void TrialRun::finish() {
  until_ = Instant::max();
  outside_.reset();
  std::exchange(finished_, {})(std::move(cases_));
}

void TrialRun::tick(Instant now) {
  if (failure_) return fail(*std::exchange(failure_, {}));
  if (running_) running_->tick(now);
  if (now < until_) return;
  running_.reset();
  fail("it did not end in time");
}

void TrialRun::cancel() {
  running_.reset();
  outside_.reset();
  finished_ = {};
  failure_.reset();
  until_ = Instant::max();
}

}  // namespace gw::supervisor
