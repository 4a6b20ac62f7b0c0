#pragma once

#include "backup/part.h"
#include "config/sources.h"

namespace gw::backup {

/// What certificates there were, for whoever has to enrol anew (BAK-01, BAK-04): of each one in the files of
/// a configuration its fingerprint, the last day it holds, and where it stands.
Part certificates_of(const config::Sources& sources);

}  // namespace gw::backup
