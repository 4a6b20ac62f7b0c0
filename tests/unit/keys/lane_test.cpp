#include "keys/lane.h"

#include <gtest/gtest.h>
#include <poll.h>

#include <algorithm>
#include <condition_variable>
#include <mutex>

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

Job job(std::uint16_t tenant, std::uint64_t request, HeldKeyPtr held) {
  return {model::TenantId(tenant), tenant, request, std::move(held), {}, {}};
}

/// The requests in the order in which they were finished.
std::vector<std::uint64_t> finish(Lane& lane, std::size_t how_many) {
  std::vector<std::uint64_t> order;
  while (order.size() < how_many) {
    pollfd news{lane.fd(), POLLIN, 0};
    if (::poll(&news, 1, 10'000) != 1) break;
    for (const Finished& finished : lane.take()) order.push_back(finished.request);
  }
  return order;
}

TEST(Lane, tenants_are_served_in_turn_whoever_asks_more) {
  const auto lane = Lane::open(no_walls);
  ASSERT_TRUE(lane);
  auto slow = std::make_unique<SlowKey>(std::uint8_t{1});
  SlowKey& gate = *slow;
  const auto first = std::make_shared<const HeldKey>(HeldKey{std::move(slow), {}});
  (*lane)->put(job(9, 0, first));  // the lane is busy with it
  pollfd news{(*lane)->fd(), POLLIN, 0};
  EXPECT_EQ(::poll(&news, 1, 50), 0) << "nobody waits for a slow key but who asked for it";
  for (const std::uint64_t request : {10, 11, 12}) (*lane)->put(job(1, request, tests::held(1)));
  (*lane)->put(job(2, 20, tests::held(2)));
  gate.let();
  const std::vector<std::uint64_t> order = finish(**lane, 5);
  ASSERT_EQ(order.size(), 5u);
  EXPECT_EQ(order[0], 0u);
  const auto place = [&](std::uint64_t request) {
    return std::find(order.begin(), order.end(), request) - order.begin();
  };
  EXPECT_LT(place(20), place(11)) << "one of each tenant, then the next of the first";
  EXPECT_LT(place(10), place(11));
  EXPECT_LT(place(11), place(12));
}

TEST(Lane, an_answer_names_its_desk_and_carries_the_signature) {
  const auto lane = Lane::open(no_walls);
  ASSERT_TRUE(lane);
  (*lane)->put(job(3, 77, tests::held(5)));
  pollfd news{(*lane)->fd(), POLLIN, 0};
  ASSERT_EQ(::poll(&news, 1, 10'000), 1);
  const auto finished = (*lane)->take();
  ASSERT_EQ(finished.size(), 1u);
  EXPECT_EQ(finished[0].desk, 3u);
  EXPECT_EQ(finished[0].request, 77u);
  ASSERT_TRUE(finished[0].signature);
  EXPECT_EQ(*finished[0].signature, std::vector<std::uint8_t>{5});
}

TEST(Lane, walls_that_cannot_be_put_up_open_no_lane) {
  const auto lane = Lane::open([] { return Result<>(Error{ErrorCode::system_call_failed, "no"}); });
  EXPECT_FALSE(lane);
}

TEST(Lane, ends_with_work_waiting) {
  auto lane = Lane::open(no_walls);
  ASSERT_TRUE(lane);
  for (std::uint64_t i = 0; i < 100; ++i) (*lane)->put(job(1, i, tests::held(1)));
  lane->reset();
}

}  // namespace
}  // namespace gw::keys
