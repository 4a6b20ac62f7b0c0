#pragma once

#include <functional>
#include <string>

#include "pki/verifier.h"
#include "support/manual_clock.h"
#include "unit/pki/odd_certificate.h"

namespace gw::pki {

/// Asks a Verifier as libssl does in a handshake: with the chain the peer sent, at security level 2. The
/// clock stands at the real time until the test moves it, since certificates are made from now on.
class ChainCheck {
 public:
  ChainCheck(PeerDemands demands, const std::string& anchors_pem);
  ChainCheck(PeerDemands demands, const std::string& anchors_pem, CivilTime now);

  Verdict judge(const std::string& chain_pem);
  /// The same, as the reason for the refusal; `finished` if there is none.
  model::CloseReason refusal(const std::string& chain_pem);
  /// What the library was told, which decides the alert.
  int error() const { return error_; }
  Verifier& verifier() { return verifier_; }
  const char* words() const { return verifier_.words(); }
  /// What libcrypto says by itself, with further X509_V_FLAG_ flags and without any rule of ours.
  bool library_believes(const std::string& chain_pem, unsigned long flags);

  support::ManualClock clock;

 private:
  using Judge = std::function<Verdict(X509_STORE_CTX*)>;
  Verdict with(const std::string& chain_pem, const X509_VERIFY_PARAM* parameters, const Judge& judge);

  Verifier verifier_;
  X509StorePtr anchors_;
  int error_ = X509_V_OK;
};

}  // namespace gw::pki
