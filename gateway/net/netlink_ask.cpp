#include "net/netlink_ask.h"

#include <linux/netlink.h>

namespace gw::net {
namespace {

using CallbackPtr = NetlinkPtr<nl_cb, nl_cb_put>;

int note_end(nl_msg*, void* target) {
  *static_cast<bool*>(target) = true;
  return NL_STOP;
}
int ignore_answer(nl_msg*, void*) { return NL_OK; }

}  // namespace

MessagePtr request(int type, int flags) {
  MessagePtr out(nlmsg_alloc_simple(type, NLM_F_REQUEST | NLM_F_ACK | flags));
  GW_CHECK(out != nullptr, "out of memory ends the process");
  return out;
}

int ask(const Netlink& netlink, const MessagePtr& request, nl_recvmsg_msg_cb_t on_answer, void* target) {
  const CallbackPtr callback(nl_cb_alloc(NL_CB_DEFAULT));
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

}  // namespace gw::net
