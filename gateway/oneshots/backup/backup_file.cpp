#include "backup_file.h"

#include <fcntl.h>

#include "base/secret.h"
#include "config/files.h"
#include "folders.h"

namespace gw::oneshots {
namespace {

constexpr std::size_t kMostPem = 256 * 1024;

Result<std::string> text_at(const std::string& path) {
  GW_TRY(const auto octets, read_file_at(path, kMostPem));
  return std::string(as_text(octets));
}

}  // namespace

Result<BackupFile> read_backup(const Options& options) {
  BackupFile out;
  GW_TRY(out.octets, read_file_at(options.file, backup::kMostContainer));
  const backup::Expected expected{options.signer, {}, {}};
  if (!options.has_key()) {
    out.opened.report = backup::examine(out.octets, expected);
    return out;
  }
  GW_TRY(const std::string pem, text_at(options.certificate));
  GW_TRY(const auto certificates, pki::read_certificates(pem));
  GW_TRY(std::string key_pem, text_at(options.key));
  const Secret secret(std::move(key_pem));
  GW_TRY(const auto key, pki::read_private_key(secret));
  out.opened = backup::open_backup(out.octets, expected, certificates.front().get(), key.get());
  return out;
}

}  // namespace gw::oneshots
