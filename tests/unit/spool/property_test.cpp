// Whatever is done to a spool in whatever order: every number of a class was delivered, waits, was given up
// and told, or was condensed, and is so once.

#include <gmock/gmock.h>

#include <random>
#include <set>

#include "unit/spool/spool_folder.h"

namespace gw::spool {
namespace {

class PropertyTest : public SpoolTest, public testing::WithParamInterface<unsigned> {
 protected:
  static constexpr std::uint64_t kRoom = 20'000;

  PropertyTest() {
    budgets_.fill(kRoom);
    open();
  }
  unsigned some(unsigned below) { return std::uniform_int_distribution<unsigned>(0, below - 1)(chance_); }
  Class some_class() { return static_cast<Class>(some(kClasses)); }

  void put_some() {
    std::vector<Item> items;
    for (unsigned i = 0, many = some(6); i < many; ++i) {
      now_ += some(400);
      items.push_back(item(some_class(), static_cast<int>(now_), some(4'000)));
    }
    ASSERT_TRUE(spool_->put(items, spool_->mark() + items.size()));
  }
  void take_some(Class of) {
    const auto numbers = take(of, some(8'000));
    EXPECT_TRUE(std::ranges::is_sorted(numbers));
    on_its_way_[of].insert(numbers.begin(), numbers.end());
  }
  void acknowledge_some(Class of) {
    std::set<std::uint64_t>& out = on_its_way_[of];
    if (out.empty()) return;
    const std::uint64_t last = *std::next(out.begin(), some(static_cast<unsigned>(out.size())));
    ASSERT_TRUE(spool_->acknowledge(of, last, kArrived));
    for (; !out.empty() && *out.begin() <= last; out.erase(out.begin()))
      EXPECT_TRUE(delivered_[of].insert(*out.begin()).second) << "delivered twice";
  }
  void lose_the_line() {
    spool_->release();
    on_its_way_.clear();
  }
  void tell_gaps() {
    const auto gaps = spool_->gaps().closed();
    ASSERT_TRUE(gaps);
    for (const Gap& gap : *gaps) {
      told_[gap.of] += gap.count;
      EXPECT_LE(gap.from, gap.until);
      const auto inside = delivered_[gap.of].lower_bound(gap.first);
      EXPECT_TRUE(inside == delivered_[gap.of].end() || *inside > gap.last) << "told as lost and delivered";
      ASSERT_TRUE(spool_->gaps().remove(gap));
    }
  }
  void check(Class of) {
    const Tally now = tally(of);
    EXPECT_EQ(now.last, delivered_[of].size() + now.entries + now.dropped + now.condensed) << to_string(of);
    EXPECT_LE(now.octets, kRoom + 8'000) << "what is on its way is kept beyond the room";
    EXPECT_LE(told_[of], now.dropped);
  }
  /// To the end: the line stands and everything comes across.
  void drain(Class of) {
    lose_the_line();
    const auto numbers = take(of);
    for (const std::uint64_t number : numbers) EXPECT_TRUE(delivered_[of].insert(number).second);
    ASSERT_TRUE(spool_->acknowledge(of, numbers.empty() ? 0 : numbers.back(), kArrived));
  }

  std::mt19937 chance_{GetParam()};
  unsigned now_ = 0;
  std::map<Class, std::set<std::uint64_t>> on_its_way_, delivered_;
  std::map<Class, std::uint64_t> told_;
};

TEST_P(PropertyTest, every_number_has_exactly_one_fate) {
  for (int step = 0; step < 300 && !HasFatalFailure(); ++step) {
    const Class of = some_class();
    switch (some(8)) {
      case 0:
        take_some(of);
        break;
      case 1:
        acknowledge_some(of);
        break;
      case 2:
        lose_the_line();
        break;
      case 3:
        open();
        on_its_way_.clear();
        break;
      case 4:
        tell_gaps();
        break;
      default:
        put_some();
    }
    check(of);
  }
  for (std::size_t i = 0; i < kClasses; ++i) {
    const auto of = static_cast<Class>(i);
    put(of, static_cast<int>(++now_));
    drain(of);
    tell_gaps();
    check(of);
    EXPECT_EQ(told_[of], tally(of).dropped) << "everything that was lost was told: " << to_string(of);
  }
}

INSTANTIATE_TEST_SUITE_P(seeds, PropertyTest, testing::Range(0u, 6u));

}  // namespace
}  // namespace gw::spool
