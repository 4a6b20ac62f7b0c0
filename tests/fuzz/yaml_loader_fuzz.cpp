#include <cstdint>
#include <cstdlib>
#include <string>

#include "config/compile.h"
#include "config/diff.h"
#include "config/dump.h"
#include "model/layout.h"

namespace {

using namespace gw;

constexpr std::string_view kCertificate = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";

void expect(bool condition) {
  if (!condition) std::abort();
}

/// 2026-11-01, so that a seed's dates stay what they are.
config::Surroundings surroundings() {
  return {[](const std::string&) -> Result<std::string> { return std::string(kCertificate); },
          CivilTime{std::chrono::seconds{1'793'491'200}}, model::Generation(1)};
}

}  // namespace

/// Any text: errors, or a configuration that can be sealed, written out and read back to the same bytes.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto compiled = config::compile(as_text({data, size}), surroundings());
  expect(compiled.configuration.has_value() == (compiled.errors == 0));
  expect(compiled.problems.size() <= config::Problems::kMost + 1);
  config::to_text(compiled.problems, "fuzz");
  if (!compiled.configuration) return 0;
  const auto again = config::compile(config::dump(*compiled.configuration), surroundings());
  expect(again.configuration && encode(*again.configuration) == encode(*compiled.configuration));
  expect(config::diff(*compiled.configuration, *again.configuration).empty());
  return 0;
}
