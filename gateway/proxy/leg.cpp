#include "proxy/leg.h"

namespace gw::proxy {

void Leg::abort() { socket.reset_on_close(); }

}  // namespace gw::proxy
