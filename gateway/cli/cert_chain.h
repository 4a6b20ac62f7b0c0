#pragma once

#include <optional>
#include <string>

#include "cli/call.h"
#include "pki/chain_file.h"

namespace gw::cli {

/// What the box would say to a chain, by --anchors, --peer and --name. Nothing, with a complaint and the exit
/// code, if it cannot be judged.
std::optional<pki::ChainVerdict> judge(const Call& call, const std::string& chain_pem, int& code);

}  // namespace gw::cli
