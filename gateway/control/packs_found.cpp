#include "control/packs_found.h"

#include <dirent.h>
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <memory>
#include <optional>

#include "packs/reading.h"
#include "packs/seal.h"

namespace gw::control {
namespace {

struct FolderCloser {
  void operator()(DIR* folder) const { ::closedir(folder); }
};

Error unreadable(const std::string& name) {
  return {ErrorCode::file_unreadable, name + ": " + system_error("read").detail};
}

/// Nothing if there is no such file.
Result<std::optional<std::string>> read_file(const UniqueFd& folder, const std::string& name) {
  const UniqueFd file(::openat(folder.get(), name.c_str(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC));
  if (!file && errno == ENOENT) return std::optional<std::string>();
  if (!file) return unreadable(name);
  std::string out(packs::kMostPack + 1, '\0');
  std::size_t size = 0;
  while (size < out.size()) {
    const ssize_t got = ::read(file.get(), out.data() + size, out.size() - size);
    if (got < 0) return unreadable(name);
    if (got == 0) break;
    size += static_cast<std::size_t>(got);
  }
  if (size > packs::kMostPack) return Error{ErrorCode::file_too_large, name};
  out.resize(size);
  return std::optional(std::move(out));
}

Result<std::vector<std::string>> names_in(const UniqueFd& folder) {
  UniqueFd again(::openat(folder.get(), ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!again) return system_error("open");
  const std::unique_ptr<DIR, FolderCloser> entries(::fdopendir(again.get()));
  if (!entries) return system_error("fdopendir");
  static_cast<void>(again.release());
  std::vector<std::string> out;
  while (const dirent* entry = ::readdir(entries.get()))
    if (std::string_view(entry->d_name).ends_with(".yaml")) out.emplace_back(entry->d_name);
  std::ranges::sort(out);
  if (out.size() > kMostPackFiles) return Error{ErrorCode::file_too_large, "too many files"};
  return out;
}

bool has_pack(const PacksFound& found, const std::string& id) {
  return std::ranges::any_of(found.judged, [&](const evidence::Judged& one) { return one.pack.id == id; });
}

/// Why not.
std::optional<std::string> refusal_of(const PackFolder::File& file,
                                      const std::optional<pki::SignerKey>& signer) {
  if (!signer) return std::nullopt;
  if (file.signature.empty()) return "it has no signature";
  if (!packs::is_signed(file.text, as_bytes(file.signature), *signer))
    return "the signature beside it is not the vendor's";
  return std::nullopt;
}

std::string first_of(const std::vector<config::Problem>& problems) {
  if (problems.empty()) return "it is no pack";
  const config::Problem& first = problems.front();
  return "line " + std::to_string(first.at.line) + ": " + first.text;
}

}  // namespace

PackFolder read_packs(const UniqueFd& folder) {
  PackFolder out;
  const auto take = [&](const std::string& name) {
    auto text = read_file(folder, name);
    if (!text) out.unreadable.push_back({name, text.error().to_text()});
    return text ? std::move(*text).value_or("") : std::string();
  };
  out.signer = take(kPackSigner);
  const auto names = names_in(folder);
  if (!names) return out.unreadable.push_back({".", names.error().to_text()}), out;
  for (const std::string& name : *names) {
    std::string text = take(name), signature = take(name + std::string(packs::kSignatureEnding));
    if (!text.empty()) out.files.push_back({name, std::move(text), std::move(signature)});
  }
  return out;
}

PacksFound judge_packs(const PackFolder& folder) {
  PacksFound out{.judged = {}, .refused = folder.unreadable};
  std::optional<pki::SignerKey> signer;
  if (!folder.signer.empty()) {
    auto read = pki::SignerKey::from_pem(folder.signer);
    if (!read) return out.refused.push_back({kPackSigner, read.error().detail}), out;
    signer = *std::move(read);
  }
  for (const PackFolder::File& file : folder.files) {
    if (auto why = refusal_of(file, signer)) {
      out.refused.push_back({file.name, *std::move(why)});
      continue;
    }
    packs::Reading reading = packs::read_pack(file.text);
    if (reading.pack && has_pack(out, reading.pack->id))
      out.refused.push_back({file.name, "another file before it is the pack " + reading.pack->id});
    else if (reading.pack)
      out.judged.push_back({*std::move(reading.pack), packs::digest_of(file.text), signer.has_value(),
                            signer ? signer->fingerprint() : pki::Sha256()});
    else
      out.refused.push_back({file.name, first_of(reading.problems)});
  }
  return out;
}

}  // namespace gw::control
