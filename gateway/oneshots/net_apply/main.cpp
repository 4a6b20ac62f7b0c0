// sekisho-net-apply base|links|lan|wan|mgmt
//
// One deed in the network namespace it was started in, then one answer on the control channel. Holds
// CAP_NET_ADMIN and nothing else; parses netlink and nftables replies and the sealed plan.

#include <optional>
#include <string_view>

#include "ipc/inherited.h"
#include "ipc/messages/compile.h"
#include "net/apply.h"
#include "sys/sealed.h"
#include "sys/shut_in.h"

namespace {

using namespace gw;

constexpr std::size_t kMaxPlan = 64u << 20;
constexpr std::size_t kMaxDetail = 1024;

Result<net::Plan> read_plan() {
  GW_TRY(const auto bytes, sys::read_sealed(ipc::kInputFd, kMaxPlan));
  return decode<net::Plan>(bytes);
}

Result<> base(net::Kernel& kernel) { return net::apply_base(kernel); }

Result<> links(net::Kernel& kernel) {
  GW_TRY(const net::Plan plan, read_plan());
  return net::place_links(kernel, plan, {ipc::kSecondInputFd, ipc::kThirdInputFd});
}

template <net::Role role>
Result<> shape(net::Kernel& kernel) {
  GW_TRY(const net::Plan plan, read_plan());
  return net::apply(kernel, plan, role);
}

struct Deed {
  std::string_view name;
  Result<> (*perform)(net::Kernel&);
};
constexpr Deed kDeeds[] = {
    {"base", base},
    {"links", links},
    {"lan", shape<net::Role::lan>},
    {"wan", shape<net::Role::wan>},
    {"mgmt", shape<net::Role::mgmt>},
};

/// The libraries open their name tables and sockets before the walls, the plan is read after.
Result<> perform(const Deed& deed) {
  GW_TRY(net::Kernel kernel, net::Kernel::open());
  GW_TRY(sys::shut_in(sys::Filter::net_apply));
  return deed.perform(kernel);
}

Result<> answer(const ipc::Channel& control, const Result<>& outcome) {
  using ipc::net_apply::Msg;
  if (outcome) return control.send(ipc::type_number(Msg::applied), 0, {});
  ipc::net_apply::Failed failed{outcome.error().code, outcome.error().detail.substr(0, kMaxDetail)};
  return control.send(ipc::type_number(Msg::failed), 0, encode(failed));
}

}  // namespace

int main(int count, char** arguments) {
  const std::string_view name = count == 2 ? arguments[1] : "";
  for (const Deed& deed : kDeeds) {
    if (deed.name != name) continue;
    const ipc::Channel control{UniqueFd(ipc::kControlFd)};
    const Result<> outcome = perform(deed);
    const Result<> sent = answer(control, outcome);
    return outcome && sent ? 0 : 1;
  }
  return 2;
}
