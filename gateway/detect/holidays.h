#pragma once

#include "detect/learning.h"

namespace gw::detect {

/// Is it a day on which a clinic is closed: a Sunday, a holiday by the law (the Act on National Holidays,
/// articles 2 and 3), or one of 29 December to 3 January? So the medical fee schedule counts them. The law is
/// that of 2020 on; the equinoxes are as astronomers reckon them, until 2099.
bool is_day_off(Day day);

}  // namespace gw::detect
