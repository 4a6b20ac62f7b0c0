#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "config/sources.h"

namespace gw::oneshots {

/// What the box's compiler says of a configuration.
struct Lint {
  bool is_usable = false;
  std::string report{};             ///< a line a problem
  std::vector<std::string> keys{};  ///< files of private keys that it names, in their order
};

/// Has it compiled by sekisho-conf-compile, confined as on the box: an account, namespaces and walls of its
/// own, no network (BAK-05). As root. restore.failed.
Result<Lint> compile_in_scratch(const config::Sources& sources, const std::string& programs);

}  // namespace gw::oneshots
