#include "cli/unanswered.h"

#include "cli/exit_code.h"
#include "cli/output.h"

namespace gw::cli {

int unanswered(const Call& call, const Error& error) {
  if (error.code == ErrorCode::channel_closed) {
    complain("no box answers at " + call.socket + " (" + error.detail +
             "); is it running, and are you root? Another socket: --socket PATH");
    return kDaemonUnreachable;
  }
  if (error.code == ErrorCode::publication_timed_out)
    complain("the box at " + call.socket + " does not answer in time; its supervisor may be stopped");
  else
    complain(call.socket + ": " + error.to_text());
  return kFailed;
}

int undone(const Call& call, const Error& error) {
  if (call.format == Format::json)
    print(JsonObject()
              .flag("done", false)
              .text("code", to_string(error.code))
              .text("detail", error.detail)
              .take() +
          "\n");
  return error.code == ErrorCode::publication_busy ? kBusy : kFailed;
}

}  // namespace gw::cli
