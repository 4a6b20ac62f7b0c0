#pragma once

#include "papers/profile.h"

namespace gw::papers {

/// What no single key shows. Keys that could not be read are empty, and nothing is said of them again.
void check_consistency(const Profile& profile, config::Problems& problems);

}  // namespace gw::papers
