// sekisho-backup: a person's own program, for whoever has a backup and a recipient's key. Says what a backup
// is, copies it, tries a restore, and makes of it what a spare box starts with (BAK-02, BAK-03, BAK-05).
// Needs no box that runs, and no network.

#include <unistd.h>

#include <array>
#include <cstdio>
#include <string>

#include "backup/configuration_parts.h"
#include "backup_file.h"
#include "base/text.h"
#include "copying.h"
#include "folders.h"
#include "options.h"
#include "scratch.h"
#include "spare.h"

namespace {

using namespace gw;
using namespace gw::oneshots;

enum Exit : int { kGood = 0, kNotGood = 1, kUsage = 64, kInputMissing = 66 };

void print(const std::string& text) { std::fwrite(text.data(), 1, text.size(), stdout); }

std::string in(Language language, const char* english, const char* japanese) {
  return language == Language::japanese ? japanese : english;
}

std::string own_folder() {
  std::array<char, 4096> path{};
  const ssize_t size = ::readlink("/proc/self/exe", path.data(), path.size());
  const std::string all(path.data(), size > 0 ? static_cast<std::size_t>(size) : 0);
  return all.substr(0, all.rfind('/'));
}

/// What it is, in words, and what a person may compare.
void tell(const BackupFile& file, const Options& options) {
  print(words_of(file.opened.report, options.language));
  print(in(options.language, "SHA-256 of the file: ", "ファイルのSHA-256: ") +
        to_hex(pki::sha256_of(file.octets)) + "\n");
  print(in(options.language, "signed by the key: ", "署名鍵: ") + to_hex(file.opened.report.signer) + "\n");
  if (!options.has_signer())
    print(in(options.language, "whose key that is was not asked (--signer)\n",
             "署名鍵の持ち主は確かめていません（--signer）\n"));
}

Result<> open(const BackupFile& file, const Options& options) {
  if (options.folder.empty()) return Done{};
  GW_TRY(const UniqueFd folder, empty_folder(options.folder));
  for (const backup::Part& part : file.opened.parts)
    GW_TRY(put_beneath(folder.get(), part.name, part.content));
  return Done{};
}

Result<> copy(const BackupFile& file, const Options& options) {
  GW_TRY(const std::string path, copy_into(file, options.folder));
  print(in(options.language, "written and read back: ", "書き込み、読み戻して確認しました: ") + path + "\n");
  return Done{};
}

Result<config::Sources> lint(const BackupFile& file, const Options& options) {
  GW_TRY(auto sources, backup::sources_in(file.opened.parts));
  GW_TRY(const Lint found, compile_in_scratch(sources, options.programs));
  print(found.report);
  if (!found.is_usable) return Error{ErrorCode::backup_useless, "the compiler refuses its configuration"};
  print(in(options.language, "its configuration is usable\n", "設定は使用できます\n"));
  for (const std::string& key : found.keys)
    print(in(options.language, "enrol anew, no private key is in a backup: ",
             "秘密鍵は含まれないため、新しく発行してください: ") +
          key + "\n");
  return sources;
}

Result<> try_out(const BackupFile& file, const Options& options) {
  GW_TRY(lint(file, options));
  print(in(options.language, "tried; nothing was changed\n", "試行しました。何も変更していません\n"));
  return Done{};
}

Result<> restore(const BackupFile& file, const Options& options) {
  GW_TRY(const config::Sources sources, lint(file, options));
  GW_TRY(const Restored restored, restore_spare(file, sources, options));
  for (const std::string& name : restored.to_reset)
    print(in(options.language, "to be reset by an administrator: ", "管理者が再登録してください: ") + name +
          "\n");
  if (!restored.is_claimed)
    print(in(options.language, "nobody can sign in: claim the box with the secret on its label\n",
             "ログインできる管理者がいません。装置ラベルの初期登録コードで登録してください\n"));
  print(in(options.language, "restored; start the box with --config ", "復元しました。起動方法: --config ") +
        options.config + "/sekisho.yaml --state-dir " + options.state + "\n");
  return Done{};
}

struct Row {
  std::string_view verb;
  Result<> (*act)(const BackupFile& file, const Options& options);
};
constexpr Row kRows[] = {{"open", open}, {"copy", copy}, {"try", try_out}, {"restore", restore}};

int complain(const std::string& sentence, Exit status) {
  std::fprintf(stderr, "sekisho-backup: %s\n", sentence.c_str());
  return status;
}

int act(const Options& options) {
  const Result<BackupFile> file = read_backup(options);
  if (!file) return complain(file.error().to_text(), kInputMissing);
  tell(*file, options);
  if (!file->opened.report.is_good()) return kNotGood;
  for (const Row& row : kRows)
    if (row.verb == options.verb)
      if (const Result<> done = row.act(*file, options); !done)
        return complain(done.error().to_text(), kNotGood);
  return kGood;
}

}  // namespace

int main(int count, char** arguments) {
  const std::span<char* const> words(arguments + (count > 0 ? 1 : 0), arguments + count);
  for (const std::string_view word : words)
    if (word == "--help" || word == "-h") return print(gw::oneshots::usage()), kGood;
  auto options = parse_options(words);
  if (!options) return complain(options.error().detail + "; see --help", kUsage);
  if (options->programs.empty()) options->programs = own_folder();
  return act(*options);
}
