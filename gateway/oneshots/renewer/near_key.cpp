#include "near_key.h"

namespace gw::renewer {
namespace {

/// One that is there already.
class Signature : public tls::PendingSignature {
 public:
  explicit Signature(Answer answer) : answer_(std::move(answer)) {}
  const std::optional<Answer>& answer() const override { return answer_; }

 private:
  std::optional<Answer> answer_;
};

}  // namespace

std::unique_ptr<tls::PendingSignature> NearKey::sign(model::SignatureScheme scheme, Bytes message,
                                                     sys::Wake&) {
  auto signature = key_.sign(scheme, message);
  if (signature) return std::make_unique<Signature>(*std::move(signature));
  const bool unsuitable = signature.error().code == ErrorCode::key_scheme_unsuitable;
  return std::make_unique<Signature>(unsuitable ? model::CloseReason::key_unsuitable
                                                : model::CloseReason::key_unavailable);
}

}  // namespace gw::renewer
