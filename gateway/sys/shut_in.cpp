#include "sys/shut_in.h"

#include <linux/capability.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <ctime>

#include "sys/landlock.h"
#include "sys/seccomp.h"

namespace gw::sys {
namespace {

/// Of the calling thread: permitted, effective, inheritable; the ambient ones go with them.
Result<> drop_capabilities() {
  __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
  const __user_cap_data_struct none[_LINUX_CAPABILITY_U32S_3]{};
  if (::syscall(SYS_capset, &header, none) != 0) return system_error("capset");
  return Done{};
}

}  // namespace

Result<> shut_in_thread(Filter filter, std::span<const Grant> grants) {
  ::tzset();  // the C library reads its time zone at the first date, even one in UTC; later it could not
  if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return system_error("prctl(PR_SET_NO_NEW_PRIVS)");
  if (::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0) return system_error("prctl(PR_SET_DUMPABLE)");
  if (filter != Filter::net_apply) GW_TRY(drop_capabilities());
  return landlock(grants, filter == Filter::dialerd ? Tcp::connect : Tcp::none);
}

Result<> shut_in(Filter filter, std::span<const Grant> grants) {
  GW_TRY(shut_in_thread(filter, grants));
  return seccomp::install(filter);
}

Result<> shut_in_kept(Filter filter, std::span<const Grant> grants) {
  if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return system_error("prctl(PR_SET_NO_NEW_PRIVS)");
  GW_TRY(landlock(grants, Tcp::none));
  return seccomp::install(filter);
}

}  // namespace gw::sys
