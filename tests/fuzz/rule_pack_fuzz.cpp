#include <cstdint>
#include <cstdlib>

#include "base/bytes.h"
#include "packs/reading.h"

namespace {

using namespace gw;

void expect(bool condition) {
  if (!condition) std::abort();
}

}  // namespace

/// Any text: errors, or a pack with items, none of which is empty.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const packs::Reading reading = packs::read_pack(as_text({data, size}));
  expect(reading.pack.has_value() == (reading.errors == 0));
  expect(reading.problems.size() <= config::Problems::kMost + 1);
  config::to_text(reading.problems, "fuzz");
  if (!reading.pack) return 0;
  expect(!reading.pack->rows.empty() && reading.pack->rows.size() <= packs::kMostRows);
  for (const packs::Row& row : reading.pack->rows) expect(!row.answers.empty() || !row.blanks.empty());
  return 0;
}
