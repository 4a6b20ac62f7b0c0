#include "net/link_shape.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>

#include "model/canary.h"
#include "net/link_changes.h"

namespace gw::net {
namespace {

bool is_made(const Link& link) { return link.vlan.id != 0 || !link.ports.empty(); }

/// One look at the interfaces. Each step reads what the one before left.
class Settling {
 public:
  Settling(const Netlink& netlink, const std::vector<Link>& links, Repairs& repairs)
      : netlink_(netlink), links_(links), repairs_(repairs), ours_{model::kCanary} {
    for (const Link& link : links) {
      ours_.insert(link.interface);
      for (const std::string& interface : foundations_of(link)) ours_.insert(interface);
      for (const std::string& port : link.ports) bridge_of_[port] = link.interface;
    }
  }

  Result<> run() {
    GW_TRY(read());
    GW_TRY(check_foundations());
    GW_TRY(remove_strangers());
    GW_TRY(read());
    for (const Link& link : links_) GW_TRY(make(link));
    GW_TRY(read());
    for (const LinkState& state : there_) GW_TRY(settle_port(state));
    GW_TRY(read());
    for (const LinkState& state : there_) GW_TRY(isolate_port(state));
    return raise_all();
  }

 private:
  Result<> read() {
    GW_TRY(there_, read_links(netlink_));
    return Done{};
  }

  Result<> check_foundations() const {
    for (const Link& link : links_)
      for (const std::string& interface : foundations_of(link))
        if (find_link(there_, interface) == nullptr) return interface_missing(interface);
    return Done{};
  }

  bool is_as_planned(const LinkState& state, const Link& link) const {
    if (link.vlan.id == 0) return state.kind == "bridge";
    return state.kind == "vlan" && state.vlan == link.vlan.id &&
           name_of(there_, state.parent) == link.vlan.parent;
  }

  /// Something else under the name of one that we make, whatever its kind; or of a kind that we make, and not
  /// planned: whoever made that one has no business here.
  bool is_strange(const LinkState& state) const {
    const auto planned = std::find_if(links_.begin(), links_.end(),
                                      [&](const Link& link) { return link.interface == state.name; });
    if (planned != links_.end() && is_made(*planned)) return !is_as_planned(state, *planned);
    return is_made(state) && ours_.count(state.name) == 0;
  }

  Result<> remove_strangers() {
    for (const LinkState& state : there_) {
      if (is_strange(state)) {
        const std::string kind = state.kind.empty() ? "device" : state.kind;
        repairs_.add("interface " + state.name + " is not ours and was a " + kind);
        GW_TRY(remove_link(netlink_, state));
      } else if (state.up && !state.loopback && ours_.count(state.name) == 0) {
        repairs_.add("interface " + state.name + " is not ours and was up");
        GW_TRY(set_up(netlink_, state, false));
      }
    }
    return Done{};
  }

  Result<> make(const Link& link) {
    if (!is_made(link) || find_link(there_, link.interface) != nullptr) return Done{};
    repairs_.add("interface " + link.interface + " was missing");
    if (link.vlan.id == 0) return make_bridge(netlink_, link.interface);
    return make_vlan(netlink_, link.interface, *find_link(there_, link.vlan.parent), link.vlan.id);
  }

  /// The bridge the interface must be a port of; 0: none.
  int wanted_bridge(const LinkState& state) const {
    const auto found = bridge_of_.find(state.name);
    const LinkState* bridge = found == bridge_of_.end() ? nullptr : find_link(there_, found->second);
    return bridge == nullptr ? 0 : bridge->number;
  }

  Result<> settle_port(const LinkState& state) {
    const int wanted = wanted_bridge(state);
    if (state.bridge == wanted) return Done{};
    if (wanted != 0)
      repairs_.add("interface " + state.name + " was no port of " + name_of(there_, wanted));
    else
      repairs_.add("interface " + state.name + " was a port of " + name_of(there_, state.bridge));
    return join(netlink_, state, wanted);
  }

  Result<> isolate_port(const LinkState& state) {
    if (bridge_of_.count(state.name) == 0 || state.isolated) return Done{};
    repairs_.add("interface " + state.name + " was a port that reaches others");
    return isolate(netlink_, state);
  }

  /// Foundations first: a VLAN does not come up before its parent.
  Result<> raise_all() {
    for (const Link& link : links_) {
      std::vector<std::string> names = foundations_of(link);
      if (is_made(link)) names.push_back(link.interface);
      for (const std::string& name : names) GW_TRY(raise(name));
    }
    return Done{};
  }

  Result<> raise(const std::string& name) {
    GW_TRY(read());
    const LinkState* state = find_link(there_, name);
    if (state == nullptr) return interface_missing(name);
    if (state->up) return Done{};
    repairs_.add("interface " + name + " was down");
    return set_up(netlink_, *state, true);
  }

  const Netlink& netlink_;
  const std::vector<Link>& links_;
  Repairs& repairs_;
  std::set<std::string> ours_;
  std::map<std::string, std::string> bridge_of_;  // by port
  std::vector<LinkState> there_;
};

}  // namespace

Result<> settle_links(const Netlink& netlink, const std::vector<Link>& links, Repairs& repairs) {
  const std::size_t before = repairs.count();
  GW_TRY(Settling(netlink, links, repairs).run());
  if (repairs.count() == before) return Done{};
  Repairs left;
  GW_TRY(Settling(netlink, links, left).run());
  if (left.empty()) return Done{};
  return Error{ErrorCode::net_apply_failed, "not kept: " + left.texts().front()};
}

}  // namespace gw::net
