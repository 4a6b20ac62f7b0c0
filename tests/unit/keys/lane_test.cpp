#include "keys/lane.h"

#include <gtest/gtest.h>
#include <poll.h>

#include <algorithm>
#include <condition_variable>
#include <mutex>

#include "keys/vault.h"
#include "unit/keys/still_key.h"

namespace gw::keys {
namespace {

/// A key that does not sign before it is let.
class SlowKey : public tests::StillKey {
 public:
  using StillKey::StillKey;
  Result<std::vector<std::uint8_t>> sign(model::SignatureScheme scheme, Bytes message) override {
    std::unique_lock lock(mutex_);
    may_.wait(lock, [this] { return let_; });
    return StillKey::sign(scheme, message);
  }
  void let() {
    const std::lock_guard lock(mutex_);
    let_ = true;
    may_.notify_all();
  }

 private:
  std::mutex mutex_;
  std::condition_variable may_;
  bool let_ = false;
};

Result<> no_walls() { return Done{}; }

/// The numbers of the jobs in the order in which they were finished.
class LaneTest : public testing::Test {
 protected:
  Job job(const std::string& turn, int number, HeldKeyPtr held) {
    return {turn, [this, number, held = std::move(held)]() -> Told {
              const auto signature = held->key->sign({}, {});
              return [this, number, signature]() -> Result<> {
                order_.push_back(number);
                last_ = signature;
                return Done{};
              };
            }};
  }
  const std::vector<int>& finish(std::size_t how_many) {
    while (order_.size() < how_many) {
      pollfd news{(*lane_)->fd(), POLLIN, 0};
      if (::poll(&news, 1, 10'000) != 1) break;
      for (const Told& told : (*lane_)->take()) EXPECT_TRUE(told());
    }
    return order_;
  }

  Result<std::unique_ptr<Lane>> lane_ = Lane::open(no_walls);
  std::vector<int> order_;
  Result<std::vector<std::uint8_t>> last_ = Error{ErrorCode::key_unavailable};
};

TEST_F(LaneTest, tenants_are_served_in_turn_whoever_asks_more) {
  ASSERT_TRUE(lane_);
  auto slow = std::make_unique<SlowKey>(std::uint8_t{1});
  SlowKey& gate = *slow;
  const auto first = std::make_shared<const HeldKey>(HeldKey{std::move(slow), {}});
  (*lane_)->put(job("x-ray", 0, first));  // the lane is busy with it
  pollfd news{(*lane_)->fd(), POLLIN, 0};
  EXPECT_EQ(::poll(&news, 1, 50), 0) << "nobody waits for a slow key but who asked for it";
  for (const int number : {10, 11, 12}) (*lane_)->put(job("imaging", number, tests::held(1)));
  (*lane_)->put(job("karte", 20, tests::held(2)));
  gate.let();
  const std::vector<int>& order = finish(5);
  ASSERT_EQ(order.size(), 5u);
  EXPECT_EQ(order[0], 0);
  const auto place = [&](int number) {
    return std::find(order.begin(), order.end(), number) - order.begin();
  };
  EXPECT_LT(place(20), place(11)) << "one of each tenant, then the next of the first";
  EXPECT_LT(place(10), place(11));
  EXPECT_LT(place(11), place(12));
}

TEST_F(LaneTest, what_comes_of_a_job_is_told_where_the_jobs_come_from) {
  ASSERT_TRUE(lane_);
  (*lane_)->put(job("karte", 77, tests::held(5)));
  EXPECT_EQ(finish(1), std::vector<int>{77});
  ASSERT_TRUE(last_);
  EXPECT_EQ(*last_, std::vector<std::uint8_t>{5});
}

TEST_F(LaneTest, walls_that_cannot_be_put_up_open_no_lane) {
  const auto lane = Lane::open([] { return Result<>(Error{ErrorCode::system_call_failed, "no"}); });
  EXPECT_FALSE(lane);
}

TEST_F(LaneTest, ends_with_work_waiting) {
  ASSERT_TRUE(lane_);
  for (int i = 0; i < 100; ++i) (*lane_)->put(job("karte", i, tests::held(1)));
  lane_->reset();
}

}  // namespace
}  // namespace gw::keys
