#include "net/netlink_ask.h"

#include <linux/netlink.h>

#include <cstdint>

namespace gw::net {
namespace {

using CallbackPtr = NetlinkPtr<nl_cb, nl_cb_put>;

int note_end(nl_msg*, void* target) {
  *static_cast<bool*>(target) = true;
  return NL_STOP;
}
int ignore_answer(nl_msg*, void*) { return NL_OK; }

/// What the socket does by itself, for one question to add to.
CallbackPtr callback_of(const Netlink& netlink) {
  const CallbackPtr own(nl_socket_get_cb(netlink.get()));
  return CallbackPtr(nl_cb_clone(own.get()));
}

/// Until the kernel has answered the last message of several, whatever it says.
struct Awaited {
  std::uint32_t last = 0;
  bool ended = false;
};
int note_acknowledged(nl_msg*, void* target) {
  static_cast<Awaited*>(target)->ended = true;
  return NL_STOP;
}
int note_refused(sockaddr_nl*, nlmsgerr* refusal, void* target) {
  auto& awaited = *static_cast<Awaited*>(target);
  awaited.ended = awaited.ended || refusal->msg.nlmsg_seq == awaited.last;
  return NL_SKIP;
}

/// Whole messages, of which only the last one is acknowledged.
int send_at_once(const Netlink& netlink, std::vector<char>& bytes, std::uint32_t last) {
  const CallbackPtr callback = callback_of(netlink);
  Awaited awaited{last};
  nl_cb_set(callback.get(), NL_CB_ACK, NL_CB_CUSTOM, note_acknowledged, &awaited);
  nl_cb_err(callback.get(), NL_CB_CUSTOM, note_refused, &awaited);
  int code = nl_sendto(netlink.get(), bytes.data(), bytes.size());
  bytes.clear();
  while (code >= 0 && !awaited.ended) code = nl_recvmsgs(netlink.get(), callback.get());
  return code;
}

}  // namespace

MessagePtr request(int type, int flags) {
  MessagePtr out(nlmsg_alloc_simple(type, NLM_F_REQUEST | NLM_F_ACK | flags));
  GW_CHECK(out != nullptr, "out of memory ends the process");
  return out;
}

int ask(const Netlink& netlink, const MessagePtr& request, nl_recvmsg_msg_cb_t on_answer, void* target) {
  const CallbackPtr callback = callback_of(netlink);
  bool ended = false;
  nl_cb_set(callback.get(), NL_CB_VALID, NL_CB_CUSTOM, on_answer, target);
  nl_cb_set(callback.get(), NL_CB_ACK, NL_CB_CUSTOM, note_end, &ended);
  nl_cb_set(callback.get(), NL_CB_FINISH, NL_CB_CUSTOM, note_end, &ended);
  int code = nl_send_auto(netlink.get(), request.get());
  while (code >= 0 && !ended) code = nl_recvmsgs(netlink.get(), callback.get());
  return code;
}

int order(const Netlink& netlink, const MessagePtr& request) {
  return ask(netlink, request, ignore_answer, nullptr);
}

int order_all(const Netlink& netlink, const std::vector<MessagePtr>& requests) {
  constexpr std::size_t kAtOnce = 256;
  std::vector<char> bytes;
  for (std::size_t i = 0; i < requests.size(); ++i) {
    const bool last = i % kAtOnce == kAtOnce - 1 || i + 1 == requests.size();
    nl_complete_msg(netlink.get(), requests[i].get());
    nlmsghdr* header = nlmsg_hdr(requests[i].get());
    if (!last) header->nlmsg_flags &= static_cast<std::uint16_t>(~NLM_F_ACK);
    const char* begin = reinterpret_cast<const char*>(header);
    bytes.insert(bytes.end(), begin, begin + NLMSG_ALIGN(header->nlmsg_len));
    if (!last) continue;
    if (const int code = send_at_once(netlink, bytes, header->nlmsg_seq); code < 0) return code;
  }
  return 0;
}

}  // namespace gw::net
