#include "cli/cert_chain.h"
#include "cli/cert_key.h"
#include "cli/cert_text.h"
#include "cli/commands.h"
#include "cli/exit_code.h"
#include "cli/output.h"
#include "cli/text_file.h"
#include "cli/texts.h"
#include "config/pem.h"
#include "pki/certificate.h"

namespace gw::cli {
namespace {

constexpr mode_t kPublic = 0644;

void complain_nothing_written(const Call& call, const std::string& why) {
  complain(said(call.language, Text::import_nothing, {why}));
}

/// What will be written, and so what is judged: the certificates alone. No comment and no key that stood
/// beside them goes along, and no block of another label, which a box would not read either.
std::optional<std::string> certificates_in(const Call& call, const std::string& text) {
  auto blocks = config::certificate_blocks(text);
  if (blocks) return *std::move(blocks);
  complain_nothing_written(call, call.files[0] + ": " + blocks.error().detail);
  return std::nullopt;
}

/// Is the chain's first certificate the key's, and would the other side believe it?
Result<> check_key(const Call& call, const std::string& chain, const Secret& key,
                   const std::optional<Secret>& secret) {
  GW_TRY(const auto certificates, pki::read_certificates(chain));
  GW_TRY(const auto half, public_half_in(key, secret, call.language));
  if (pki::public_key_of(certificates.front().get()) == half) return Done{};
  return Error{ErrorCode::key_mismatch, said(call.language, Text::import_other_key, {call.files[0]})};
}

bool check_chain(const Call& call, const std::string& chain, int& code) {
  const auto verdict = judge(call, chain, code);
  if (!verdict) return false;
  code = kFailed;
  if (verdict->reason) complain(said(call.language, Text::import_refused, {verdict->finding.words}));
  return !verdict->reason;
}

int place(const Call& call, const std::string& chain) {
  const std::string& target = call.files[2];
  if (const auto written = write_in_place(target, chain, kPublic); !written) {
    complain_nothing_written(call, written.error().detail);
    return kFailed;
  }
  print(said(call.language, Text::import_done, {target}));
  return kOk;
}

}  // namespace

int cert_import(const Call& call) {
  int code = kInputMissing;
  const auto text = read_text(call.files[0]);
  auto key = read_text(call.files[1]);
  if (!text || !key) return kInputMissing;
  const Secret key_text(*std::move(key));
  const auto secret = secret_of(call, code);
  if (!secret) return code;
  const auto chain = certificates_in(call, *text);
  if (!chain) return kFailed;
  if (const auto fits = check_key(call, *chain, key_text, *secret); !fits) {
    complain_nothing_written(call, fits.error().to_text());
    return kFailed;
  }
  return check_chain(call, *chain, code) ? place(call, *chain) : code;
}

}  // namespace gw::cli
