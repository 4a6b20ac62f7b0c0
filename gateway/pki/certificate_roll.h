#pragma once

#include "model/certificate_roll.h"

namespace gw::pki {

/// All that can be read of a configuration's certificates and lists; what cannot is found where it is used.
/// When the box will ask for the next ones is not in it.
model::CertificateRoll certificate_roll_of(const model::Configuration& configuration);

}  // namespace gw::pki
