#include <cstdint>
#include <cstdlib>
#include <string>

#include "base/bytes.h"
#include "recovery/printed_key.h"

namespace {

void expect(bool condition) {
  if (!condition) std::abort();
}

}  // namespace

/// Any file: an objection, or a key in systemd's spelling, which is read as itself.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto key = gw::recovery::printed_key(gw::as_text({data, size}));
  if (!key) return expect(!key.error().detail.empty()), 0;
  const std::string spelt(key->view());
  expect(spelt.size() == 71);
  for (std::size_t at = 0; at < spelt.size(); ++at)
    expect(at % 9 == 8 ? spelt[at] == '-'
                       : std::string_view("cbdefghijklnrtuv").find(spelt[at]) != std::string_view::npos);
  const auto again = gw::recovery::printed_key(spelt);
  expect(again && again->view() == spelt);
  return 0;
}
