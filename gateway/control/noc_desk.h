#pragma once

#include <optional>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "control/image_shelf.h"
#include "ipc/messages/noc.h"
#include "metrics/ledger.h"
#include "spool/spool.h"

namespace gw::control {

/// An agent while it lives: is given what waits, and says what arrived. One thread.
class NocDesk {
 public:
  explicit NocDesk(ipc::Channel channel) : channel_(std::move(channel)) {}

  int fd() const { return channel_.fd(); }
  /// What it asked for by now, or so much of it that nobody else waits long. channel.closed when it has
  /// ended, and whatever else ends it.
  Result<> serve(spool::Spool& spool, metrics::Ledger& ledger, ImageShelf& images, const Clock& clock);
  /// What the operations centre has for the box, once all of it is there; nothing: not (yet), or not again.
  std::optional<std::vector<std::uint8_t>> orders() { return std::exchange(orders_, std::nullopt); }
  /// Has its round come about without trouble, as it says itself? Told once.
  bool has_come_about() { return std::exchange(has_come_about_, false); }

 private:
  Result<> act_on(const ipc::Frame& frame, spool::Spool& spool, metrics::Ledger& ledger, ImageShelf& images,
                  const Clock& clock);
  Result<> give(const ipc::noc::Take& wanted, spool::Spool& spool, const Clock& clock);
  Result<> take_piece(const ipc::noc::Orders& some);

  ipc::Channel channel_;
  ipc::Conversation conversation_{ipc::noc::kToControld};
  std::vector<std::uint8_t> pieces_{};  // of orders that are not whole yet
  std::optional<std::vector<std::uint8_t>> orders_{};
  bool is_handed_over_ = false;
  bool has_come_about_ = false;
};

}  // namespace gw::control
