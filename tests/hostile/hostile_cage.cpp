// Stands where the cage stands, and starts the hostile program in a kept program's place: its walls, another
// file.
//   hostile_cage KEPT ATTEMPT PORT VICTIM
// The hostile program is the file at kInputFd, so no path is walked under the role's account.

#include <cstdio>

#include "oneshots/cage/cage.h"
#include "probe/outcome.h"

int main(int count, char** arguments) {
  using namespace gw;
  const cage::KeptProgram* kept = count == 5 ? cage::find_kept(arguments[1]) : nullptr;
  if (kept == nullptr) return probe::kConfused;
  constexpr const char* kName[] = {"hostile"};
  cage::KeptProgram program = *kept;
  program.file = "/proc/self/fd/5";
  program.arguments = kName;
  const Error error = cage::become(program, {arguments + 2, 3});
  std::fprintf(stderr, "%s\n", error.to_text().c_str());
  return probe::kConfused;
}
