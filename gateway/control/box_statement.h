#pragma once

#include "control/box_sight.h"
#include "control/months_asked.h"
#include "evidence/document.h"

namespace gw::control::web {

/// Everything the box states about itself now, as the next piece of evidence (GOV-03). change.in_flight: what
/// is only tried out is not stated. review.unknown: nothing was recorded in `months`. store.*.
Result<evidence::Document> statement_of(const WebAsk& ask, const WebAround& around, const BoxSight& sight,
                                        const MonthsAsked& months = {});

}  // namespace gw::control::web
