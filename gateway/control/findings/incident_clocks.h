#pragma once

#include "control/findings/observed.h"

namespace gw::control::findings {

/// By when the clinic itself has to tell others, and whether it did (INC-01): rows beneath those of the
/// services' own notices.
Result<> add_clocks_of_box(const Observed& seen, Draft& out);

}  // namespace gw::control::findings
