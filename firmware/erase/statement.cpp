#include "erase/statement.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>

#include "base/fd.h"
#include "base/jst.h"
#include "base/lines.h"
#include "base/text.h"
#include "pki/signer_key.h"

namespace gw::erase {
namespace {

constexpr std::string_view kIntentHead = "sekisho erasure intent 1\n",
                           kResultHead = "sekisho erasure result 1\n";
constexpr std::string_view kErased = "erased";

std::string digest_of(std::string_view text) { return to_hex(pki::sha256_of(as_bytes(text))); }

/// A word, and behind a blank its value, in a line whatever the value is.
void add(std::string& out, std::string_view word, std::string value) {
  std::ranges::replace_if(
      value, [](char c) { return static_cast<unsigned char>(c) < ' '; }, ' ');
  out.append(word).append(" ").append(value).append("\n");
}

std::string time_of(const Facts& facts) {
  return to_jst_text(std::chrono::floor<std::chrono::seconds>(facts.at.time_since_epoch()));
}

std::string intent_of(const Facts& facts, const std::string& result_key) {
  std::string out(kIntentHead);
  add(out, "kind", facts.is_disposal ? "disposal" : "reset");
  add(out, "at", time_of(facts));
  add(out, "machine", facts.machine);
  add(out, "board", facts.board);
  add(out, "image", facts.image);
  add(out, "volume", facts.volume);
  add(out, "proposed", facts.proposed_by);
  add(out, "reason", facts.reason);
  add(out, "agreed", facts.agreed_by);
  add(out, "button", facts.button);
  add(out, "certificates",
      std::to_string(facts.certificates.size()) + (facts.are_all_known ? "" : ", and maybe others"));
  for (const Facts::Owned& each : facts.certificates)
    add(out, "certificate",
        each.serial + " " + each.fingerprint + " of " + each.issuer + " for " + each.subject);
  add(out, "result-key", result_key);
  return out;
}

std::string result_of(const Facts& facts, std::string_view intent, std::string_view paper) {
  std::string out(kResultHead);
  add(out, "intent", digest_of(intent));
  add(out, "paper", digest_of(paper));
  add(out, "octets", std::to_string(facts.octets));
  add(out, "read-back", facts.is_read_back ? "blank" : "not confirmed");
  add(out, "tpm", facts.tpm.empty() ? "left as it is" : facts.tpm);
  add(out, "result", std::string(facts.is_erased() ? kErased : "not erased: destroy the disk"));
  return out;
}

Result<std::string> signed_with(const pki::EvidenceKey& key, std::string_view text) {
  GW_TRY(const auto signature, key.sign(as_bytes(text)));
  return std::string(as_text(signature));
}

Result<std::string> fingerprint_of(const pki::EvidenceKey& key) {
  GW_TRY(const std::string pem, key.public_pem());
  GW_TRY(const pki::SignerKey half, pki::SignerKey::from_pem(pem));
  return to_hex(half.fingerprint());
}

/// The rest of the line that begins with `word`.
std::string_view line_of(std::string_view text, std::string_view word) {
  while (!text.empty()) {
    Lines lines(text);
    if (const auto value = lines.take(word)) return *value;
    const std::size_t end = text.find('\n');
    text.remove_prefix(end == text.npos ? text.size() : end + 1);
  }
  return {};
}

}  // namespace

Result<Witness> Witness::of(const std::string& evidence_key) {
  const UniqueFd kept(::open(evidence_key.c_str(), O_RDONLY | O_CLOEXEC));
  if (!kept) return system_error("open(" + evidence_key + ")");
  if (::lseek(kept.get(), 0, SEEK_END) <= 0)
    return Error{ErrorCode::evidence_key_unusable, "nothing was signed yet"};
  GW_TRY(pki::EvidenceKey box, pki::EvidenceKey::read_or_make(kept.get()));
  const UniqueFd memory(::memfd_create("result-key", MFD_CLOEXEC));
  if (!memory) return system_error("memfd_create");
  GW_TRY(pki::EvidenceKey own, pki::EvidenceKey::read_or_make(memory.get()));
  return Witness(std::move(box), std::move(own));
}

Result<> Witness::declare(Facts& facts) {
  GW_TRY(const std::string own, fingerprint_of(own_));
  GW_TRY(facts.signer, fingerprint_of(box_));
  intent_ = intent_of(facts, own);
  GW_TRY(intent_signature_, signed_with(box_, intent_));
  return Done{};
}

Result<std::vector<NamedText>> Witness::announce() const {
  GW_TRY(std::string box, box_.public_pem());
  return std::vector<NamedText>{
      {kIntent, intent_}, {kIntentSignature, intent_signature_}, {kBoxKey, std::move(box)}};
}

Result<std::vector<NamedText>> Witness::testify(const Facts& facts, std::string_view paper) const {
  const std::string result = result_of(facts, intent_, paper);
  GW_TRY(std::vector<NamedText> files, announce());
  GW_TRY(std::string signature, signed_with(own_, result));
  GW_TRY(std::string own, own_.public_pem());
  files.push_back({kResult, result});
  files.push_back({kResultSignature, std::move(signature)});
  files.push_back({kResultKey, std::move(own)});
  return files;
}

Testimony verify(const std::vector<NamedText>& files, const std::optional<pki::Sha256>& signer) {
  Testimony out;
  const auto at = [&](std::string_view name) {
    const auto found = std::ranges::find(files, name, &NamedText::name);
    return found == files.end() ? std::string_view() : std::string_view(found->text);
  };
  const auto expect = [&](bool is_right, std::string_view name) {
    if (!is_right) out.faults.emplace_back(name);
    return is_right;
  };
  const auto box = pki::SignerKey::from_pem(at(kBoxKey)), own = pki::SignerKey::from_pem(at(kResultKey));
  if (box) out.box = box->fingerprint();
  const bool is_box = expect(box && (!signer || *signer == out.box), kBoxKey);
  const bool is_intended =
      is_box && at(kIntent).starts_with(kIntentHead) &&
      expect(box->has_signed(as_bytes(at(kIntent)), as_bytes(at(kIntentSignature))), kIntentSignature);
  if (is_box && !at(kIntent).starts_with(kIntentHead)) expect(false, kIntent);
  if (!is_intended) return out;
  out.intent = at(kIntent);
  if (!expect(own && line_of(at(kIntent), "result-key ") == to_hex(own->fingerprint()), kResultKey) ||
      !expect(at(kResult).starts_with(kResultHead), kResult) ||
      !expect(own->has_signed(as_bytes(at(kResult)), as_bytes(at(kResultSignature))), kResultSignature) ||
      !expect(line_of(at(kResult), "intent ") == digest_of(at(kIntent)), kResult))
    return out;
  out.result = at(kResult);
  out.is_erased = line_of(at(kResult), "result ") == kErased;
  expect(line_of(at(kResult), "paper ") == digest_of(at(kPaper)), kPaper);
  return out;
}

std::string words_of(const Testimony& testimony, bool is_signer_known, Language language) {
  const bool is_japanese = language == Language::japanese;
  std::string out = testimony.intent + testimony.result;
  for (const std::string& name : testimony.faults)
    out +=
        name + (is_japanese ? ": ないか、署名されたものと違います\n" : ": missing, or not what was signed\n");
  if (testimony.faults.empty() && testimony.is_erased)
    out += is_japanese ? "署名のとおりです。装置は、消去が完了したと述べています\n"
                       : "as it was signed; the box says that it was erased\n";
  if (testimony.faults.empty() && !testimony.is_erased)
    out += is_japanese
               ? "署名のとおりですが、消去は完了していません。装置のディスクを物理的に破壊してください\n"
               : "as it was signed, but the box was not erased: destroy its disk\n";
  if (testimony.box != pki::Sha256{})
    out += (is_japanese ? "装置の鍵 " : "key of the box ") + to_hex(testimony.box) + "\n";
  if (!is_signer_known)
    out +=
        is_japanese
            ? "この鍵が装置のものかは確かめていません(設置完了報告書の指紋を --signer で指定してください)\n"
            : "whether that key is the box's was not verified (say the fingerprint of its report of the "
              "installation with --signer)\n";
  return out;
}

}  // namespace gw::erase
