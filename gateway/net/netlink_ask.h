#pragma once

// Questions that libnl has no objects for. Included by sources only.

#include <netlink/handlers.h>
#include <netlink/msg.h>

#include <array>
#include <vector>

#include "net/netlink_objects.h"

namespace gw::net {

using MessagePtr = NetlinkPtr<nl_msg, nlmsg_free>;

/// One message's attributes, by number.
template <int most>
using Attributes = std::array<nlattr*, most + 1>;

/// A request that the kernel acknowledges.
MessagePtr request(int type, int flags = 0);

/// Sends, shows each answer to `on_answer`, waits for the acknowledgement or the dump's end. \return libnl's
/// code.
int ask(const Netlink& netlink, const MessagePtr& request, nl_recvmsg_msg_cb_t on_answer, void* target);
/// The same where only the acknowledgement counts.
int order(const Netlink& netlink, const MessagePtr& request);
/// Many at once, in few system calls. Which of them were obeyed is for the next reading to show.
int order_all(const Netlink& netlink, const std::vector<MessagePtr>& requests);

}  // namespace gw::net
