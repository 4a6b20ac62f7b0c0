#pragma once

#include <string>

#include "base/bytes.h"
#include "base/result.h"

namespace gw::sys {

/// Puts `bytes` at `folder`/`name`, mode 0600, so that after a power loss there is what was there before or
/// all of this, never half of one. On the disk when it returns.
Result<> write_durably(const std::string& folder, const std::string& name, Bytes bytes);

}  // namespace gw::sys
