#include "evidence/verdict.h"

#include <algorithm>
#include <map>

#include "base/lines.h"
#include "base/text.h"
#include "pki/record_key.h"

namespace gw::evidence {
namespace {

using Fault = Verdict::Fault;
/// By their names. Those of sha256sums.txt have a digest in the place of their content.
using Contents = std::map<std::string_view, std::string_view>;

constexpr std::string_view kOfTheSeal[] = {kSums, kSeal, kSignature, kSigner};
bool is_of_the_seal(std::string_view name) {
  return std::ranges::find(kOfTheSeal, name) != std::end(kOfTheSeal);
}

/// Nothing if it is not as sums_of() writes it.
std::optional<Contents> parse_sums(std::string_view text) {
  Contents out;
  for (Lines lines(text); !lines.is_at_end();) {
    const auto line = lines.take("");
    constexpr std::size_t kDigits = 64;
    if (!line || line->size() <= kDigits + 2 || line->substr(kDigits, 2) != "  ") return std::nullopt;
    const std::string_view digest = line->substr(0, kDigits), name = line->substr(kDigits + 2);
    if (!octets_of_hex<32>(digest) || to_lower(digest) != digest) return std::nullopt;
    if (!is_file_name(name) || is_of_the_seal(name)) return std::nullopt;
    if (!out.emplace(name, digest).second) return std::nullopt;
  }
  return out;
}

/// Nothing if it is not as a box writes it: a key has one spelling.
std::optional<pki::RecordKey> read_signer(std::string_view pem) {
  auto key = pki::RecordKey::from_pem(pem);
  return key && key->is_p256() && key->pem() == pem ? std::move(key) : std::nullopt;
}

class Judging {
 public:
  Judging(const std::vector<File>& files, const std::optional<pki::Sha256>& signer, bool is_part) {
    verdict_.is_part = is_part;
    for (const File& file : files)
      if (!files_.emplace(file.name, file.content).second) add(Fault::added, file.name);
    for (const std::string_view name : kOfTheSeal)
      if (!files_.contains(name)) add(Fault::unsealed, name);
    judge_seal(signer);
    judge_files();
  }
  Verdict take() { return std::move(verdict_); }

 private:
  void add(Fault fault, std::string_view file) { verdict_.faults.push_back({fault, std::string(file)}); }
  void miss(std::string_view file) {
    if (!verdict_.is_part) return add(Fault::missing, file);
    ++verdict_.left_out;
  }
  /// Empty, and told already, if it is not there.
  std::string_view at(std::string_view name) const {
    const auto found = files_.find(name);
    return found == files_.end() ? std::string_view() : found->second;
  }
  /// Of a file that is there; otherwise it is told already.
  template <class Value>
  void expect(const std::optional<Value>& value, std::string_view name) {
    if (!value && files_.contains(name)) add(Fault::unsealed, name);
  }

  void judge_seal(const std::optional<pki::Sha256>& signer) {
    verdict_.is_signer_expected = signer.has_value();
    const auto key = read_signer(at(kSigner));
    expect(key, kSigner);
    if (key) verdict_.signer = key->fingerprint();
    if (key && signer && *signer != verdict_.signer) add(Fault::other_signer, kSigner);
    verdict_.seal = model::parse_evidence_seal(at(kSeal));
    expect(verdict_.seal, kSeal);
    if (key && files_.contains(kSeal) && files_.contains(kSignature) &&
        !key->has_signed(as_bytes(at(kSeal)), as_bytes(at(kSignature))))
      add(Fault::wrong_signature, kSignature);
    if (verdict_.seal && files_.contains(kSums) && verdict_.seal->sums != pki::sha256_of(as_bytes(at(kSums))))
      add(Fault::wrong_sums, kSums);
  }
  void judge_files() {
    if (!files_.contains(kSums)) return;
    const auto sums = parse_sums(at(kSums));
    expect(sums, kSums);
    if (!sums) return;
    verdict_.files = sums->size();
    for (const auto& [name, digest] : *sums) {
      if (!files_.contains(name))
        miss(name);
      else if (to_hex(pki::sha256_of(as_bytes(at(name)))) != digest)
        add(Fault::changed, name);
    }
    for (const auto& [name, content] : files_)
      if (!sums->contains(name) && !is_of_the_seal(name)) add(Fault::added, name);
  }

  Contents files_{};
  Verdict verdict_{};
};

}  // namespace

Verdict verify(const std::vector<File>& files, const std::optional<pki::Sha256>& signer, bool is_part) {
  return Judging(files, signer, is_part).take();
}

}  // namespace gw::evidence
