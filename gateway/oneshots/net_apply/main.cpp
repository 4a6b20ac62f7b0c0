// sekisho-net-apply
// base|home|lay-canary|raise-canary|look|links|narrow-lan|narrow-wan|narrow-mgmt|lan|wan|mgmt
//
// base everything dropped, home interfaces back to where they appeared, *-canary a cable for an isolation
// proof, look what is there and no change, links interfaces into their namespaces, narrow-* what two plans
// both allow, the others what the plan says, and nothing that began under another. One deed in the network
// namespace it was started in, then one answer on the control channel. Holds CAP_NET_ADMIN and nothing else;
// parses netlink and nftables replies and the sealed plan and lease.

#include <fcntl.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "ipc/inherited.h"
#include "ipc/messages/compile.h"
#include "net/apply.h"
#include "net/repairs.h"
#include "net/settings.h"
#include "net/sight.h"
#include "net/transition.h"
#include "net/with_lease.h"
#include "sys/sealed.h"
#include "sys/shut_in.h"

namespace {

using namespace gw;

constexpr std::size_t kMaxPlan = 64u << 20;
constexpr std::size_t kMaxLease = 256;
constexpr std::size_t kMaxDetail = 1024;

constexpr std::size_t kMaxListing = 1u << 20;

/// What a deed ends in.
struct Outcome {
  net::Repairs repairs{};
  std::optional<std::string> listing{};        ///< of the rules, where a namespace was shaped
  std::optional<model::NetworkSight> sight{};  ///< where one was only looked at
};

/// Where nothing was placed a library's socket may stand by now; only a memory file answers for its seals.
bool was_handed_in(int fd) { return ::fcntl(fd, F_GET_SEALS) >= 0; }

Result<std::optional<model::Lease>> read_lease() {
  if (!was_handed_in(ipc::kLeaseFd)) return std::optional<model::Lease>{};
  GW_TRY(const auto bytes, sys::read_sealed(ipc::kLeaseFd, kMaxLease));
  GW_TRY(model::Lease lease, decode<model::Lease>(bytes));
  return std::optional(std::move(lease));
}

Result<net::Plan> read_plan(int fd) {
  GW_TRY(const auto bytes, sys::read_sealed(fd, kMaxPlan));
  GW_TRY(net::Plan plan, decode<net::Plan>(bytes));
  GW_TRY(const auto lease, read_lease());
  return net::with_lease(std::move(plan), lease);
}

/// Was an earlier run's listing handed in? To be asked before anything else takes its number.
bool has_reference() { return was_handed_in(ipc::kReferenceFd); }

/// Something to do in a namespace.
struct Work {
  net::Kernel kernel;
  bool compares;  ///< with an earlier run's listing
};

Result<std::optional<std::string>> read_reference(const Work& work) {
  if (!work.compares) return std::optional<std::string>{};
  GW_TRY(const auto bytes, sys::read_sealed(ipc::kReferenceFd, kMaxListing));
  return std::optional(std::string(as_text(bytes)));
}

Result<> base(Work& work, Outcome&) { return net::apply_base(work.kernel); }

Result<> home(Work& work, Outcome&) { return net::send_home(work.kernel, ipc::kSecondInputFd); }

Result<> lay_canary(Work& work, Outcome&) { return net::lay_canary(work.kernel, ipc::kSecondInputFd); }
Result<> raise_canary(Work& work, Outcome&) { return net::raise_canary(work.kernel); }

Result<> look(Work& work, Outcome& outcome) {
  GW_TRY(outcome.sight, net::look(work.kernel));
  return Done{};
}

Result<> links(Work& work, Outcome&) {
  GW_TRY(const net::Plan plan, read_plan(ipc::kInputFd));
  return net::place_links(work.kernel, plan, {ipc::kSecondInputFd, ipc::kThirdInputFd, ipc::kManagementFd});
}

Result<net::Plan> read_whole() { return read_plan(ipc::kInputFd); }

Result<net::Plan> read_narrowed() {
  GW_TRY(const net::Plan before, read_plan(ipc::kBeforeFd));
  GW_TRY(const net::Plan after, read_plan(ipc::kInputFd));
  return net::narrowed(before, after);
}

/// A publication that narrows may still be given up: what stands under the plan before goes on.
template <net::Role role>
Result<> narrow(Work& work, Outcome& outcome) {
  GW_TRY(const net::Plan plan, read_narrowed());
  GW_TRY(outcome.listing, net::apply(work.kernel, plan, role, std::nullopt, outcome.repairs));
  return Done{};
}

/// Sockets are compared once there is something to compare rules with: their listeners stand by then.
template <net::Role role>
Result<> shape(Work& work, Outcome& outcome) {
  GW_TRY(const net::Plan plan, read_whole());
  GW_TRY(const auto reference, read_reference(work));
  GW_TRY(outcome.listing, net::apply(work.kernel, plan, role, reference, outcome.repairs));
  GW_TRY(net::end_strange_flows(work.kernel, plan, role, outcome.repairs));
  if (work.compares) GW_TRY(net::end_strange_sockets(work.kernel, plan, role, outcome.repairs));
  return Done{};
}

enum class Ground : std::uint8_t {
  own,      ///< a namespace of the box: its settings are ours to make
  foreign,  ///< where interfaces appear, or one that is left as it is
};
struct Deed {
  std::string_view name;
  Ground ground;
  Result<> (*perform)(Work&, Outcome&);
};
constexpr Deed kDeeds[] = {
    {"base", Ground::own, base},
    {"home", Ground::own, home},
    {"lay-canary", Ground::foreign, lay_canary},
    {"raise-canary", Ground::foreign, raise_canary},
    {"links", Ground::foreign, links},
    {"look", Ground::foreign, look},
    {"narrow-lan", Ground::own, narrow<net::Role::lan>},
    {"narrow-wan", Ground::own, narrow<net::Role::wan>},
    {"narrow-mgmt", Ground::own, narrow<net::Role::mgmt>},
    {"lan", Ground::own, shape<net::Role::lan>},
    {"wan", Ground::own, shape<net::Role::wan>},
    {"mgmt", Ground::own, shape<net::Role::mgmt>},
};

/// The libraries open their name tables and sockets before the walls, and the kernel's settings are files;
/// the plan is read after.
Result<> perform(const Deed& deed, Outcome& outcome) {
  const bool compares = has_reference();
  GW_TRY(net::Kernel kernel, net::Kernel::open());
  Work work{std::move(kernel), compares};
  if (deed.ground == Ground::own) GW_TRY(net::settle_settings(outcome.repairs));
  GW_TRY(sys::shut_in(sys::Filter::net_apply));
  return deed.perform(work, outcome);
}

Result<> tell_shaped(const ipc::Channel& control, const Outcome& outcome) {
  ipc::net_apply::Shaped shaped;
  for (const std::string& text : outcome.repairs.texts()) shaped.repaired.push_back({text});
  shaped.further = outcome.repairs.further();
  for (const std::string& text : outcome.repairs.left()) shaped.left.push_back({text});
  GW_TRY(const UniqueFd listing, sys::seal(as_bytes(*outcome.listing), "rules"));
  return control.send(ipc::type_number(ipc::net_apply::Msg::shaped), 0, encode(shaped), {listing.get()});
}

Result<> tell_seen(const ipc::Channel& control, const model::NetworkSight& sight) {
  GW_TRY(const UniqueFd sealed, sys::seal(encode(sight), "sight"));
  return control.send(ipc::type_number(ipc::net_apply::Msg::seen), 0, {}, {sealed.get()});
}

Result<> answer(const ipc::Channel& control, const Result<>& done, const Outcome& outcome) {
  using ipc::net_apply::Msg;
  if (!done) {
    ipc::net_apply::Failed failed{done.error().code, done.error().detail.substr(0, kMaxDetail)};
    return control.send(ipc::type_number(Msg::failed), 0, encode(failed));
  }
  if (outcome.listing) return tell_shaped(control, outcome);
  if (outcome.sight) return tell_seen(control, *outcome.sight);
  return control.send(ipc::type_number(Msg::applied), 0, {});
}

}  // namespace

int main(int count, char** arguments) {
  const std::string_view name = count == 2 ? arguments[1] : "";
  for (const Deed& deed : kDeeds) {
    if (deed.name != name) continue;
    const ipc::Channel control{UniqueFd(ipc::kControlFd)};
    Outcome outcome;
    const Result<> done = perform(deed, outcome);
    const Result<> sent = answer(control, done, outcome);
    return done && sent ? 0 : 1;
  }
  return 2;
}
