// Stands in a daemon's place and tries one thing it must not be able to do.
//   hostile_program ATTEMPT PORT VICTIM [FILTER]
// With a FILTER it shuts itself in first, as the daemon would have before a stranger could take it over.
// Ends with kWorked if the attempt worked, kRefused if not; the kernel may end it before that.

#include <cstdlib>
#include <cstring>

#include "probe/attempts.h"
#include "probe/outcome.h"
#include "sys/seccomp.h"
#include "sys/shut_in.h"

int main(int count, char** arguments) {
  using namespace gw;
  if (count < 4) return probe::kConfused;
  const probe::Means means{static_cast<unsigned short>(std::atoi(arguments[2])), std::atoi(arguments[3])};
  if (count > 4) {
    bool walled = false;
    for (const sys::Filter filter : sys::kFilters)
      if (std::strcmp(sys::seccomp::name_of(filter), arguments[4]) == 0)
        walled = static_cast<bool>(sys::shut_in(filter));
    if (!walled) return probe::kConfused;
  }
  // No attempt but to be there: whoever is started behind walls must be seen to get this far.
  if (std::strcmp(arguments[1], "be_there") == 0) return probe::kWorked;
  for (const probe::Attempt& attempt : probe::attempts())
    if (std::strcmp(attempt.name, arguments[1]) == 0)
      return attempt.works(means) ? probe::kWorked : probe::kRefused;
  return probe::kConfused;
}
