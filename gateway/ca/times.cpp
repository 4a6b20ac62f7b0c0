#include "ca/times.h"

#include <ctime>
#include <string>

namespace gw::ca {
namespace {

constexpr model::CivilSeconds kYear2050{2'524'608'000};

std::string written(model::CivilSeconds time, const char* form) {
  const std::time_t seconds = time.count();
  std::tm parts{};
  GW_CHECK(::gmtime_r(&seconds, &parts) != nullptr, "the time is one of this calendar");
  char text[32];
  return {text, std::strftime(text, sizeof text, form, &parts)};
}

}  // namespace

Octets time_of(model::CivilSeconds time) {
  if (time >= kYear2050) return general_time_of(time);
  return tagged(Tag::utc_time, as_bytes(written(time, "%y%m%d%H%M%SZ")));
}

Octets general_time_of(model::CivilSeconds time) {
  return tagged(Tag::general_time, as_bytes(written(time, "%Y%m%d%H%M%SZ")));
}

}  // namespace gw::ca
