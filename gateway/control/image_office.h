#pragma once

#include <optional>
#include <string>
#include <utility>

#include "control/chronicle.h"
#include "control/errand.h"
#include "control/image_shelf.h"
#include "control/order_office.h"

namespace gw::control {

/// The image that the operations centre offers (F3, UPD-01, decisions/0064): has it fetched while it is on
/// offer, and installed when an administrator says so or the site's window is open. What is fetched is only a
/// file: who signed it RAUC looks at, as with one from a medium. One thread.
class ImageOffice {
 public:
  /// Both outlive it. Keeps images in `folder`.
  ImageOffice(Chronicle& records, const Clock& clock, UniqueFd folder,
              std::uint64_t leave = ImageShelf::kLeave)
      : records_(records), clock_(clock), shelf_(std::move(folder), leave) {}
  ImageOffice(const ImageOffice&) = delete;
  ImageOffice& operator=(const ImageOffice&) = delete;

  ImageShelf& shelf() { return shelf_; }
  const ImageShelf& shelf() const { return shelf_; }
  /// What is fetched, or was; nothing: nothing is on offer that this box could use.
  const std::optional<orders::UpdateOffer>& offer() const { return offer_; }
  bool is_whole() const { return offer_ && shelf_.stage() == ImageShelf::Stage::whole; }
  /// It shall be put into the other slot. update.none_fetched.
  Result<ipc::op::InstallOrder> order_by(ipc::op::Administrator by, std::string reason) const;

  /// What orders, the agent and time have brought.
  void tick(const OrderOffice& orders, ErrandLine& errands);
  std::optional<Instant> due() const {
    return shelf_.is_looking() ? std::optional(clock_.now()) : std::nullopt;
  }

 private:
  void tell();
  void install_in(const std::optional<model::DailyWindow>& window, ErrandLine& errands);

  Chronicle& records_;
  const Clock& clock_;
  ImageShelf shelf_;
  std::optional<orders::UpdateOffer> offer_{};
  std::pair<std::string, ImageShelf::Stage> told_{};  // of which image, and that it came so far
  bool is_ordered_ = false;                           // in the window that is open
};

}  // namespace gw::control
