#pragma once

#include <tss2/tss2_tcti.h>

#include <array>
#include <chrono>
#include <cstdint>
#include <string>

#include "base/clock.h"
#include "base/fd.h"

namespace gw::keys {

/// Commands to a TPM and its answers over one descriptor: /dev/tpmrm0, /dev/tpm0, or a connected stream
/// socket of a TPM in software. It is the transport (TCTI) that the TSS library calls; it opens nothing.
///
/// A command whose answer does not come whole and in time takes the wire down for good: the descriptor is
/// closed, so that a late answer can never be taken for that of another command. One thread; does not move.
class TpmWire {
 public:
  explicit TpmWire(UniqueFd descriptor);
  TpmWire(const TpmWire&) = delete;
  TpmWire& operator=(const TpmWire&) = delete;

  /// How long each command from now on may take, answer included.
  void set_patience(std::chrono::milliseconds patience) { patience_ = patience; }
  bool is_up() const { return static_cast<bool>(descriptor_); }
  const std::string& why_down() const { return why_down_; }
  /// For a caller that cannot make sense of an answer.
  void take_down(std::string why);

  TSS2_TCTI_CONTEXT* tcti() { return reinterpret_cast<TSS2_TCTI_CONTEXT*>(&face_); }

 private:
  /// What the library sees; ours comes last.
  struct Face {
    TSS2_TCTI_CONTEXT_COMMON_V2 common;
    TpmWire* wire;
  };
  static TpmWire& behind(TSS2_TCTI_CONTEXT* context) { return *reinterpret_cast<Face*>(context)->wire; }

  TSS2_RC transmit(std::size_t size, const std::uint8_t* command);
  TSS2_RC receive(std::size_t* size, std::uint8_t* answer);
  bool wait_for(short events);
  bool read_some();
  TSS2_RC failed(std::string why);

  Face face_{};
  UniqueFd descriptor_;
  bool is_socket_ = false;
  std::chrono::milliseconds patience_{3000};
  Instant deadline_{};
  std::array<std::uint8_t, TPM2_MAX_RESPONSE_SIZE> answer_{};
  std::size_t got_ = 0;
  std::string why_down_ = "no TPM is connected";
};

}  // namespace gw::keys
