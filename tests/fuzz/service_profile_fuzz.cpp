#include <cstdint>
#include <cstdlib>

#include "base/bytes.h"
#include "papers/questions.h"
#include "papers/reading.h"

namespace {

using namespace gw;

constexpr papers::Day kToday{std::chrono::year{2026} / 12 / 1};

void expect(bool condition) {
  if (!condition) std::abort();
}

}  // namespace

/// Any text: errors, or a profile in which no key is empty and no more is asked than there are keys.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const papers::Reading reading = papers::read_profile(as_text({data, size}));
  expect(reading.profile.has_value() == (reading.errors == 0));
  expect(reading.problems.size() <= config::Problems::kMost + 1);
  config::to_text(reading.problems, "fuzz");
  if (!reading.profile) return 0;
  for (const papers::Fact& fact : papers::facts()) expect(!reading.profile->of(fact.id).empty());
  expect(papers::questions_of(*reading.profile, kToday).size() <= papers::facts().size());
  return 0;
}
