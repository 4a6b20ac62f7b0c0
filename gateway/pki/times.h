#pragma once

#include <optional>

#include "model/configuration.h"
#include "pki/handles.h"

namespace gw::pki {

/// Seconds since 1970; nothing if the time is absent or cannot be read.
std::optional<model::CivilSeconds> seconds_of(const ASN1_TIME* time);

}  // namespace gw::pki
