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

/// Who loads the libraries: the kernel runs it in front of the program (x86-64 and AArch64 psABI).
#ifdef __x86_64__
#define GW_LOADER "/lib64/ld-linux-x86-64.so.2"
#else
#define GW_LOADER "/lib/ld-linux-aarch64.so.1"
#endif

/// In the foreground, never touching the clock, without a port or a socket for commands, without the check
/// that it is root. It writes its process number beneath its working directory, which the supervisor made of
/// memory (decisions/0016). Whom it serves the supervisor says.
constexpr const char* kTimeArguments[] = {"chronyd",
                                          "-x",
                                          "-d",
                                          "-L",
                                          "1",
                                          "-U",
                                          "-u",
                                          "root",
                                          "port 123",
                                          "cmdport 0",
                                          "bindcmdaddress /",
                                          "pidfile pid",
                                          "local stratum 10"};
constexpr Leave kTimeLeaves[] = {
    {GW_LOADER, -1, sys::Use::run},
    {"/usr/lib", -1, sys::Use::read_beneath},
    {"/etc/ld.so.cache", -1, sys::Use::read},
    {"/etc/passwd", -1, sys::Use::read},  // it looks its account up before it does anything else
    {nullptr, ipc::kInputFd, sys::Use::keep_files},
};

constexpr KeptProgram kKept[] = {
    {.name = "dhcp-client",
     .file = "/usr/bin/busybox",
     .arguments = kDhcpArguments,
     .leaves = kDhcpLeaves,
     .filter = sys::Filter::dhcp_client,
     .processes = 4,
     .tells = true},
    {.name = "chronyd",
     .file = "/usr/sbin/chronyd",
     .arguments = kTimeArguments,
     .leaves = kTimeLeaves,
     .filter = sys::Filter::chronyd,
     .processes = 1,
     .tells = false,
     .stands_in = ipc::kInputFd},
};

}  // namespace

const KeptProgram* find_kept(std::string_view name) {
  const auto found = std::find_if(std::begin(kKept), std::end(kKept),
                                  [&](const KeptProgram& program) { return name == program.name; });
  return found == std::end(kKept) ? nullptr : found;
}

}  // namespace gw::cage
