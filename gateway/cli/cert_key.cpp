#include "cli/cert_key.h"

#include "ca/request.h"
#include "cli/exit_code.h"
#include "cli/text_file.h"
#include "keys/file_key.h"

namespace gw::cli {

std::optional<std::optional<Secret>> secret_of(const Call& call, int& code) {
  if (call.secret.empty()) return std::optional<Secret>();
  auto text = read_text(call.secret);
  code = kInputMissing;
  if (!text) return std::nullopt;
  return std::optional<Secret>(Secret(*std::move(text)));
}

Result<keys::PrivateKeyPtr> open_key_file(const Secret& pem, const std::optional<Secret>& secret) {
  const auto block =
      keys::find_pem(pem, {"PRIVATE KEY", "EC PRIVATE KEY", "RSA PRIVATE KEY", "ENCRYPTED PRIVATE KEY"});
  if (!block)
    return Error{ErrorCode::key_unavailable,
                 "the file holds no key that can be opened here; for a key in a TPM or a token, name its "
                 "request instead"};
  if (block->label != "ENCRYPTED PRIVATE KEY") return keys::open_plain_key(*block);
  if (!secret)
    return Error{ErrorCode::key_unavailable, "the key is encrypted; name its secret: --secret FILE"};
  return keys::open_encrypted_key(*block, *secret);
}

Result<std::vector<std::uint8_t>> public_half_in(const Secret& text, const std::optional<Secret>& secret) {
  if (text.view().find("CERTIFICATE REQUEST-----") == std::string_view::npos) {
    GW_TRY(const keys::PrivateKeyPtr key, open_key_file(text, secret));
    return key->public_key();
  }
  GW_TRY(const ca::Request request, ca::Request::read(as_bytes(text.view())));
  return request.key().der();
}

}  // namespace gw::cli
