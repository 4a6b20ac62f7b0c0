#include "capture/pcap_file.h"

namespace gw::capture {
namespace {

constexpr std::uint32_t kMagic = 0xa1b23c4d;        // times are in nanoseconds
constexpr std::uint32_t kVersion = 4u << 16 | 2u;   // 2.4, as two halves
constexpr std::uint32_t kMostOfAFrame = 262'144;    // what readers make room for
constexpr std::uint32_t kEthernet = 1;              // LINKTYPE_ETHERNET
constexpr std::size_t kRecordHead = 16;

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

void PcapFile::put(std::uint32_t number) {
  for (int shift = 0; shift < 32; shift += 8) octets_.push_back(static_cast<std::uint8_t>(number >> shift));
}

}  // namespace gw::capture
