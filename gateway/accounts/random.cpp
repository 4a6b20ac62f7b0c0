#include "accounts/random.h"

#include <sys/random.h>

#include <cerrno>

#include "base/check.h"

namespace gw::accounts {

void fill_random(MutableBytes out) {
  while (!out.empty()) {
    const ssize_t got = ::getrandom(out.data(), out.size(), 0);
    if (got < 0 && errno == EINTR) continue;
    GW_CHECK(got > 0, "without random numbers there are no secrets");
    out = out.subspan(static_cast<std::size_t>(got));
  }
}

}  // namespace gw::accounts
