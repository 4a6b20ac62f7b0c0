#include "net/neighbours.h"

#include <linux/neighbour.h>
#include <linux/rtnetlink.h>
#include <netlink/errno.h>
#include <sys/socket.h>

#include <algorithm>
#include <cstdio>
#include <optional>
#include <string>

#include "net/netlink_ask.h"

namespace gw::net {
namespace {

using Bytes = std::vector<std::uint8_t>;

/// One entry as the kernel tells it.
struct Entry {
  ndmsg header{};
  Bytes destination{}, hardware{}, vlan{};
  int bridge = 0;  ///< the number of the one that has it; the entry may be for the bridge itself
};

Bytes bytes_of(const nlattr* attribute) {
  if (attribute == nullptr) return {};
  const auto* data = static_cast<const std::uint8_t*>(nla_data(attribute));
  return {data, data + nla_len(attribute)};
}

int keep_entry(nl_msg* answer, void* target) {
  nlmsghdr* header = nlmsg_hdr(answer);
  Attributes<NDA_MAX> attributes{};
  if (header->nlmsg_type != RTM_NEWNEIGH ||
      nlmsg_parse(header, sizeof(ndmsg), attributes.data(), NDA_MAX, nullptr) != 0)
    return NL_OK;
  Entry entry;
  entry.header = *static_cast<const ndmsg*>(nlmsg_data(header));
  entry.destination = bytes_of(attributes[NDA_DST]);
  entry.hardware = bytes_of(attributes[NDA_LLADDR]);
  entry.vlan = bytes_of(attributes[NDA_VLAN]);
  if (attributes[NDA_MASTER] != nullptr) entry.bridge = static_cast<int>(nla_get_u32(attributes[NDA_MASTER]));
  static_cast<std::vector<Entry>*>(target)->push_back(std::move(entry));
  return NL_OK;
}

Result<> read(const Netlink& netlink, std::uint8_t family, std::uint8_t flags, std::vector<Entry>& entries) {
  const MessagePtr dump = request(RTM_GETNEIGH, NLM_F_DUMP);
  ndmsg about{};
  about.ndm_family = family;
  about.ndm_flags = flags;
  nlmsg_append(dump.get(), &about, sizeof about, NLMSG_ALIGNTO);
  const int code = ask(netlink, dump, keep_entry, &entries);
  // Neighbours come and go all the time; one that was set by hand does not.
  if (code < 0 && code != -NLE_DUMP_INTR) return netlink_error("read neighbours", code);
  return Done{};
}

/// A bridge's entry is the kernel's own if it was learnt, or for an address of one of our interfaces; those
/// of an interface itself (NTF_SELF) only say what it listens to.
bool is_set_by_hand(const Entry& entry, const std::vector<LinkState>& links) {
  const auto [state, flags] = std::pair{entry.header.ndm_state, entry.header.ndm_flags};
  if ((flags & (NTF_PROXY | NTF_EXT_LEARNED)) != 0) return true;
  if (entry.header.ndm_family != AF_BRIDGE) return (state & NUD_PERMANENT) != 0;
  if ((flags & NTF_SELF) != 0 || (state & (NUD_PERMANENT | NUD_NOARP)) == 0) return false;
  const bool own = std::any_of(links.begin(), links.end(),
                               [&](const LinkState& link) { return link.hardware == entry.hardware; });
  return (state & NUD_NOARP) != 0 || !own;
}

Result<std::vector<Entry>> find_set_by_hand(const Netlink& netlink, const std::vector<LinkState>& links) {
  std::vector<Entry> entries;
  GW_TRY(read(netlink, AF_UNSPEC, 0, entries));
  GW_TRY(read(netlink, AF_UNSPEC, NTF_PROXY, entries));
  GW_TRY(read(netlink, AF_BRIDGE, 0, entries));
  std::erase_if(entries, [&](const Entry& entry) { return !is_set_by_hand(entry, links); });
  return entries;
}

std::optional<model::IpAddress> address_of(const Entry& entry) {
  model::IpAddress::Octets octets{};
  const Bytes& bytes = entry.destination;
  if (entry.header.ndm_family == AF_BRIDGE || bytes.size() > octets.size()) return std::nullopt;
  std::copy(bytes.begin(), bytes.end(), octets.begin());
  const bool v4 = entry.header.ndm_family == AF_INET;
  return model::IpAddress(v4 ? model::Family::ipv4 : model::Family::ipv6, octets);
}

/// "10.1.0.9" or "02:00:00:00:00:01"
std::string address_text(const Entry& entry) {
  if (const auto address = address_of(entry)) return address->to_text();
  std::string out;
  char octet[4];
  for (const std::uint8_t byte : entry.hardware) {
    std::snprintf(octet, sizeof octet, "%02x", byte);
    out += (out.empty() ? "" : ":") + std::string(octet);
  }
  return out;
}

std::string to_text(const Entry& entry, const std::vector<LinkState>& links) {
  std::string kind = "neighbour ";
  if (entry.header.ndm_family == AF_BRIDGE) kind = "bridge entry ";
  if ((entry.header.ndm_flags & NTF_PROXY) != 0) kind = "proxied neighbour ";
  return kind + address_text(entry) + " on " + name_of(links, entry.header.ndm_ifindex);
}

void put(const MessagePtr& message, int type, const Bytes& bytes) {
  if (!bytes.empty()) nla_put(message.get(), type, static_cast<int>(bytes.size()), bytes.data());
}

/// Reading it back has the last word.
void remove(const Netlink& netlink, const Entry& entry) {
  const MessagePtr message = request(RTM_DELNEIGH);
  ndmsg about{};
  about.ndm_family = entry.header.ndm_family;
  about.ndm_ifindex = entry.header.ndm_ifindex;
  about.ndm_flags = entry.header.ndm_flags & NTF_PROXY;
  const bool bridges_own = entry.bridge == entry.header.ndm_ifindex;
  if (entry.header.ndm_family == AF_BRIDGE) about.ndm_flags = bridges_own ? NTF_SELF : NTF_MASTER;
  nlmsg_append(message.get(), &about, sizeof about, NLMSG_ALIGNTO);
  put(message, NDA_DST, entry.destination);
  if (entry.header.ndm_family == AF_BRIDGE) put(message, NDA_LLADDR, entry.hardware);
  put(message, NDA_VLAN, entry.vlan);
  order(netlink, message);
}

}  // namespace

Result<std::vector<Neighbour>> read_neighbours(const Netlink& netlink) {
  std::vector<Entry> entries;
  GW_TRY(read(netlink, AF_UNSPEC, 0, entries));
  std::vector<Neighbour> out;
  for (const Entry& entry : entries) {
    const bool answers = (entry.header.ndm_state & (NUD_REACHABLE | NUD_DELAY | NUD_PROBE)) != 0;
    const bool is_silent = (entry.header.ndm_state & (NUD_FAILED | NUD_INCOMPLETE)) != 0;
    const auto address = address_of(entry);
    if (address && (answers || is_silent)) out.push_back({entry.header.ndm_ifindex, *address, answers});
  }
  return out;
}

Result<> settle_neighbours(const Netlink& netlink, const std::vector<LinkState>& links, Repairs& repairs) {
  GW_TRY(const std::vector<Entry> strange, find_set_by_hand(netlink, links));
  for (const Entry& entry : strange) {
    repairs.add(to_text(entry, links) + " is not ours");
    remove(netlink, entry);
  }
  if (strange.empty()) return Done{};
  GW_TRY(const std::vector<Entry> left, find_set_by_hand(netlink, links));
  if (left.empty()) return Done{};
  return Error{ErrorCode::net_apply_failed, "left over: " + to_text(left.front(), links)};
}

}  // namespace gw::net
