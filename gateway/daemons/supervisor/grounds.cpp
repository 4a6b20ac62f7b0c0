#include "grounds.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <string>

#include "sys/namespaces.h"

namespace gw::supervisor {
namespace {

struct Setting {
  const char* name;
  const char* value;
};
// "all" holds for what is there, "default" for interfaces that come in later.
constexpr Setting kSettings[] = {
    {"ipv4/ip_forward", "0"},
    {"ipv6/conf/all/forwarding", "0"},
    {"ipv6/conf/default/forwarding", "0"},
    {"ipv4/conf/all/accept_redirects", "0"},
    {"ipv4/conf/default/accept_redirects", "0"},
    {"ipv6/conf/all/accept_redirects", "0"},
    {"ipv6/conf/default/accept_redirects", "0"},
    {"ipv4/conf/all/secure_redirects", "0"},
    {"ipv4/conf/default/secure_redirects", "0"},
    {"ipv4/conf/all/send_redirects", "0"},
    {"ipv4/conf/default/send_redirects", "0"},
    {"ipv4/conf/all/accept_source_route", "0"},
    {"ipv4/conf/default/accept_source_route", "0"},
    {"ipv6/conf/all/accept_source_route", "0"},
    {"ipv6/conf/default/accept_source_route", "0"},
    {"ipv4/conf/all/rp_filter", "1"},
    {"ipv4/conf/default/rp_filter", "1"},
    {"ipv4/conf/all/arp_ignore", "1"},  // an interface answers for its own addresses only
    {"ipv4/conf/all/arp_announce", "2"},
    {"ipv6/conf/all/accept_ra", "0"},
    {"ipv6/conf/default/accept_ra", "0"},
    {"ipv6/conf/all/autoconf", "0"},
    {"ipv6/conf/default/autoconf", "0"},
};

Result<> write_setting(const Setting& setting) {
  const std::string path = std::string("/proc/sys/net/") + setting.name;
  const UniqueFd file(::open(path.c_str(), O_WRONLY | O_CLOEXEC));
  if (!file && errno == ENOENT) return Done{};  // a kernel without IPv6
  if (!file) return system_error("open(" + path + ")");
  if (::write(file.get(), setting.value, 1) != 1) return system_error("write(" + path + ")");
  return Done{};
}

Result<UniqueFd> make_ground() {
  GW_TRY(UniqueFd made, sys::make_network());
  GW_TRY(const sys::NetworkVisit visit, sys::NetworkVisit::enter(made.get()));
  for (const Setting& setting : kSettings) GW_TRY(write_setting(setting));
  return made;
}

}  // namespace

Result<Grounds> Grounds::make() {
  Grounds grounds;
  grounds.owned_ = true;
  GW_TRY(grounds.own_, sys::own_network());
  for (UniqueFd* ground : {&grounds.lan_, &grounds.wan_, &grounds.mgmt_}) {
    GW_TRY(*ground, make_ground());
  }
  return grounds;
}

Result<Grounds> Grounds::here() {
  Grounds grounds;
  for (UniqueFd* ground : {&grounds.own_, &grounds.lan_, &grounds.wan_, &grounds.mgmt_}) {
    GW_TRY(*ground, sys::own_network());
  }
  return grounds;
}

std::optional<int> Grounds::network(Ground ground) const {
  switch (ground) {
    case Ground::none:
      return std::nullopt;
    case Ground::own:
      return own_.get();
    case Ground::lan:
      return lan_.get();
    case Ground::wan:
      return wan_.get();
    case Ground::mgmt:
      return mgmt_.get();
  }
  GW_CHECK(false, "a ground that is nowhere");
}

}  // namespace gw::supervisor
