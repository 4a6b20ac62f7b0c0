#include "backup/container.h"

#include <algorithm>
#include <set>

#include "backup/envelope.h"
#include "backup/manifest.h"
#include "backup/private_keys.h"
#include "backup/tar.h"
#include "base/text.h"
#include "pki/record_key.h"

namespace gw::backup {
namespace {

constexpr std::string_view kSealFile = "seal.txt", kSignatureFile = "seal.sig", kSignerFile = "box.der",
                           kReadmeFile = "readme.txt", kEnvelopeFile = "content.cms";
constexpr std::size_t kMostSmallFile = 4096;

constexpr std::string_view kReadme = R"(A backup of a Sekisho gateway. What it is: seal.txt.

Who made it, and is it whole? (nothing secret is needed; compare box.der with the key on the box's sheet)
  openssl pkey -pubin -inform DER -in box.der -out box.pem
  openssl dgst -sha256 -verify box.pem -signature seal.sig seal.txt
  sha256sum content.cms          # as "envelope" in seal.txt says

What is in it? (with the clinic's or the vendor's certificate and private key)
  openssl cms -decrypt -binary -inform DER -in content.cms -recip certificate.pem -inkey key.pem -out content.tar
  sha256sum content.tar          # as "content" in seal.txt says
  tar -xf content.tar            # manifest.txt has the digest of each part

Sekisho のバックアップです。内容の説明は seal.txt にあります。
署名の確認に秘密の鍵は要りません。復号には医院または保守会社の証明書と秘密鍵が必要です。
このファイルに装置の秘密鍵は入っていません。復元した装置では鍵と証明書を作り直してください。
)";

Error unsuitable(std::string_view name, std::string_view why) {
  return {ErrorCode::backup_part_unsuitable, "part " + std::string(name) + ": " + std::string(why)};
}

Result<> check_parts(const std::vector<Part>& parts) {
  std::set<std::string_view> names = {kManifestFile};
  std::size_t whole = 0;
  if (parts.size() >= kMostParts)
    return Error{ErrorCode::backup_too_large,
                 "it has more than 16,999 parts; take files out of the configuration"};
  for (const Part& part : parts) {
    if (!is_part_name(part.name)) return unsuitable(part.name, "its name is no harmless path");
    if (!names.insert(part.name).second) return unsuitable(part.name, "there is one of that name already");
    whole += part.content.size();
    if (whole > kMostContent)
      return Error{ErrorCode::backup_too_large,
                   "its parts have more than 128 MiB together, from " + part.name + " on"};
    if (const auto form = private_key_in(part.content))
      return Error{ErrorCode::backup_private_key,
                   part.name + " holds a private key (" + std::string(*form) + "); take it out of that file"};
  }
  return Done{};
}

/// The archive that goes into the envelope.
std::vector<std::uint8_t> content_of(const Head& head, const std::vector<Part>& parts) {
  const std::string manifest = manifest_text(head, parts);
  std::vector<Member> members = {{std::string(kManifestFile), as_bytes(manifest)}};
  for (const Part& part : parts) members.push_back({part.name, part.content});
  return write_tar(members, head.made);
}

Result<Container> container_in(const std::vector<Member>& members) {
  constexpr std::string_view kNames[] = {kSealFile, kSignatureFile, kSignerFile, kReadmeFile, kEnvelopeFile};
  constexpr std::size_t kSmall = 4;
  const bool fits = members.size() <= std::size(kNames) && members.size() >= kSmall &&
                    std::ranges::equal(members, std::span(kNames).first(members.size()), {}, &Member::name);
  if (!fits) return Error{ErrorCode::backup_malformed, "the archive holds other files than a backup does"};
  for (const Member& one : std::span(members).first(kSmall))
    if (one.content.size() > kMostSmallFile)
      return Error{ErrorCode::backup_malformed, one.name + " in it is too large"};
  Container out{as_text(members[0].content), members[1].content, members[2].content, members[3].content,
                members.size() > kSmall ? members[kSmall].content : Bytes()};
  for (const Member& one : std::span(members).first(kSmall)) out.front += tar_size_of(one.content.size());
  return out;
}

}  // namespace

Result<std::vector<std::uint8_t>> make_container(const Head& head, const std::vector<Part>& parts,
                                                 const std::vector<Recipient>& recipients,
                                                 keys::PrivateKey& signer) {
  GW_CHECK(head.number != 0 && is_name(head.box) && is_name(head.site), "a backup says whose it is");
  GW_TRY(check_parts(parts));
  Seal seal{head, extent_of(as_bytes(kReadme)), {}, {}};
  std::vector<std::uint8_t> envelope;
  {
    const auto content = content_of(head, parts);
    seal.content = extent_of(content);
    GW_TRY(envelope, close_envelope(content, recipients));
  }
  seal.envelope = extent_of(envelope);
  const std::string text = text_of(seal);
  GW_TRY(const auto signature, signer.sign(model::SignatureScheme::ecdsa_sha256, as_bytes(text)));
  const Member members[] = {{std::string(kSealFile), as_bytes(text)},
                            {std::string(kSignatureFile), signature},
                            {std::string(kSignerFile), signer.public_key()},
                            {std::string(kReadmeFile), as_bytes(kReadme)},
                            {std::string(kEnvelopeFile), envelope}};
  return write_tar(members, head.made);
}

Result<Container> read_container(Bytes file) {
  if (file.size() > kMostContainer)
    return Error{ErrorCode::backup_malformed, "the file is too large for a backup"};
  GW_TRY(const auto members, read_tar(file));
  if (members.size() != 5)
    return Error{ErrorCode::backup_malformed, "the archive holds other files than a backup does"};
  return container_in(members);
}

Result<Container> read_container_front(Bytes front) {
  GW_TRY(const auto members, read_tar_front(front));
  return container_in(members);
}

std::uint64_t file_size_of(const Container& front, const Seal& seal) {
  return front.front + tar_size_of(seal.envelope.size) + kTarEnd;
}

bool has_signed(Bytes public_key, std::string_view text, Bytes signature) {
  const auto key = pki::RecordKey::from_der(public_key);
  return key && key->has_signed(as_bytes(text), signature);
}

}  // namespace gw::backup
