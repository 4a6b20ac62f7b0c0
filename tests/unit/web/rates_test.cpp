#include "web/rates.h"

#include <gtest/gtest.h>

#include "support/manual_clock.h"

namespace gw::web {
namespace {

model::IpAddress address(std::uint32_t number) {
  model::IpAddress::Octets octets{10, static_cast<std::uint8_t>(number >> 16),
                                  static_cast<std::uint8_t>(number >> 8), static_cast<std::uint8_t>(number)};
  return {model::Family::ipv4, octets};
}
std::uint32_t let_pass(Rates& rates, std::uint32_t source, Instant now, std::uint32_t asked = 1000) {
  std::uint32_t out = 0;
  for (std::uint32_t i = 0; i < asked; ++i) out += rates.admits(address(source), now) ? 1u : 0u;
  return out;
}

TEST(Rates, so_many_at_once_and_then_so_many_a_second) {
  support::ManualClock clock;
  Rates rates(kOfOne);
  EXPECT_EQ(let_pass(rates, 1, clock.now()), kOfOne.at_once);
  clock.advance(std::chrono::seconds(1));
  EXPECT_EQ(let_pass(rates, 1, clock.now()), kOfOne.each_second);
  clock.advance(std::chrono::hours(1));
  EXPECT_EQ(let_pass(rates, 1, clock.now()), kOfOne.at_once) << "silence saves no more than that";
}

TEST(Rates, what_is_earned_bit_by_bit_is_not_lost) {
  support::ManualClock clock;
  Rates rates(kOfOne);
  let_pass(rates, 1, clock.now());
  std::uint32_t passed = 0;
  for (int i = 0; i < 1000; ++i) {
    clock.advance(std::chrono::milliseconds(1));
    passed += rates.admits(address(1), clock.now()) ? 1u : 0u;
  }
  EXPECT_EQ(passed, kOfOne.each_second);
}

TEST(Rates, one_source_takes_nothing_from_another_and_memory_is_bounded) {
  support::ManualClock clock;
  Rates rates(kOfOne);
  let_pass(rates, 1, clock.now());
  EXPECT_TRUE(rates.admits(address(2), clock.now()));
  clock.advance(std::chrono::milliseconds(1));
  for (std::uint32_t i = 10; i < 10 + Rates::kMost; ++i) EXPECT_TRUE(rates.admits(address(i), clock.now()));
  EXPECT_TRUE(rates.admits(address(1), clock.now())) << "whoever was silent for longest is forgotten";
}

}  // namespace
}  // namespace gw::web
