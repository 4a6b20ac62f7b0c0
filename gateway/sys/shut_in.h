#pragma once

#include <cstdint>
#include <span>

#include "base/result.h"
#include "sys/landlock.h"

namespace gw::sys {

/// Whose walls. One table of system calls each (seccomp_tables.cpp).
enum class Filter : std::uint8_t {
  conf_compile,
  net_apply,
  proxyd,
  dialerd,
  watchd,
  evidence_sign,
  dhcp_client,
  dhcp_lease,
  namesd,
  chronyd,
  keyd,
  registrar,
  renewer,
  agent,
  tokend,
  controld,
  panel,
};

inline constexpr Filter kFilters[] = {
    Filter::conf_compile,  Filter::net_apply,   Filter::proxyd,     Filter::dialerd, Filter::watchd,
    Filter::evidence_sign, Filter::dhcp_client, Filter::dhcp_lease, Filter::namesd,  Filter::chronyd,
    Filter::keyd,          Filter::registrar,   Filter::renewer,    Filter::agent,   Filter::tokend,
    Filter::controld,      Filter::panel};

/// The last thing a process does before it reads its first foreign byte: gives up being dumped and gaining
/// privileges, every capability but net-apply's own, then Landlock with an empty rule set, then seccomp; a
/// call that is not in the filter's table kills the process. Cannot be undone. All but the table of calls
/// binds the calling thread and its children only: a thread that runs already has called shut_in_thread
/// before. `grants` are the files that stay: conf-compile's input, a token's library and its data.
Result<> shut_in(Filter filter, std::span<const Grant> grants = {});

/// A further thread's part of it: everything but the table of calls, which shut_in puts on all threads.
Result<> shut_in_thread(Filter filter, std::span<const Grant> grants = {});

/// The same around a program that is not ours and is started next (oneshots/cage): what is granted stays, and
/// so do the capabilities of its role, which it has no other way to get.
Result<> shut_in_kept(Filter filter, std::span<const Grant> grants);

}  // namespace gw::sys
