#pragma once

#include "base/result.h"
#include "net/repairs.h"

namespace gw::net {

/// Makes model::kKernelSettings true in this network namespace, for every interface that is in it: reads all,
/// names what differs, writes that alone, reads all again. net.apply_failed if the kernel keeps another
/// value. Needs files beneath /proc/sys/net, so before the walls are up; CAP_NET_ADMIN is enough to write.
Result<> settle_settings(Repairs& repairs);

}  // namespace gw::net
