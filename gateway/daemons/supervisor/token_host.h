#pragma once

#include <memory>
#include <string>
#include <vector>

#include "ipc/messages/operator.h"
#include "options.h"
#include "running.h"

namespace gw::supervisor {

/// The process in which a PKCS#11 token's library runs, if the box has a token. It lives beside keyd: whoever
/// starts keyd has it started anew, and nobody else does. A PIN that the token has refused is not handed in
/// again before its file has changed, whatever starts in between: tokens lock themselves.
class TokenHost {
 public:
  TokenHost(const Premises& premises, const Options& options)
      : premises_(premises), token_(options.token), state_folder_(options.state_dir) {}
  TokenHost(const TokenHost&) = delete;
  TokenHost& operator=(const TokenHost&) = delete;

  /// Ends the one before. keyd's end of a channel to the new one; none where there is no token, or when it
  /// cannot be started, which is a record then.
  UniqueFd start();
  void tick(Instant now);
  /// None where there is no token.
  std::vector<ipc::op::ProcessState> states() const;

 private:
  Result<UniqueFd> run();
  UniqueFd open_pin();
  void remember_refusal();
  void end(const sys::Ending& ending, const std::string& words);
  void tell_useless(const std::string& why) const;

  const Premises& premises_;
  const TokenOptions& token_;
  const std::string& state_folder_;
  std::string pin_{};  ///< which state of its file was handed in
  std::uint32_t deaths_ = 0;
  std::unique_ptr<Running> running_{};
};

}  // namespace gw::supervisor
