#include <fcntl.h>
#include <unistd.h>

#include "audit/chain_text.h"
#include "audit/csv.h"
#include "cli/commands.h"
#include "cli/exit_code.h"
#include "cli/log_lines.h"
#include "cli/output.h"
#include "pki/running_sha256.h"

namespace gw::cli {
namespace {

/// A file that is not there yet, what is written to it, and what its receipt says. Removed again unless it
/// was finished.
class Export {
 public:
  static Result<Export> create(const std::string& path, ExportForm form) {
    UniqueFd file(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
    if (!file) return system_error("open(" + path + ")");
    return Export(path, form, std::move(file));
  }
  Export(Export&& other) = default;
  ~Export() {
    if (file_) ::unlink(path_.c_str());
  }

  Result<> begin() { return form_ == ExportForm::csv ? write(audit::csv_head()) : Result<>(Done{}); }
  /// A piece of the chain, with whole lines.
  Result<> take(std::string_view text) {
    std::string rows;
    for_each_line(text, [&](std::string_view line) {
      const auto record = audit::read_record(line);
      if (!record) return;
      if (receipt_.first == 0) receipt_.first = record->number;
      receipt_.last = record->number;
      if (form_ == ExportForm::csv) rows += audit::csv_row(record->line);
    });
    return write(form_ == ExportForm::csv ? rows : text);
  }
  /// On the disk. What the box is to be told of it.
  Result<ipc::records::Exported> end() {
    if (::fsync(file_.get()) != 0) return system_error("fsync(" + path_ + ")");
    receipt_.digest = digest_.end();
    return receipt_;
  }
  void keep() { file_.reset(); }

 private:
  Export(std::string path, ExportForm form, UniqueFd file)
      : path_(std::move(path)), form_(form), file_(std::move(file)) {
    receipt_.by = somebody().substr(0, kForeignTextLimit);
    receipt_.form = form == ExportForm::csv ? "csv" : "chain";
  }
  Result<> write(std::string_view text) {
    digest_.add(as_bytes(text));
    while (!text.empty()) {
      const ssize_t size = ::write(file_.get(), text.data(), text.size());
      if (size < 0) return system_error("write(" + path_ + ")");
      text.remove_prefix(static_cast<std::size_t>(size));
    }
    return Done{};
  }

  std::string path_;
  ExportForm form_;
  UniqueFd file_;
  ipc::records::Exported receipt_{};
  pki::RunningSha256 digest_{};
};

}  // namespace

/// LOG-07: no export without its receipt.
int log_export(const Call& call) {
  auto reader = LogReader::open(call.socket);
  if (!reader) return log_failed(call, reader.error());
  auto file = Export::create(call.files[0], call.form);
  if (!file) return complain(file.error().detail), kUsage;
  const auto finish = [&]() -> Result<> {
    GW_TRY(file->begin());
    GW_TRY(reader->chain(1, [&](std::string_view text) { return file->take(text); }));
    GW_TRY(const auto receipt, file->end());
    return reader->exported(receipt);
  };
  const Result<> finished = finish();
  if (!finished) return log_failed(call, finished.error());
  file->keep();
  return kOk;
}

}  // namespace gw::cli
