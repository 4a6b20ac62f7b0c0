#include <fcntl.h>
#include <unistd.h>

#include <algorithm>

#include "audit/export_reader.h"
#include "audit/verdict_text.h"
#include "base/text.h"
#include "cli/commands.h"
#include "cli/exit_code.h"
#include "cli/log_reader.h"
#include "cli/output.h"
#include "cli/reserved_file.h"
#include "cli/unanswered.h"

namespace gw::cli {
namespace {

constexpr std::uint32_t kShown = 100;

int failed(const Call& call, const Error& error) {
  if (error.code != ErrorCode::records_unavailable) return unanswered(call, error);
  complain("the records cannot be read now: " + error.detail);
  return kBusy;
}

/// The lines of a text, without their ends.
template <class Take>
void for_each_line(std::string_view text, Take take) {
  for (std::size_t end; (end = text.find('\n')) != std::string_view::npos; text.remove_prefix(end + 1))
    take(text.substr(0, end));
}

// ---------------------------------------------------------------- what an auditor is told

int tell(const Call& call, const audit::Verdict& verdict) {
  print(call.format == Format::json
            ? audit::json_of(verdict)
            : audit::words_of(verdict, call.language.value_or(audit::language_of_environment())));
  return verdict.is_intact() ? kOk : kFailed;
}

std::optional<pki::Sha256> signer_of(const Call& call) {
  if (call.signer.empty()) return std::nullopt;
  pki::Sha256 out{};
  std::ranges::copy(as_bytes(*from_hex(call.signer)), out.begin());
  return out;
}

int verify_file(const Call& call) {
  const UniqueFd file(::open(call.files[0].c_str(), O_RDONLY | O_CLOEXEC));
  if (!file) return complain(call.files[0] + " cannot be read"), kInputMissing;
  const auto verdict = audit::verify_export(file.get(), audit::Verification(signer_of(call)));
  if (!verdict) return complain(call.files[0] + " cannot be read to its end"), kInputMissing;
  return tell(call, *verdict);
}

int verify_box(const Call& call) {
  auto reader = LogReader::open(call.socket);
  if (!reader) return failed(call, reader.error());
  audit::Verification verification(signer_of(call));
  const Result<> read = reader->chain(1, [&](std::string_view text) {
    for_each_line(text, [&](std::string_view line) { verification.take(line); });
    return Result<>(Done{});
  });
  return read ? tell(call, verification.finish()) : failed(call, read.error());
}

// ---------------------------------------------------------------- what happened

std::string newest_last(std::string_view text) {
  std::vector<std::string_view> lines;
  for_each_line(text, [&](std::string_view line) { lines.push_back(line); });
  std::string out;
  for (auto line = lines.rbegin(); line != lines.rend(); ++line) out.append(*line).append("\n");
  return out;
}

}  // namespace

int log_list(const Call& call) {
  auto reader = LogReader::open(call.socket);
  if (!reader) return failed(call, reader.error());
  const auto found = reader->find({call.query, UINT64_MAX, call.last == 0 ? kShown : call.last});
  if (!found) return failed(call, found.error());
  if (found->count == 0 && call.format == Format::text) complain("no record fits");
  print(newest_last(found->text));
  return kOk;
}

int log_export(const Call& call) {
  auto reader = LogReader::open(call.socket);
  if (!reader) return failed(call, reader.error());
  UniqueFd file(::open(call.files[0].c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
  if (!file) return complain(call.files[0] + ": " + system_error("open").detail), kUsage;
  const Result<> read = reader->chain(1, [&](std::string_view text) -> Result<> {
    while (!text.empty()) {
      const ssize_t size = ::write(file.get(), text.data(), text.size());
      if (size < 0) return system_error("write(" + call.files[0] + ")");
      text.remove_prefix(static_cast<std::size_t>(size));
    }
    return Done{};
  });
  if (read && ::fsync(file.get()) == 0) return kOk;
  ::unlink(call.files[0].c_str());
  return read ? (complain(system_error("fsync").detail), kFailed) : failed(call, read.error());
}

int log_verify(const Call& call) { return call.files.empty() ? verify_box(call) : verify_file(call); }

}  // namespace gw::cli
