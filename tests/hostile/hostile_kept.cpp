// The cage with the hostile program in the place of the time service: the same files, the same filter.
//   hostile_kept ATTEMPT PORT VICTIM

#include <cstdio>

#include "oneshots/cage/cage.h"
#include "probe/outcome.h"

int main(int count, char** arguments) {
  using namespace gw;
  const cage::KeptProgram* const kept = cage::find_kept("chronyd");
  if (kept == nullptr || count != 4) return probe::kConfused;
  static constexpr const char* kName[] = {"hostile"};
  cage::KeptProgram hostile = *kept;
  hostile.file = GW_BINARY_DIR "/bin/hostile_linked";
  hostile.arguments = kName;
  std::fprintf(stderr, "%s\n", cage::become(hostile, {arguments + 1, 3}).to_text().c_str());
  return probe::kConfused;
}
