#pragma once

#include "control/findings/observed.h"
#include "evidence/form.h"

namespace gw::control::findings {

/// What people fill in and sign: a consent for each service, by its mode (NET-07); for each vendor whose
/// paper is on the box what has to be asked (GOV-02); and a report of the boundary for each of the two newest
/// months (LOG-02). store.*.
Result<std::vector<evidence::Form>> forms_of(const Observed& seen);

}  // namespace gw::control::findings
