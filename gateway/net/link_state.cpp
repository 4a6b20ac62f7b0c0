#include "net/link_state.h"

#include <arpa/inet.h>
#include <linux/if.h>
#include <linux/if_ether.h>
#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <netlink/errno.h>

#include <algorithm>

#include "net/netlink_ask.h"

namespace gw::net {
namespace {

std::string text_of(nlattr* attribute) { return attribute == nullptr ? "" : nla_get_string(attribute); }
int number_of(nlattr* attribute) {
  return attribute == nullptr ? 0 : static_cast<int>(nla_get_u32(attribute));
}

/// The id stays 0 if its frames bear another tag than 802.1Q's, e.g. a provider's (802.1ad).
void read_vlan(nlattr* data, LinkState& link) {
  Attributes<IFLA_VLAN_MAX> vlan{};
  if (data == nullptr || nla_parse_nested(vlan.data(), IFLA_VLAN_MAX, data, nullptr) != 0) return;
  if (vlan[IFLA_VLAN_ID] == nullptr || vlan[IFLA_VLAN_PROTOCOL] == nullptr) return;
  if (nla_get_u16(vlan[IFLA_VLAN_PROTOCOL]) == htons(ETH_P_8021Q))
    link.vlan = nla_get_u16(vlan[IFLA_VLAN_ID]);
}

void read_port(nlattr* data, LinkState& link) {
  Attributes<IFLA_BRPORT_MAX> port{};
  if (data == nullptr || nla_parse_nested(port.data(), IFLA_BRPORT_MAX, data, nullptr) != 0) return;
  if (port[IFLA_BRPORT_ISOLATED] != nullptr) link.isolated = nla_get_u8(port[IFLA_BRPORT_ISOLATED]) != 0;
}

void read_info(nlattr* attribute, LinkState& link) {
  Attributes<IFLA_INFO_MAX> info{};
  if (attribute == nullptr || nla_parse_nested(info.data(), IFLA_INFO_MAX, attribute, nullptr) != 0) return;
  link.kind = text_of(info[IFLA_INFO_KIND]);
  if (link.kind == "vlan") read_vlan(info[IFLA_INFO_DATA], link);
  if (text_of(info[IFLA_INFO_SLAVE_KIND]) != "bridge") return;
  read_port(info[IFLA_INFO_SLAVE_DATA], link);
}

int keep_link(nl_msg* answer, void* target) {
  nlmsghdr* header = nlmsg_hdr(answer);
  Attributes<IFLA_MAX> attributes{};
  if (header->nlmsg_type != RTM_NEWLINK ||
      nlmsg_parse(header, sizeof(ifinfomsg), attributes.data(), IFLA_MAX, nullptr) != 0)
    return NL_OK;
  const auto* about = static_cast<const ifinfomsg*>(nlmsg_data(header));
  LinkState link;
  link.number = about->ifi_index;
  link.name = text_of(attributes[IFLA_IFNAME]);
  link.up = (about->ifi_flags & IFF_UP) != 0;
  link.carrier = (about->ifi_flags & IFF_LOWER_UP) != 0;
  link.loopback = (about->ifi_flags & IFF_LOOPBACK) != 0;
  link.parent = number_of(attributes[IFLA_LINK]);
  link.bridge = number_of(attributes[IFLA_MASTER]);
  if (const nlattr* address = attributes[IFLA_ADDRESS]; address != nullptr) {
    const auto* bytes = static_cast<const std::uint8_t*>(nla_data(address));
    link.hardware.assign(bytes, bytes + nla_len(address));
  }
  read_info(attributes[IFLA_LINKINFO], link);
  static_cast<std::vector<LinkState>*>(target)->push_back(std::move(link));
  return NL_OK;
}

constexpr int kTries = 16;  // something may change while we read; not for ever

/// \return libnl's code
int dump_links(const Netlink& netlink, std::vector<LinkState>& links) {
  const MessagePtr dump = request(RTM_GETLINK, NLM_F_DUMP);
  ifinfomsg about{};
  nlmsg_append(dump.get(), &about, sizeof about, NLMSG_ALIGNTO);
  return ask(netlink, dump, keep_link, &links);
}

}  // namespace

bool is_made(const LinkState& link) { return link.kind == "vlan" || link.kind == "bridge"; }

Result<std::vector<LinkState>> read_links(const Netlink& netlink) {
  int code = 0;
  for (int tries = 0; tries < kTries; ++tries) {
    std::vector<LinkState> links;
    code = dump_links(netlink, links);
    if (code >= 0) return links;
    if (code != -NLE_DUMP_INTR) break;
  }
  return netlink_error("read interfaces", code);
}

const LinkState* find_link(const std::vector<LinkState>& links, std::string_view name) {
  const auto found =
      std::find_if(links.begin(), links.end(), [&](const LinkState& link) { return link.name == name; });
  return found == links.end() ? nullptr : &*found;
}

std::string name_of(const std::vector<LinkState>& links, int number) {
  const auto found =
      std::find_if(links.begin(), links.end(), [&](const LinkState& link) { return link.number == number; });
  return found == links.end() ? "?" : found->name;
}

}  // namespace gw::net
