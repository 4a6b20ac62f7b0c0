#pragma once

#include <optional>
#include <string>

#include "base/clock.h"
#include "ipc/messages/operator.h"
#include "journal.h"
#include "model/daily_window.h"
#include "model/update_state.h"

namespace gw::supervisor {

/// Which image the box runs and how far an update came (UPD-01): sekisho-slot says it in a file, and here it
/// becomes records and an answer. The supervisor itself can neither write a slot nor start the machine anew.
class UpdateWatch {
 public:
  /// In `folder` sekisho-slot leaves what it tells (`update`), if the box is an appliance, and units of the
  /// image look for what is wanted of them (`restart`, `install`).
  UpdateWatch(Journal& journal, const Clock& clock, std::string folder)
      : journal_(journal), clock_(clock), folder_(std::move(folder)) {}

  /// In the window that the site chose, an image that waits is tried by itself; without one it waits for
  /// `restart`.
  void tick(Instant now, const std::optional<model::DailyWindow>& window);
  const model::UpdateState& state() const { return state_; }
  /// The machine starts anew, into the image that waits. update.none_waiting if none does.
  Result<> restart(const ipc::op::RestartOrder& order);
  /// The image that controld has fetched goes into the other slot. update.none_fetched where that cannot be
  /// now.
  Result<> install(const ipc::op::InstallOrder& order);

 private:
  void look();
  Result<> order_restart(Event event);

  Journal& journal_;
  const Clock& clock_;
  std::string folder_;
  std::string seen_{};
  model::UpdateState state_{};
  Instant due_{};
  bool is_ordered_ = false;  ///< the start anew, of the image that waits now
};

}  // namespace gw::supervisor
