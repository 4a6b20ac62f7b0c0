#include "pki/times.h"

#include <ctime>

namespace gw::pki {

std::optional<model::CivilSeconds> seconds_of(const ASN1_TIME* time) {
  std::tm fields{};
  if (time == nullptr || ASN1_TIME_to_tm(time, &fields) != 1) return std::nullopt;
  return model::CivilSeconds(::timegm(&fields));
}

}  // namespace gw::pki
