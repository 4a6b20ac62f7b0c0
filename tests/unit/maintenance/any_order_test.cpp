// Whatever order things happen in, over restarts and with a clock that jumps, a maintainer is in only where
// somebody else let him in or an emergency was told, and never longer than his window (RMT-01, RMT-02,
// RMT-06). What ought to be is kept by the simplest means and held against what is.

#include <map>
#include <random>

#include "unit/maintenance/clinic.h"

namespace gw::maintenance {
namespace {

/// What ought to be of one maintenance.
struct Ought {
  State state = State::requested;
  Draft draft{};
  std::uint64_t who = 0;
  std::chrono::nanoseconds left{};  ///< of the window, while it is open
  bool is_emergency = false, is_decided = false, is_flagged = false;
  CivilTime opened{};
};

class AnyOrderTest : public Clinic, public testing::WithParamInterface<unsigned> {
 protected:
  unsigned dice(unsigned sides) { return std::uniform_int_distribution<unsigned>(0, sides - 1)(random_); }

  Draft some_draft(std::uint64_t who) {
    const Draft one = draft(minutes(dice(60)), minutes(30 + dice(300)));
    const unsigned device = dice(3);
    if (device == 0) return one;
    return on_device(one, "device-" + std::to_string(device), "vendor-" + std::to_string(dice(2) + who % 2));
  }
  bool collides(const Ought& one, bool with_approved) const {
    for (const auto& [id, other] : ought_) {
      if (&other == &one) continue;
      if (other.state != State::open && !(with_approved && other.state == State::approved)) continue;
      const bool overlaps = one.draft.from < other.draft.until && other.draft.from < one.draft.until;
      if (overlaps && (one.draft.target == other.draft.target || one.draft.vendor == other.draft.vendor ||
                       one.who == other.who))
        return true;
    }
    return false;
  }
  void time_passes(std::chrono::nanoseconds by) {
    clock_.advance(by);
    for (auto& [id, one] : ought_)
      if (one.state == State::open) one.left -= by;
  }
  /// What the room learns whenever it is asked for something.
  void look() {
    for (auto& [id, one] : ought_) {
      if ((one.state == State::requested || one.state == State::approved) && now() >= one.draft.until)
        one.state = State::expired;
      if (one.state == State::open) {
        one.left = std::min<std::chrono::nanoseconds>(one.left, one.draft.until - now());
        if (one.left.count() <= 0) one.state = State::ended;
      }
      if (one.is_emergency && !one.is_decided && now() - one.opened >= hours(24)) one.is_flagged = true;
    }
  }

  void ask() {
    const std::uint64_t who = dice(3);
    Ought one{State::requested, some_draft(who), 10 + who, {}, false, false, false, {}};
    const bool is_emergency = dice(4) == 0;
    look();
    if (is_emergency) one.draft.from = now();
    bool may = one.draft.until > now() && one.draft.until - one.draft.from <= kLongest &&
               !collides(one, !is_emergency);
    for (const auto& [id, other] : ought_)
      if (is_emergency && other.is_flagged && !other.is_decided && other.draft.vendor == one.draft.vendor)
        may = false;
    const auto id = is_emergency ? room_->enter_in_emergency(engineer(who), one.draft, told_)
                                 : room_->request(engineer(who), one.draft, told_);
    ASSERT_EQ(static_cast<bool>(id), may) << (id ? "" : id.error().to_text());
    if (!id) return;
    if (is_emergency) {
      one.state = State::open;
      one.is_emergency = true;
      one.left = one.draft.until - now();
      one.opened = now();
    }
    ought_[*id] = one;
  }
  void decide(RequestId id, Ought& one) {
    look();
    const bool is_self = dice(5) == 0, is_yes = dice(3) != 0;
    const Actor who = is_self ? actor(one.who, Role::clinic_admin) : chief();
    bool may = !is_self && !one.is_decided && (one.state == State::requested || one.is_emergency);
    if (is_yes && one.state == State::requested && collides(one, true)) may = false;
    const auto done = is_yes ? room_->approve(who, id, "", told_) : room_->refuse(who, id, "", told_);
    ASSERT_EQ(static_cast<bool>(done), may) << (done ? "" : done.error().to_text());
    if (!done) return;
    one.is_decided = true;
    if (one.state == State::requested) one.state = is_yes ? State::approved : State::refused;
    if (one.state == State::open && !is_yes) one.state = State::ended;
  }
  void come_in(RequestId id, Ought& one) {
    look();
    const bool may = one.state == State::approved && now() >= one.draft.from && !collides(one, false);
    const auto done = room_->enter(actor(one.who, Role::maintainer), id, told_);
    ASSERT_EQ(static_cast<bool>(done), may) << (done ? "" : done.error().to_text());
    if (!done) return;
    one.state = State::open;
    one.left = one.draft.until - now();
    one.opened = now();
    entries_ += 1;
  }
  void end(RequestId id, Ought& one) {
    look();
    const bool may = is_live(one.state);
    const auto done = room_->end(dice(2) == 0 ? chief() : actor(one.who, Role::maintainer), id, told_);
    ASSERT_EQ(static_cast<bool>(done), may);
    if (done) one.state = one.state == State::open ? State::ended : State::withdrawn;
  }
  void move_time() {
    const unsigned what = dice(24);
    if (what < 20) return time_passes(minutes(dice(40)));
    if (what == 20) return time_passes(hours(dice(40)));
    // Somebody sets the clock, back or ahead.
    clock_.set_civil(now() + minutes(dice(2000)) - minutes(1000));
  }

  void step() {
    const unsigned what = dice(20);
    if (what < 3) return ask();
    if (what < 8) return move_time();
    if (what == 9) return open();
    if (ought_.empty()) return;
    auto some = std::next(ought_.begin(), dice(static_cast<unsigned>(ought_.size())));
    // Mostly one of which something can still become.
    for (unsigned tries = 0; tries < 60 && !is_live(some->second.state); ++tries)
      some = std::next(ought_.begin(), dice(static_cast<unsigned>(ought_.size())));
    if (what < 13) return decide(some->first, some->second);
    if (what < 18) return come_in(some->first, some->second);
    if (dice(2) == 0) end(some->first, some->second);
  }

  void check() {
    ASSERT_TRUE(room_->tick(told_));
    look();
    std::map<std::pair<std::uint64_t, std::string>, bool> in;
    for (const auto& [id, one] : ought_) {
      if (one.state == State::open) in[{one.who, one.draft.target.to_text()}] = true;
      ASSERT_TRUE(one.state != State::open || one.is_decided || one.is_emergency);
    }
    for (std::uint64_t who = 0; who < 3; ++who)
      for (const Target& target :
           {Target{}, Target{Target::Place::device, "device-1"}, Target{Target::Place::device, "device-2"}}) {
        const Work work = target.name.empty() ? Work::config_read : Work::device_connect;
        const bool ought = in[{10 + who, target.to_text()}];
        ASSERT_EQ(may(work, engineer(who), target), ought) << who << " " << target.to_text();
      }
    const auto all = room_->list(chief(), 10, told_);
    for (const Request& is : *all) {
      ASSERT_EQ(is.state, ought_.at(is.id).state) << is.id.number();
      ASSERT_EQ(is.is_flagged, ought_.at(is.id).is_flagged) << is.id.number();
    }
  }

  std::mt19937 random_{GetParam()};
  std::map<RequestId, Ought> ought_;
  unsigned entries_ = 0;
};

TEST_P(AnyOrderTest, nobody_is_in_who_must_not_be_and_everybody_who_may) {
  for (int i = 0; i < 1000 && !HasFatalFailure(); ++i) {
    told_.clear();
    ASSERT_NO_FATAL_FAILURE(step()) << "seed " << GetParam() << " step " << i;
    ASSERT_NO_FATAL_FAILURE(check()) << "seed " << GetParam() << " step " << i;
  }
  EXPECT_GT(entries_, 3u);
}

INSTANTIATE_TEST_SUITE_P(Seeds, AnyOrderTest, testing::Range(1u, 13u));

}  // namespace
}  // namespace gw::maintenance
