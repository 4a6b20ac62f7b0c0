#include "control/image_office.h"

#include "base/codec.h"

namespace gw::control {
namespace {

namespace op = ipc::op;
using Stage = ImageShelf::Stage;

}  // namespace

void ImageOffice::tick(const OrderOffice& orders, ErrandLine& errands) {
  const auto offered = orders.offered();
  if (offered) {
    offer_ = offered->image;
    shelf_.want(offer_ ? offer_->sha256 : std::string());
  }
  shelf_.step();
  tell();
  if (offered) install_in(offered->window, errands);
}

/// Each once for each image.
void ImageOffice::tell() {
  const Stage stage = shelf_.stage();
  const bool is_news = stage == Stage::whole || stage == Stage::unfit || stage == Stage::no_room;
  const std::pair now{shelf_.sha256(), stage};
  if (!offer_ || !is_news || told_ == now) return;
  told_ = now;
  Event event(stage == Stage::whole ? EventId::update_fetched : EventId::update_not_fetched);
  event.add(Field::object, offer_->version).add(Field::digest, offer_->sha256);
  if (stage != Stage::whole) event.add(Field::reason, ImageShelf::word_of(stage));
  records_.write(std::move(event));
}

Result<op::InstallOrder> ImageOffice::order_by(op::Administrator by, std::string reason) const {
  if (!is_whole()) return Error{ErrorCode::update_none_fetched};
  return op::InstallOrder{std::move(by), std::move(reason), offer_->version, offer_->sha256};
}

/// Once each time that it is open: one that was interrupted is put in the next night.
void ImageOffice::install_in(const std::optional<model::DailyWindow>& window, ErrandLine& errands) {
  const auto now = std::chrono::floor<std::chrono::seconds>(clock_.civil_now().time_since_epoch());
  if (!window || !window->covers(now)) is_ordered_ = false;
  if (!window || !window->covers(now) || is_ordered_) return;
  const auto order = order_by({}, "the window " + window->to_text() + " is open");
  if (order) is_ordered_ = static_cast<bool>(errands.send({op::Msg::install, encode(*order), {}}));
}

}  // namespace gw::control
