#pragma once

#include "base/error.h"
#include "cli/call.h"

namespace gw::cli {

/// Complains that the supervisor's answer did not come or could not be read; the exit code for it.
int unanswered(const Call& call, const Error& error);
/// Tells programs that an order was refused, once people have been told; the exit code for it.
int undone(const Call& call, const Error& error);

}  // namespace gw::cli
