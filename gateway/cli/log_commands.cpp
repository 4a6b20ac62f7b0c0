#include <fcntl.h>

#include "audit/export_reader.h"
#include "audit/verdict_text.h"
#include "base/text.h"
#include "cli/commands.h"
#include "cli/exit_code.h"
#include "cli/log_lines.h"
#include "cli/output.h"
#include "cli/texts.h"
#include "cli/unanswered.h"

namespace gw::cli {
namespace {

constexpr std::uint32_t kShown = 100;

// ---------------------------------------------------------------- what an auditor is told

int tell(const Call& call, const audit::Verdict& verdict) {
  print(call.format == Format::json ? audit::json_of(verdict) : audit::words_of(verdict, call.language));
  return verdict.is_intact() ? kOk : kFailed;
}

int verify_file(const Call& call) {
  const UniqueFd file(::open(call.files[0].c_str(), O_RDONLY | O_CLOEXEC));
  if (!file) return complain(said(call.language, Text::log_unreadable, {call.files[0]})), kInputMissing;
  const auto verdict = audit::verify_export(file.get(), audit::Verification(octets_of_hex<32>(call.signer)));
  if (!verdict)
    return complain(said(call.language, Text::log_unreadable_end, {call.files[0]})), kInputMissing;
  const int code = tell(call, *verdict);
  return code == kOk && !verdict->is_signer_expected ? kWarned : code;
}

int verify_box(const Call& call) {
  auto reader = LogReader::open(call.socket);
  if (!reader) return log_failed(call, reader.error());
  audit::Verification verification(octets_of_hex<32>(call.signer));
  const Result<> read = reader->chain(1, [&](std::string_view text) {
    for_each_line(text, [&](std::string_view line) { verification.take(line); });
    return Result<>(Done{});
  });
  return read ? tell(call, verification.finish()) : log_failed(call, read.error());
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

int log_failed(const Call& call, const Error& error) {
  if (error.code != ErrorCode::records_unavailable) return unanswered(call, error);
  complain(said(call.language, Text::log_unavailable, {error.detail}));
  return kBusy;
}

int log_list(const Call& call) {
  auto reader = LogReader::open(call.socket);
  if (!reader) return log_failed(call, reader.error());
  const auto found = reader->find({call.query, UINT64_MAX, call.last == 0 ? kShown : call.last});
  if (!found) return log_failed(call, found.error());
  if (found->count == 0 && call.format == Format::text) complain(said(call.language, Text::log_none_fits));
  print(newest_last(found->text));
  return kOk;
}

int log_verify(const Call& call) { return call.files.empty() ? verify_box(call) : verify_file(call); }

}  // namespace gw::cli
