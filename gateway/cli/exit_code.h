#pragma once

#include "base/error.h"

namespace gw::cli {

/// What scripts go by. Numbers from 64 follow sysexits.h where it has one.
enum ExitCode : int {
  kOk = 0,
  kFailed = 1,              ///< it was tried and did not work, or the configuration is not usable
  kWarned = 2,              ///< usable, but something was said about it, and --strict asked for nothing to be; or it
                             ///< agrees with itself, and nobody said which key has to have signed
  kUsage = 64,              ///< the command line itself is wrong
  kInputMissing = 66,       ///< a file that was named cannot be read
  kDaemonUnreachable = 69,  ///< nobody answers on the control socket
  kBusy = 75,               ///< another publication is under way; try again
  kNotPermitted = 77,       ///< nobody is signed in, or he may not
};

/// Of a question that the box's API refused.
ExitCode exit_code_of(ErrorCode refusal);

}  // namespace gw::cli
