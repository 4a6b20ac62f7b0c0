#pragma once

#include "control/findings/observed.h"
#include "control/months_asked.h"
#include "evidence/form.h"

namespace gw::control::findings {

/// What people fill in and sign: a consent for each service, by its mode (NET-07); for each vendor whose
/// paper is on the box what has to be asked (GOV-02); what all services keep and announce, for the clinic's
/// plan to go on working (BAK-06); and a report of the boundary for each of `months` (LOG-02).
/// review.unknown: nothing was recorded then. store.*.
Result<std::vector<evidence::Form>> forms_of(const Observed& seen, const MonthsAsked& months);

}  // namespace gw::control::findings
