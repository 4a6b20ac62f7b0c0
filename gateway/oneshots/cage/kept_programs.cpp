// Every program of others that the box keeps, one row each.

#include <algorithm>
#include <iterator>

#include "cage.h"
#include "ipc/inherited.h"

namespace gw::cage {
namespace {

/// In the foreground, asking for network mask and router only, without telling a host name or a vendor; after
/// five questions a pause of ten seconds. What it learns goes to our program, found by its descriptor: no
/// path is walked (decisions/0017).
constexpr const char* kDhcpArguments[] = {
    "udhcpc", "-f", "-s", "/proc/self/fd/5", "-o", "-O", "subnet", "-O", "router", "-V", "", "-t", "5", "-T",
    "2",      "-A", "10"};
static_assert(ipc::kInputFd == 5);
constexpr Leave kDhcpLeaves[] = {{nullptr, ipc::kInputFd, sys::Use::run},
                                 {"/dev/null", -1, sys::Use::read_write}};

constexpr KeptProgram kKept[] = {
    // name          file                 arguments       files        calls                     processes
    {"dhcp-client", "/usr/bin/busybox", kDhcpArguments, kDhcpLeaves, sys::Filter::dhcp_client, 4},
};

}  // namespace

const KeptProgram* find_kept(std::string_view name) {
  const auto found = std::find_if(std::begin(kKept), std::end(kKept),
                                  [&](const KeptProgram& program) { return name == program.name; });
  return found == std::end(kKept) ? nullptr : found;
}

}  // namespace gw::cage
