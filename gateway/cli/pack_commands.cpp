#include "base/text.h"
#include "cli/columns.h"
#include "cli/commands.h"
#include "cli/exit_code.h"
#include "cli/file_check.h"
#include "cli/output.h"
#include "cli/pack_json.h"
#include "cli/pack_text.h"
#include "cli/text_file.h"
#include "cli/texts.h"
#include "packs/reading.h"
#include "packs/seal.h"

namespace gw::cli {
namespace {

constexpr std::size_t kWidth = 12;

/// The pack in a text; otherwise says what is wrong with it.
std::optional<packs::Pack> usable_pack(const Call& call, std::string_view text) {
  packs::Reading reading = packs::read_pack(text);
  if (!reading.pack)
    complain(said(call.language, Text::pack_unusable,
                  {report_on(call.files[0], reading.problems, call.language)}));
  return std::move(reading.pack);
}

struct Verdict {
  bool is_signed = false;
  pki::Sha256 digest{};
  pki::Sha256 signer{};
};

std::string verdict_json(const std::string& path, const Verdict& verdict,
                         const std::optional<packs::Pack>& pack) {
  JsonObject json;
  json.text("file", path).flag("signed", verdict.is_signed);
  if (pack) json.text("pack", pack->id).number("version", pack->version);
  return json.text("sha256", to_hex(verdict.digest)).text("signer", to_hex(verdict.signer)).take() + "\n";
}

std::string verdict_text(const Call& call, const Verdict& verdict, const std::optional<packs::Pack>& pack) {
  std::string out =
      said(call.language, verdict.is_signed ? Text::pack_signed : Text::pack_not_signed, {call.files[0]});
  if (pack) out += said(call.language, Text::pack_head, {pack->id, std::to_string(pack->version)});
  return out + "  " + padded("SHA-256", kWidth) + to_hex(verdict.digest) + "\n  " +
         padded(said(call.language, Text::pack_signer_is), kWidth) + to_hex(verdict.signer) + "\n";
}

/// What was signed is read only after it is known that it was.
int judge(const Call& call, std::string_view text, std::string_view signature, const pki::SignerKey& signer) {
  const Verdict verdict{packs::is_signed(text, as_bytes(signature), signer), packs::digest_of(text),
                        signer.fingerprint()};
  std::optional<packs::Pack> pack;
  if (verdict.is_signed) {
    pack = usable_pack(call, text);
    if (!pack) return kFailed;
  }
  print(call.format == Format::json ? verdict_json(call.files[0], verdict, pack)
                                    : verdict_text(call, verdict, pack));
  return verdict.is_signed ? kOk : kFailed;
}

}  // namespace

int pack_check(const Call& call) {
  return check_files(call, "packs", [](std::string_view text) {
    packs::Reading reading = packs::read_pack(text);
    return Found{std::move(reading.problems), reading.errors};
  });
}

int pack_show(const Call& call) {
  const auto text = read_text(call.files[0]);
  if (!text) return kInputMissing;
  const auto pack = usable_pack(call, *text);
  if (!pack) return kFailed;
  const pki::Sha256 digest = packs::digest_of(*text);
  print(call.format == Format::json ? pack_json(*pack, digest) + "\n"
                                    : pack_text(*pack, digest, call.language));
  return kOk;
}

int pack_verify(const Call& call) {
  const auto key = read_text(call.signer_file);
  const auto text = read_text(call.files[0]);
  const auto signature = read_text(call.files[0] + std::string(packs::kSignatureEnding));
  if (!key || !text || !signature) return kInputMissing;
  const auto signer = pki::SignerKey::from_pem(*key);
  if (signer) return judge(call, *text, *signature, *signer);
  complain(said(call.language, Text::pack_bad_signer, {call.signer_file, signer.error().detail}));
  return kFailed;
}

}  // namespace gw::cli
