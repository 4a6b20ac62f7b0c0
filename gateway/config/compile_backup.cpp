#include "config/compilation.h"

namespace gw::config {
namespace {

/// A certificate that nobody can encrypt to is found now, and not when the first backup is due.
void judge(Compilation& compilation, const RecipientKeys& keys, const model::Backup::Recipient& recipient) {
  if (!compilation.surroundings.judge_recipient || recipient.pem.empty()) return;
  const Result<> judged = compilation.surroundings.judge_recipient(recipient.name, recipient.pem);
  if (!judged)
    compilation.problems.add(keys.certificate.at, judged.error().code,
                             in_quotes(recipient.certificate_file) + ": " + judged.error().detail);
}

}  // namespace

model::Backup compile_backup(Compilation& compilation, const Given<BackupKeys>& given) {
  const BackupKeys& keys = *given;
  model::Backup backup;
  take(keys.box, backup.box);
  take(keys.generations, backup.generations);
  Names names(compilation.problems, "recipient");
  names.add_all(keys.recipients);
  for (const auto& item : keys.recipients->items) {
    const RecipientKeys& each = *item;
    model::Backup::Recipient recipient;
    take(each.name, recipient.name);
    take(each.certificate, recipient.certificate_file);
    recipient.pem = compilation.shelf.certificates(each.certificate);
    judge(compilation, each, recipient);
    for (const model::Backup::Recipient& other : backup.recipients)
      if (!recipient.certificate_file.empty() && other.certificate_file == recipient.certificate_file)
        compilation.problems.add(each.certificate.at, ErrorCode::config_name_repeated,
                                 "the certificate " + in_quotes(recipient.certificate_file) +
                                     " is that of another recipient; each has one of his own");
    backup.recipients.push_back(std::move(recipient));
  }
  return backup;
}

}  // namespace gw::config
