#include "cli/exit_code.h"

#include <algorithm>
#include <iterator>

#include "api/problem_words.h"

namespace gw::cli {
namespace {

/// By what kind of refusal HTTP makes of it (api/problems.def).
struct ByStatus {
  unsigned status;
  ExitCode code;
};
constexpr ByStatus kByStatus[] = {
    {401, kNotPermitted}, {403, kNotPermitted}, {429, kBusy}, {503, kDaemonUnreachable}};

/// Conflicts that are over after a while.
constexpr ErrorCode kPassing[] = {ErrorCode::change_busy, ErrorCode::change_in_flight,
                                  ErrorCode::web_under_way};

}  // namespace

ExitCode exit_code_of(ErrorCode refusal) {
  if (std::ranges::find(kPassing, refusal) != std::end(kPassing)) return kBusy;
  const ByStatus* found = std::ranges::find(kByStatus, api::status_of_problem(refusal), &ByStatus::status);
  return found == std::end(kByStatus) ? kFailed : found->code;
}

}  // namespace gw::cli
