#include "sys/maker.h"

#include <sys/fsuid.h>

namespace gw::sys {

Maker::Maker(std::uint32_t account) { ::setfsuid(account); }
Maker::~Maker() { ::setfsuid(0); }

}  // namespace gw::sys
