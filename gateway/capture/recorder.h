#pragma once

#include "capture/pcap_file.h"
#include "model/packet_capture.h"

namespace gw::capture {

/// A frame as the kernel hands it over: without its outer VLAN tag, and with no more than its beginning.
struct Seen {
  std::chrono::nanoseconds since_1970{0};
  Bytes bytes{};           ///< a stranger's, cut off anywhere
  std::size_t length = 0;  ///< of the whole frame, without the tag
  std::uint32_t tag = 0;   ///< the type and the value of the tag that it came with; zero: none
};

/// Takes frames one by one, and keeps the heads of those that are wanted. One thread.
class Recorder {
 public:
  explicit Recorder(const model::CaptureWish& wish) : wish_(wish) {}

  void take(const Seen& seen);
  bool is_full() const { return is_full_; }
  std::uint64_t frames() const { return frames_; }
  Bytes file() const { return file_.octets(); }

 private:
  bool wants(Bytes frame) const;

  model::CaptureWish wish_;
  PcapFile file_{model::kMaxCapture};
  std::uint64_t frames_ = 0;
  bool is_full_ = false;
};

}  // namespace gw::capture
