#pragma once

#include "config/compile.h"

namespace gw::oneshots {

/// What the supervisor handed over of the box's identities, whole files with a key that is of use in keyd
/// alone. Of what does not decode there is nothing.
config::IdentityReader identity_reader();

}  // namespace gw::oneshots
