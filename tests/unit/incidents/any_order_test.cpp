// In whatever order things are written, over restarts and corrections, each clock is what the last entries
// make it, nothing that was written is lost, and every warning is told once. What ought to be is kept by the
// simplest means and held against what is.

#include <map>
#include <random>
#include <set>

#include "unit/incidents/book.h"

namespace gw::incidents {
namespace {

using std::chrono::minutes;

class IncidentsInAnyOrder : public Book, public testing::WithParamInterface<unsigned> {
 protected:
  unsigned dice(unsigned sides) { return std::uniform_int_distribution<unsigned>(0, sides - 1)(random_); }
  ClockKey some_clock() {
    constexpr const char* kServices[] = {"", "karte", "pacs"};
    return {static_cast<ClockId>(dice(kClocks)), kServices[dice(3)]};
  }

  void step(IncidentId id) {
    const CivilTime now = clock_.civil_now();
    const std::size_t before = now_of(id).entries.size();
    bool is_written = false;
    switch (dice(6)) {
      case 0: {
        const auto moment = static_cast<Moment>(dice(kMoments));
        const CivilTime at = now - minutes(dice(60 * 24 * 40));
        is_written = static_cast<bool>(state(id, moment, at));
        if (is_written) times_[moment] = at;
        break;
      }
      case 1: {
        const ClockKey clock = some_clock();
        const bool runs = dice(3) != 0;
        ASSERT_TRUE(incidents_->run(somebody(), id, clock, runs, "why", told_));
        is_written = runs != runs_.contains(clock);
        if (runs) runs_.insert(clock);
        if (!runs) runs_.erase(clock);
        break;
      }
      case 2: {
        const ClockKey clock = some_clock();
        const CivilTime at = now - minutes(dice(60 * 24 * 3));
        is_written = static_cast<bool>(incidents_->report(somebody(), id, clock, at, "told", told_));
        EXPECT_EQ(is_written, runs_.contains(clock));
        if (is_written) reported_[clock] = at;
        break;
      }
      case 3:
        clock_.advance(minutes(dice(60 * 48)));
        break;
      case 4:
        open();
        break;
      case 5:
        ASSERT_TRUE(incidents_->tick());
        return;
    }
    EXPECT_EQ(now_of(id).entries.size(), before + (is_written ? 1 : 0));
  }
  void look(IncidentId id) {
    const auto clocks = reckon(now_of(id), clock_.civil_now());
    EXPECT_EQ(clocks.size(), runs_.size());
    for (const Reckoned& one : clocks) {
      ASSERT_TRUE(runs_.contains(one.clock));
      const auto anchor = times_.find(rule(one.clock).anchor);
      EXPECT_EQ(one.span.has_value(), anchor != times_.end());
      if (one.span) {
        EXPECT_EQ(one.span->ends, span_of(rule(one.clock), anchor->second).ends);
      }
      const auto reported = reported_.find(one.clock);
      EXPECT_EQ(one.reported.has_value(), reported != reported_.end());
      if (one.span && one.reported) {
        EXPECT_EQ(one.standing == Standing::late, one.span->ends && reported->second > *one.span->ends);
      }
      if (one.span && !one.reported && one.span->ends) {
        EXPECT_EQ(one.standing == Standing::missed, clock_.civil_now() > *one.span->ends);
      }
    }
    std::set<std::tuple<std::string, std::string, CivilTime>> warned;
    for (const Entry& entry : now_of(id).entries)
      if (entry.kind == Kind::warned) {
        EXPECT_TRUE(warned.emplace(entry.what, entry.words, entry.at).second) << "told twice";
      }
  }

  std::mt19937 random_{GetParam()};
  std::map<Moment, CivilTime> times_;
  std::set<ClockKey> runs_;
  std::map<ClockKey, CivilTime> reported_;
};

TEST_P(IncidentsInAnyOrder, clocks_are_what_the_last_entries_make_them) {
  const IncidentId id = opened({});
  for (int i = 0; i < 80 && !HasFailure(); ++i) {
    step(id);
    look(id);
  }
  std::uint64_t number = 0, record = 100;
  for (const Entry& entry : now_of(id).entries) {
    EXPECT_EQ(entry.number, ++number);
    EXPECT_EQ(entry.record, ++record) << "no entry without a record of its own";
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, IncidentsInAnyOrder, testing::Range(1u, 13u));

}  // namespace
}  // namespace gw::incidents
