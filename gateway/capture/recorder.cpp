#include "capture/recorder.h"

#include "capture/heads.h"
#include "watch/frame.h"
#include "watch/packet.h"

namespace gw::capture {

void Recorder::take(std::chrono::nanoseconds since_1970, Bytes seen, std::size_t length) {
  if (is_full_ || !wants(seen)) return;
  is_full_ = !file_.add(since_1970, seen.first(length_of_heads(seen)), length);
  if (!is_full_) ++frames_;
}

/// A port is of packets alone; whom ARP is about stands in its own head.
bool Recorder::wants(Bytes frame) const {
  if (!wish_.host && wish_.port == 0) return true;
  const auto packet = watch::read_packet(frame.subspan(ip_at(frame)));
  if (packet) {
    const bool is_host = !wish_.host || packet->source.address == *wish_.host ||
                         packet->destination.address == *wish_.host;
    const bool is_port =
        wish_.port == 0 || packet->source.port == wish_.port || packet->destination.port == wish_.port;
    return is_host && is_port;
  }
  const auto other = watch::read_frame(frame);
  return wish_.port == 0 && other && (other->sender == *wish_.host || other->target == *wish_.host);
}

}  // namespace gw::capture
