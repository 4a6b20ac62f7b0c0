#include "cli/unanswered.h"

#include "cli/exit_code.h"
#include "cli/output.h"
#include "cli/texts.h"

namespace gw::cli {

int unanswered(const Call& call, const Error& error) {
  switch (error.code) {
    case ErrorCode::channel_closed:
      complain(said(call.language, Text::no_box, {call.socket, error.detail}));
      return kDaemonUnreachable;
    case ErrorCode::records_unavailable:
      complain(said(call.language, Text::no_controld, {error.detail}));
      return kDaemonUnreachable;
    case ErrorCode::publication_timed_out:
      complain(said(call.language, Text::box_is_slow, {call.socket}));
      return kFailed;
    default:
      complain(call.socket + ": " + error.to_text());
      return kFailed;
  }
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
