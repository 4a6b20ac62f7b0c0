#pragma once

#include <atomic>
#include <chrono>
#include <thread>

#include "base/fd.h"

namespace gw::keys {

/// Stands between the box and a TPM and passes each answer on a little later, in pieces. One command at a
/// time.
class Relay {
 public:
  Relay(UniqueFd tpm, std::chrono::milliseconds delay);
  Relay(const Relay&) = delete;
  Relay& operator=(const Relay&) = delete;
  ~Relay();

  /// The end for the box; once.
  UniqueFd take_box_end() { return std::move(box_end_); }
  void set_delay(std::chrono::milliseconds delay) { delay_ = delay; }
  /// Commands that were passed on so far.
  int commands() const { return commands_; }

 private:
  void work();

  UniqueFd tpm_, own_end_, box_end_;
  std::atomic<std::chrono::milliseconds> delay_;
  std::atomic<int> commands_ = 0;
  std::thread worker_;
};

}  // namespace gw::keys
