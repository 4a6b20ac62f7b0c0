#include "cli/cert_chain.h"
#include "cli/cert_key.h"
#include "cli/cert_text.h"
#include "cli/commands.h"
#include "cli/exit_code.h"
#include "cli/output.h"
#include "cli/text_file.h"
#include "config/pem.h"
#include "pki/certificate.h"

namespace gw::cli {
namespace {

constexpr mode_t kPublic = 0644;

/// What will be written, and so what is judged: the certificates alone. No comment and no key that stood
/// beside them goes along, and no block of another label, which a box would not read either.
std::optional<std::string> certificates_in(const Call& call, const std::string& text) {
  auto blocks = config::certificate_blocks(text);
  if (blocks) return *std::move(blocks);
  complain("nothing was written: " + call.files[0] + ": " + blocks.error().detail);
  return std::nullopt;
}

/// Is the chain's first certificate the key's, and would the other side believe it?
Result<> check_key(const Call& call, const std::string& chain, const Secret& key,
                   const std::optional<Secret>& secret) {
  GW_TRY(const auto certificates, pki::read_certificates(chain));
  GW_TRY(const auto half, public_half_in(key, secret));
  if (pki::public_key_of(certificates.front().get()) == half) return Done{};
  return Error{ErrorCode::key_mismatch, "the first certificate of " + call.files[0] +
                                            " belongs to another key; was the request made with this one?"};
}

bool check_chain(const Call& call, const std::string& chain, int& code) {
  const auto verdict = judge(call, chain, code);
  if (!verdict) return false;
  code = kFailed;
  if (verdict->reason)
    complain("nothing was written: the chain would be refused (" + std::string(verdict->finding.words) +
             "); `sekisho cert explain` says what to do");
  return !verdict->reason;
}

int place(const Call& call, const std::string& chain) {
  const std::string& target = call.files[2];
  if (const auto written = write_in_place(target, chain, kPublic); !written) {
    complain("nothing was written: " + written.error().detail);
    return kFailed;
  }
  print(target + " is in place; one that was there before is kept as " + target + ".previous\n");
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
    complain("nothing was written: " + fits.error().to_text());
    return kFailed;
  }
  return check_chain(call, *chain, code) ? place(call, *chain) : code;
}

}  // namespace gw::cli
