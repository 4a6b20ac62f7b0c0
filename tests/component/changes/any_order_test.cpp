// Changes of the configuration in any order, with everybody dying between any two steps (WLS-04): there is
// always a configuration that works, and no change without its records.

#include <gmock/gmock.h>

#include <map>

#include "component/changes/controld_played.h"

namespace gw::component {
namespace {

using changes::Change;
using changes::State;
using changes::Window;
using std::chrono::seconds;

const changes::Author kHanako{"hanako", "10.0.0.7"}, kTaro{"taro", "10.0.0.8"};

/// The state that a change's records lead to, or what is wrong with them.
std::string follow(const std::vector<std::string>& records) {
  static const std::map<std::string, std::vector<std::string>> kBefore{
      {"change.staged", {""}},
      {"change.adopted", {""}},
      {"change.checked", {"staged", "checked"}},
      {"change.refused", {"staged", "checked", "applying"}},
      {"change.withdrawn", {"staged", "checked"}},
      {"change.applying", {"checked"}},
      {"change.applied", {"applying"}},
      {"change.confirming", {"applied"}},
      {"change.rolling_back", {"applied", "confirming"}},
      {"change.confirmed", {"confirming"}},
      {"change.rolled_back", {"rolling_back"}},
      {"change.approved", {"checked"}},
      {"change.extended", {"applied"}},
      {"change.token_refused", {"applied"}}};
  std::string state;
  for (const std::string& record : records) {
    const auto row = kBefore.find(record);
    if (row == kBefore.end() || std::ranges::find(row->second, state) == row->second.end())
      return record + " after " + state;
    const std::string name = record.substr(7);
    if (name == "adopted")
      state = "confirming";
    else if (name != "approved" && name != "extended" && name != "token_refused")
      state = name;
  }
  return state;
}

class Story {
 public:
  explicit Story(std::uint32_t seed) : random_(seed), played_(seed) {}

  void step() {
    static constexpr void (Story::*kSteps[])() = {
        &Story::stage,   &Story::check,  &Story::put,  &Story::push_on,  &Story::push_on, &Story::confirm,
        &Story::confirm, &Story::extend, &Story::back, &Story::withdraw, &Story::guess,   &Story::work,
        &Story::work,    &Story::work,   &Story::wait, &Story::die,      &Story::reboot,  &Story::meddle};
    played_.doom(fate(), fate());
    (this->*kSteps[pick(std::size(kSteps))])();
    played_.doom(ControldPlayed::Fate::well, ControldPlayed::Fate::well);
    if (played_.died()) pick(4) == 0 ? played_.reboot() : played_.restart();
    look();
  }

  /// Nothing more goes wrong, and nobody does anything more.
  void settle() {
    for (int i = 0; i < 60; ++i) {
      played_.clock().advance(Window::kMost / 10);
      tick();
      while (carry_out(true)) tick();
    }
    look();
    const auto flying = played_.changes().in_flight();
    EXPECT_FALSE(*flying) << "something waits for ever: " << (*flying)->number.number();
    const auto confirmed = played_.changes().confirmed();
    BoxPlayed& box = played_.box();
    ASSERT_TRUE(box.kept);
    EXPECT_EQ(box.in_force, *box.kept);
    EXPECT_EQ(box.kept->number, *confirmed) << "the history and what the box starts with are of one mind";
    EXPECT_EQ(as_text(*played_.changes().sources(*confirmed)), box.kept->text);
  }
  std::size_t confirmed_by_hand() const { return confirmations_; }

 private:
  std::size_t pick(std::size_t of) { return random_() % of; }
  ControldPlayed::Fate fate() {
    using Fate = ControldPlayed::Fate;
    const std::size_t drawn = pick(40);
    return drawn == 0 ? Fate::lost_before : drawn == 1 ? Fate::lost_after : Fate::well;
  }
  ChangeNumber some() {
    const auto all = played_.changes().newest(6);
    return all->empty() ? ChangeNumber{} : (*all)[pick(all->size())].number;
  }
  bool carry_out(bool works) {
    const auto carried = played_.box().carry_out(works);
    if (carried) played_.hear(*carried);
    return carried.has_value();
  }
  void tick() {
    if (played_.box().tick()) (void)played_.changes().hear(played_.box().standing());
    (void)played_.changes().tick();
  }

  void stage() {
    const std::string text = (pick(4) == 0 ? "bad " : "good ") + std::to_string(random_());
    const auto staged = played_.changes().stage({kHanako, "a reason", {}}, as_bytes(text));
    if (staged) (void)played_.changes().check(*staged);
  }
  /// As somebody who means it, until something comes in between.
  void push_on() {
    stage();
    if (carry_out(true)) put_newest();
    carry_out(true);
  }
  void put_newest() {
    const auto all = played_.changes().newest(1);
    auto token = played_.changes().put(all->front().number, seconds(120), kHanako);
    if (token) token_ = std::string(token->view());
  }
  void check() { (void)played_.changes().check(some()); }
  void put() {
    auto token = played_.changes().put(some(), seconds(30 + pick(300)), kHanako);
    if (token) token_ = std::string(token->view());
  }
  void confirm() {
    if (played_.changes().confirm(token_, kTaro)) ++confirmations_;
  }
  void guess() { EXPECT_FALSE(played_.changes().confirm("not-the-token", kTaro)); }
  void extend() { (void)played_.changes().extend(seconds(60), kTaro); }
  void back() { (void)played_.changes().turn_back("it is slow", kTaro); }
  void withdraw() { (void)played_.changes().withdraw(some(), "not wanted", kTaro); }
  void work() { carry_out(pick(8) != 0); }
  void wait() {
    played_.clock().advance(seconds(pick(120)));
    tick();
  }
  void die() { played_.restart(); }
  void reboot() { played_.reboot(); }
  /// Somebody edits the box's file, or what it starts with is lost.
  void meddle() {
    if (pick(2) == 0) played_.box().file = "good file " + std::to_string(random_());
    if (pick(4) == 0) played_.box().kept.reset();
    played_.reboot();
  }

  /// What holds at every moment.
  void look() {
    BoxPlayed& box = played_.box();
    EXPECT_TRUE(box.in_force.text.starts_with("good")) << "the box stands on what does not work";
    const auto all = played_.changes().newest(1'000);
    const auto records = played_.records();
    std::size_t flying = 0;
    for (const Change& change : *all) {
      flying += is_in_flight(change.state);
      const auto its = records.find(change.number);
      const std::string led = its == records.end() ? "no record" : follow(its->second);
      const std::string is(to_string(change.state));
      EXPECT_EQ(led, is) << "records of change " << change.number.number();
    }
    EXPECT_LE(flying, 1u);
    if (box.kept) {
      const auto kept = played_.changes().find(box.kept->number);
      ASSERT_TRUE(kept) << "the box starts with what nobody knows";
      EXPECT_TRUE(kept->state == State::confirmed || kept->state == State::confirming)
          << to_string(kept->state);
    }
  }

  std::mt19937 random_;
  ControldPlayed played_;
  std::string token_{};
  std::size_t confirmations_ = 0;
};

TEST(ChangesInAnyOrder, leave_a_working_box_and_a_record_of_each_step) {
  std::size_t confirmations = 0;
  for (std::uint32_t seed = 1; seed <= 24 && !testing::Test::HasFailure(); ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Story story(seed);
    for (int i = 0; i < 250 && !testing::Test::HasFailure(); ++i) {
      SCOPED_TRACE("step " + std::to_string(i));
      story.step();
    }
    story.settle();
    confirmations += story.confirmed_by_hand();
  }
  EXPECT_GT(confirmations, 100u) << "the stories are about nothing";
}

}  // namespace
}  // namespace gw::component
