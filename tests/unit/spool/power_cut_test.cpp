// Power cuts: what put() was given is there, all of a batch or nothing of it, and the tallies are right. The
// process is killed anywhere; and of the log that the database writes first, any piece of the end is torn off
// or spoilt.

#include <gmock/gmock.h>
#include <unistd.h>

#include <fstream>
#include <iterator>

#include "support/in_child.h"
#include "unit/spool/spool_folder.h"

namespace gw::spool {
namespace {

class PowerCutTest : public SpoolTest {
 protected:
  std::vector<Item> batch(int number) {
    return {item(Class::audit, number, 200), item(Class::metrics, 60 * number, 900),
            item(Class::audit, number, 50)};
  }
  /// Each batch is whole, they stand in their order, and the tallies say what is there.
  static void check(Spool& spool, Instant now) {
    const std::uint64_t batches = spool.mark();
    for (const auto& [of, each] : {std::pair(Class::audit, 2u), std::pair(Class::metrics, 1u)}) {
      const Tally told = *spool.tally(of);
      EXPECT_EQ(told.last, batches * each);
      std::uint64_t octets = 0, entries = 0;
      const auto taken = spool.take(of, 1u << 30, now);
      ASSERT_TRUE(taken);
      for (const Entry& entry : *taken) {
        octets += entry.item.octets.size();
        ++entries;
      }
      EXPECT_EQ(told.entries, entries);
      EXPECT_EQ(told.octets, octets);
    }
  }
};

TEST_F(PowerCutTest, killed_anywhere_it_has_what_it_was_given) {
  for (int round = 1; round <= 15; ++round) {
    const std::uint64_t before = spool_->mark();
    spool_.reset();
    int told[2];
    ASSERT_EQ(::pipe(told), 0);
    const pid_t child = ::fork();
    if (child == 0) {
      auto spool = Spool::open(folder_, clock_.now());
      for (int i = 1;; ++i) {
        const char yes = spool && spool->put(batch(i), spool->mark() + 1) ? 'y' : 'n';
        if (::write(told[1], &yes, 1) != 1) ::_exit(1);
      }
    }
    ::close(told[1]);
    std::vector<char> heard(static_cast<std::size_t>(round));
    for (char& one : heard) ASSERT_EQ(::read(told[0], &one, 1), 1);
    ::kill(child, SIGKILL);
    EXPECT_EQ(support::wait_status(child), -SIGKILL);
    char one = 0;
    while (::read(told[0], &one, 1) == 1) heard.push_back(one);
    ::close(told[0]);
    EXPECT_THAT(heard, testing::Each('y'));
    open();
    EXPECT_GE(spool_->mark(), before + heard.size()) << "what was said to be there is there";
    EXPECT_LE(spool_->mark(), before + heard.size() + 1) << "and at most the one that nobody had heard of";
    clock_.advance(std::chrono::hours(1));
    check(*spool_, clock_.now());
  }
}

TEST_F(PowerCutTest, a_log_that_is_torn_off_or_spoilt_anywhere_gives_whole_batches) {
  constexpr int kBatches = 12;
  for (int i = 1; i <= kBatches; ++i) ASSERT_TRUE(spool_->put(batch(i), static_cast<std::uint64_t>(i)));
  // As a power cut leaves it: nobody closes anything.
  const std::filesystem::path there = folder_ / "there";
  const auto take_over = [&](const std::string& log) {
    std::filesystem::remove_all(there);
    std::filesystem::create_directory(there);
    std::filesystem::copy_file(folder_ / "spool.db", there / "spool.db");
    std::ofstream(there / "spool.db-wal", std::ios::binary) << log;
  };
  std::ifstream file(folder_ / "spool.db-wal", std::ios::binary);
  const std::string log{std::istreambuf_iterator<char>(file), {}};
  ASSERT_GT(log.size(), 50'000u);
  std::uint64_t last = 0;
  for (std::size_t cut = 0; cut <= log.size(); cut += 2'999) {
    for (const bool is_torn : {true, false}) {
      std::string left = log;
      if (is_torn)
        left.resize(cut);
      else if (cut < log.size())
        left[cut] = static_cast<char>(left[cut] ^ 0x40);
      take_over(left);
      auto spool = Spool::open(there, clock_.now());
      ASSERT_TRUE(spool) << cut << ": " << spool.error().to_text();
      check(*spool, clock_.now());
      if (!is_torn) continue;
      EXPECT_GE(spool->mark(), last) << "more of the log is never less";
      last = spool->mark();
    }
  }
  take_over(log);
  EXPECT_EQ(Spool::open(there, clock_.now())->mark(), std::uint64_t{kBatches});
}

}  // namespace
}  // namespace gw::spool
