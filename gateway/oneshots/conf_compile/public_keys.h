#pragma once

#include "model/configuration.h"

namespace gw::oneshots {

/// Finds what the library needs while files may still be read.
void prepare_public_keys();
/// Writes beside each certificate of the box which key it belongs to, so that keyd can tell a wrong one. What
/// cannot be read stays as it is: proxyd says so when it is offered the configuration.
void fill_in_public_keys(model::Configuration& configuration);

}  // namespace gw::oneshots
