#include "cli/unanswered.h"

#include "cli/exit_code.h"
#include "cli/output.h"

namespace gw::cli {

int unanswered(const Call& call, const Error& error) {
  complain(call.socket + ": " + error.to_text());
  return error.code == ErrorCode::channel_closed ? kDaemonUnreachable : kFailed;
}

}  // namespace gw::cli
