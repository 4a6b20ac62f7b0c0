#include "capture/recorder.h"

#include <algorithm>
#include <vector>

#include "capture/heads.h"
#include "watch/frame.h"
#include "watch/packet.h"

namespace gw::capture {
namespace {

constexpr std::size_t kAddresses = 12, kTag = 4;

/// The tag where it stood, behind the addresses.
std::vector<std::uint8_t> with_tag(Bytes heads, std::uint32_t tag) {
  std::vector<std::uint8_t> out(heads.begin(), heads.end());
  if (out.size() < kAddresses) return out;
  const std::uint8_t octets[kTag] = {static_cast<std::uint8_t>(tag >> 24),
                                     static_cast<std::uint8_t>(tag >> 16),
                                     static_cast<std::uint8_t>(tag >> 8), static_cast<std::uint8_t>(tag)};
  out.insert(out.begin() + kAddresses, std::begin(octets), std::end(octets));
  return out;
}

}  // namespace

void Recorder::take(const Seen& seen) {
  if (is_full_ || !wants(seen.bytes)) return;
  const Bytes heads = seen.bytes.first(read_heads(seen.bytes).length);
  is_full_ = seen.tag == 0 ? !file_.add(seen.since_1970, heads, seen.length)
                           : !file_.add(seen.since_1970, with_tag(heads, seen.tag), seen.length + kTag);
  if (!is_full_) ++frames_;
}

/// Whom ARP and its kin in IPv6 are about stands in their own heads; a port is of TCP and UDP alone.
bool Recorder::wants(Bytes frame) const {
  const Heads heads = read_heads(frame);
  if (wish_.port != 0 && heads.source_port != wish_.port && heads.destination_port != wish_.port)
    return false;
  if (!wish_.host) return true;
  const auto packet = watch::read_packet(frame.subspan(heads.ip));
  if (packet && (packet->source.address == *wish_.host || packet->destination.address == *wish_.host))
    return true;
  const auto told = watch::read_frame(frame);
  return told && (told->sender == *wish_.host || told->target == *wish_.host);
}

}  // namespace gw::capture
