#pragma once

#include <vector>

#include "model/proof.h"
#include "model/snapshot.h"

namespace gw::probe {

/// W8: which addresses the dialer's own judgement would follow if a name's answer said them, under the table
/// that the dialer has in force. Sends nothing.
std::vector<model::ProofCase> follow_names(const model::DialTable& table);

}  // namespace gw::probe
