#include "base/build_time.h"

namespace gw {

CivilTime build_time() { return CivilTime(std::chrono::seconds(GW_BUILD_TIME)); }

}  // namespace gw
