#include "cli/cert_key.h"

#include "ca/request.h"
#include "cli/exit_code.h"
#include "cli/text_file.h"
#include "cli/texts.h"
#include "keys/file_key.h"

namespace gw::cli {

std::optional<std::optional<Secret>> secret_of(const Call& call, int& code) {
  if (call.secret.empty()) return std::optional<Secret>();
  auto text = read_text(call.secret);
  code = kInputMissing;
  if (!text) return std::nullopt;
  return std::optional<Secret>(Secret(*std::move(text)));
}

Result<keys::PrivateKeyPtr> open_key_file(const Secret& pem, const std::optional<Secret>& secret,
                                          Language language) {
  const auto block =
      keys::find_pem(pem, {"PRIVATE KEY", "EC PRIVATE KEY", "RSA PRIVATE KEY", "ENCRYPTED PRIVATE KEY"});
  if (!block) return Error{ErrorCode::key_unavailable, said(language, Text::key_unopened)};
  if (block->label != "ENCRYPTED PRIVATE KEY") return keys::open_plain_key(*block);
  if (!secret) return Error{ErrorCode::key_unavailable, said(language, Text::key_encrypted)};
  return keys::open_encrypted_key(*block, *secret);
}

Result<std::vector<std::uint8_t>> public_half_in(const Secret& text, const std::optional<Secret>& secret,
                                                 Language language) {
  if (text.view().find("CERTIFICATE REQUEST-----") == std::string_view::npos) {
    GW_TRY(const keys::PrivateKeyPtr key, open_key_file(text, secret, language));
    return key->public_key();
  }
  GW_TRY(const ca::Request request, ca::Request::read(as_bytes(text.view())));
  return request.key().der();
}

}  // namespace gw::cli
