// sekisho-cage NAME [ARGUMENT...]
//
// Starts a program that is not ours with walls as our own processes have them: Landlock, then seccomp, then the
// program, which cannot take them down (decisions/0017). Holds what its role holds and passes it on; reads
// nothing.

#include <cstdio>
#include <cstdlib>

#include "cage.h"

int main(int count, char** arguments) {
  using namespace gw;
  const cage::KeptProgram* program = count < 2 ? nullptr : cage::find_kept(arguments[1]);
  if (program == nullptr) return 2;
  const Error error = cage::become(*program, {arguments + 2, static_cast<std::size_t>(count - 2)});
  std::fprintf(stderr, "%s\n", error.to_text().c_str());
  return EXIT_FAILURE;
}
