#pragma once

#include <chrono>
#include <cstdint>
#include <vector>

#include "base/bytes.h"

namespace gw::capture {

/// The octets of a capture file as tcpdump and Wireshark read it: Ethernet, times in nanoseconds, little
/// endian (pcap-savefile(5)). It never grows beyond what it was made for.
class PcapFile {
 public:
  explicit PcapFile(std::size_t most);

  /// A frame of which `kept` is what the file gets of `length` octets. False: there is no room for it, and
  /// nothing was added.
  bool add(std::chrono::nanoseconds since_1970, Bytes kept, std::size_t length);
  Bytes octets() const { return octets_; }

 private:
  void put(std::uint32_t number);

  std::size_t most_;
  std::vector<std::uint8_t> octets_{};
};

/// Is that such a file, and is nothing but heads in it? What was written by somebody who may have been taken
/// over is not believed before.
bool holds_heads_alone(Bytes file);

}  // namespace gw::capture
