#pragma once

#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <optional>

#include "spool/spool.h"
#include "support/manual_clock.h"

namespace gw::spool {

/// When things are said to have arrived.
inline constexpr std::chrono::milliseconds kArrived{1'800'000'000'000};

/// A spool in a folder of its own, and a clock that runs only when told to.
class SpoolTest : public testing::Test {
 protected:
  SpoolTest() {
    std::string pattern = "/tmp/gw-spool-XXXXXX";
    EXPECT_NE(::mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
    open();
  }
  ~SpoolTest() override {
    spool_.reset();
    std::filesystem::remove_all(folder_);
  }
  void open() {
    spool_.reset();
    auto opened = Spool::open(folder_, clock_.now(), budgets_);
    ASSERT_TRUE(opened) << opened.error().to_text();
    spool_.emplace(*std::move(opened));
  }
  void open_with(Class of, std::uint64_t octets) {
    budgets_[static_cast<std::size_t>(of)] = octets;
    open();
  }

  static Item item(Class of, int second, std::size_t size = 10) {
    return {of, std::chrono::seconds(1'000'000 + second), std::string(size, 'x')};
  }
  void put(Class of, int second, std::size_t size = 10) {
    const std::vector<Item> one{item(of, second, size)};
    const auto put = spool_->put(one, spool_->mark() + 1);
    ASSERT_TRUE(put) << put.error().to_text();
  }
  std::vector<std::uint64_t> take(Class of, std::uint64_t most = 1u << 20) {
    clock_.advance(std::chrono::hours(1));  // no test but the pace's own waits for the pace
    std::vector<std::uint64_t> out;
    const auto taken = spool_->take(of, most, clock_.now());
    EXPECT_TRUE(taken) << taken.error().to_text();
    for (const Entry& entry : *taken) out.push_back(entry.number);
    return out;
  }
  Tally tally(Class of) { return *spool_->tally(of); }

  support::ManualClock clock_;
  Budgets budgets_ = usual_budgets();
  std::filesystem::path folder_;
  std::optional<Spool> spool_;
};

}  // namespace gw::spool
