#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "ipc/messages/operator.h"
#include "options.h"
#include "running.h"

namespace gw::supervisor {

/// The process in which a PKCS#11 token's library runs, if the box has a token. It lives beside keyd: whoever
/// starts keyd has it started anew, and nobody else does. Tokens lock themselves when wrong PINs go on
/// coming, so each try is counted on the disk, before it is made, until one has turned out to be right: after
/// kMostTries, or a refusal, the PIN is not handed in again before its file has changed, whatever starts in
/// between.
class TokenHost {
 public:
  TokenHost(const Premises& premises, const Options& options);
  TokenHost(const TokenHost&) = delete;
  TokenHost& operator=(const TokenHost&) = delete;

  static constexpr std::uint32_t kMostTries = 2;

  /// Ends the one before. keyd's end of a channel to the new one; none where there is no token, or when it
  /// cannot be started, which is a record then.
  UniqueFd start();
  void tick(Instant now);
  /// None where there is no token.
  std::vector<ipc::op::ProcessState> states() const;

 private:
  /// One after the other; those before the last are on their way out.
  using Number = std::uint64_t;

  Result<UniqueFd> run();
  void hear(const ipc::Frame& frame);
  UniqueFd open_pin();
  void count(std::uint32_t tries);
  void end(Number number, const sys::Ending& ending, const std::string& words);
  void tell_useless(const std::string& why) const;

  const Premises& premises_;
  const TokenOptions& token_;
  const std::string& state_folder_;
  std::string pin_{};        ///< which state of its file was handed in
  std::uint32_t tries_ = 0;  ///< of that one, without an end
  std::uint32_t deaths_ = 0;
  Number last_ = 0;
  std::map<Number, std::unique_ptr<Running>> running_{};
};

}  // namespace gw::supervisor
