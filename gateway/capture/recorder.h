#pragma once

#include "capture/pcap_file.h"
#include "model/packet_capture.h"

namespace gw::capture {

/// Takes frames one by one, and keeps the heads of those that are wanted. One thread.
class Recorder {
 public:
  explicit Recorder(const model::CaptureWish& wish) : wish_(wish) {}

  /// `seen` is the beginning of a frame of `length` octets; a stranger's, cut off anywhere.
  void take(std::chrono::nanoseconds since_1970, Bytes seen, std::size_t length);
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
