#include "capture/pcap_file.h"

#include <algorithm>

#include "capture/heads.h"

namespace gw::capture {
namespace {

constexpr std::uint32_t kMagic = 0xa1b23c4d;       // times are in nanoseconds
constexpr std::uint32_t kVersion = 4u << 16 | 2u;  // 2.4, as two halves
constexpr std::uint32_t kMostOfAFrame = 262'144;   // what readers make room for
constexpr std::uint32_t kEthernet = 1;             // LINKTYPE_ETHERNET
constexpr std::size_t kRecordHead = 16;

std::uint32_t number_at(Bytes octets, std::size_t at) {
  std::uint32_t out = 0;
  for (std::size_t i = 4; i-- > 0;) out = out << 8 | octets[at + i];
  return out;
}

}  // namespace

PcapFile::PcapFile(std::size_t most) : most_(most) {
  for (const std::uint32_t number : {kMagic, kVersion, 0u, 0u, kMostOfAFrame, kEthernet}) put(number);
}

bool PcapFile::add(std::chrono::nanoseconds since_1970, Bytes kept, std::size_t length) {
  if (octets_.size() + kRecordHead + kept.size() > most_) return false;
  const auto seconds = std::chrono::floor<std::chrono::seconds>(since_1970);
  put(static_cast<std::uint32_t>(seconds.count()));
  put(static_cast<std::uint32_t>((since_1970 - seconds).count()));
  put(static_cast<std::uint32_t>(kept.size()));
  put(static_cast<std::uint32_t>(length));
  octets_.insert(octets_.end(), kept.begin(), kept.end());
  return true;
}

bool holds_heads_alone(Bytes file) {
  const PcapFile empty(0);
  const Bytes head = empty.octets();
  if (file.size() < head.size() || !std::ranges::equal(head, file.first(head.size()))) return false;
  for (Bytes rest = file.subspan(head.size()); !rest.empty();) {
    if (rest.size() < kRecordHead) return false;
    const std::size_t kept = number_at(rest, 8);
    if (kept > rest.size() - kRecordHead || kept > number_at(rest, 12)) return false;
    const Bytes frame = rest.subspan(kRecordHead, kept);
    if (read_heads(frame).length != kept) return false;
    rest = rest.subspan(kRecordHead + kept);
  }
  return true;
}

void PcapFile::put(std::uint32_t number) {
  for (int shift = 0; shift < 32; shift += 8) octets_.push_back(static_cast<std::uint8_t>(number >> shift));
}

}  // namespace gw::capture
