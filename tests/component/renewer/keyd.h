#pragma once

#include <memory>
#include <optional>

#include "ipc/channel.h"
#include "keys/borrowed_key.h"
#include "sys/child.h"

namespace gw::renewer {

/// The real sekisho-keyd, with the test as its supervisor. Keys are in encrypted files, which the test has,
/// or in the TPM that it is handed.
class Keyd {
 public:
  explicit Keyd(UniqueFd tpm = {}) { start(std::move(tpm)); }
  Keyd(const Keyd&) = delete;
  Keyd& operator=(const Keyd&) = delete;
  ~Keyd() { kill(); }

  void start(UniqueFd tpm = {});
  void kill();

  /// A new one-shot's end of a channel to it, for the trade of identities.
  UniqueFd channel() const;
  std::unique_ptr<keys::KeyWork> work() const;
  /// Was something asked for that the trade does not sign?
  bool was_misused() const;

 private:
  std::pair<ipc::Channel, ipc::Channel> control_ = *ipc::Channel::pair(), log_ = *ipc::Channel::pair();
  std::optional<sys::Child> child_;
};

}  // namespace gw::renewer
