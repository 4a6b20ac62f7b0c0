#pragma once

#include "ca/der.h"
#include "model/configuration.h"

namespace gw::ca {

/// A time as certificates and lists have it: UTCTime through 2049, GeneralizedTime from 2050 on
/// (RFC 5280 4.1.2.5, 5.1.2.4).
Octets time_of(model::CivilSeconds time);
/// A time as OCSP answers have it: always GeneralizedTime, without fractions (RFC 6960 4.2.2.1).
Octets general_time_of(model::CivilSeconds time);

}  // namespace gw::ca
