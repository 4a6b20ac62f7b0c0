#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "component/changes/box_played.h"
#include "control/record_store.h"

namespace gw::component {

/// The real changes over the real store of records, beside a box that is played, each of which may die
/// between any two steps.
class ControldPlayed {
 public:
  /// What the next step of this kind comes to.
  enum class Fate { well, lost_before, lost_after };

  explicit ControldPlayed(std::uint32_t seed);
  ~ControldPlayed();

  /// Dead, and up again on what is on the disk; told where the box stands.
  void restart();
  /// All of the box: power off and on.
  void reboot();
  /// Whoever dies in the middle of an act; false: nobody did.
  bool died() const { return died_; }

  changes::Changes& changes() { return *changes_; }
  BoxPlayed& box() { return box_; }
  support::ManualClock& clock() { return clock_; }
  /// Before the next record, and before the next order, is it the end?
  void doom(Fate record, Fate order) {
    record_fate_ = record;
    order_fate_ = order;
  }
  /// Whatever comes of an order, to the changes.
  void hear(const changes::Carried& carried);
  /// The events in the chain by the change they are about, the oldest first.
  std::map<ChangeNumber, std::vector<std::string>> records();

 private:
  void open();
  Result<> give(BoxPlayed::Order order);
  void expect_written(const BoxPlayed::Order& order);

  std::filesystem::path folder_;
  support::ManualClock clock_;
  BoxPlayed box_{clock_};
  std::optional<control::RecordStore> store_;
  std::unique_ptr<changes::Changes> changes_;
  Fate record_fate_ = Fate::well, order_fate_ = Fate::well;
  bool died_ = false;
  int copies_ = 0;
};

}  // namespace gw::component
