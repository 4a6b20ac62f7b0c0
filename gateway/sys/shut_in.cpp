#include "sys/shut_in.h"

#include <sys/prctl.h>

#include <ctime>

#include "sys/landlock.h"
#include "sys/seccomp.h"

namespace gw::sys {

Result<> shut_in(Filter filter, int readable_beneath) {
  ::tzset();  // the C library reads its time zone at the first date, even one in UTC; later it could not
  if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return system_error("prctl(PR_SET_NO_NEW_PRIVS)");
  if (::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0) return system_error("prctl(PR_SET_DUMPABLE)");
  GW_TRY(landlock(readable_beneath, filter == Filter::dialerd ? Tcp::connect : Tcp::none));
  return seccomp::install(filter);
}

}  // namespace gw::sys
