// sekisho-net-apply base|links|narrow-lan|narrow-wan|narrow-mgmt|lan|wan|mgmt
//
// base everything dropped, links interfaces into their namespaces, narrow-* what two plans both allow, the
// others what the plan says. One deed in the network namespace it was started in, then one answer on the
// control channel. Holds CAP_NET_ADMIN and nothing else; parses netlink and nftables replies, the sealed
// plan and the sealed lease.

#include <fcntl.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "ipc/inherited.h"
#include "ipc/messages/compile.h"
#include "net/apply.h"
#include "net/repairs.h"
#include "net/settings.h"
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
  std::optional<std::string> listing{};  ///< of the rules, where a namespace was shaped
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

/// What an earlier run listed; nothing if none was handed in.
Result<std::optional<std::string>> read_reference() {
  if (!was_handed_in(ipc::kReferenceFd)) return std::optional<std::string>{};
  GW_TRY(const auto bytes, sys::read_sealed(ipc::kReferenceFd, kMaxListing));
  return std::optional(std::string(as_text(bytes)));
}

Result<> base(net::Kernel& kernel, Outcome&) { return net::apply_base(kernel); }

Result<> links(net::Kernel& kernel, Outcome&) {
  GW_TRY(const net::Plan plan, read_plan(ipc::kInputFd));
  return net::place_links(kernel, plan, {ipc::kSecondInputFd, ipc::kThirdInputFd});
}

Result<net::Plan> read_whole() { return read_plan(ipc::kInputFd); }

Result<net::Plan> read_narrowed() {
  GW_TRY(const net::Plan before, read_plan(ipc::kBeforeFd));
  GW_TRY(const net::Plan after, read_plan(ipc::kInputFd));
  return net::narrowed(before, after);
}

template <Result<net::Plan> (*read)(), net::Role role>
Result<> shape(net::Kernel& kernel, Outcome& outcome) {
  GW_TRY(const net::Plan plan, read());
  GW_TRY(const auto reference, read_reference());
  GW_TRY(outcome.listing, net::apply(kernel, plan, role, reference, outcome.repairs));
  return Done{};
}

enum class Ground : std::uint8_t {
  own,      ///< a namespace of the box: its settings are ours to make
  foreign,  ///< where interfaces appear
};
struct Deed {
  std::string_view name;
  Ground ground;
  Result<> (*perform)(net::Kernel&, Outcome&);
};
constexpr Deed kDeeds[] = {
    {"base", Ground::own, base},
    {"links", Ground::foreign, links},
    {"narrow-lan", Ground::own, shape<read_narrowed, net::Role::lan>},
    {"narrow-wan", Ground::own, shape<read_narrowed, net::Role::wan>},
    {"narrow-mgmt", Ground::own, shape<read_narrowed, net::Role::mgmt>},
    {"lan", Ground::own, shape<read_whole, net::Role::lan>},
    {"wan", Ground::own, shape<read_whole, net::Role::wan>},
    {"mgmt", Ground::own, shape<read_whole, net::Role::mgmt>},
};

/// The libraries open their name tables and sockets before the walls, and the kernel's settings are files;
/// the plan is read after.
Result<> perform(const Deed& deed, Outcome& outcome) {
  GW_TRY(net::Kernel kernel, net::Kernel::open());
  if (deed.ground == Ground::own) GW_TRY(net::settle_settings(outcome.repairs));
  GW_TRY(sys::shut_in(sys::Filter::net_apply));
  return deed.perform(kernel, outcome);
}

Result<> tell_shaped(const ipc::Channel& control, const Outcome& outcome) {
  ipc::net_apply::Shaped shaped;
  for (const std::string& text : outcome.repairs.texts()) shaped.repaired.push_back({text});
  shaped.further = outcome.repairs.further();
  GW_TRY(const UniqueFd listing, sys::seal(as_bytes(*outcome.listing), "rules"));
  return control.send(ipc::type_number(ipc::net_apply::Msg::shaped), 0, encode(shaped), {listing.get()});
}

Result<> answer(const ipc::Channel& control, const Result<>& done, const Outcome& outcome) {
  using ipc::net_apply::Msg;
  if (!done) {
    ipc::net_apply::Failed failed{done.error().code, done.error().detail.substr(0, kMaxDetail)};
    return control.send(ipc::type_number(Msg::failed), 0, encode(failed));
  }
  if (outcome.listing) return tell_shaped(control, outcome);
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
