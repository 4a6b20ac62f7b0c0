// The box's image (UPD-01): what sekisho-slot tells of it, and when it is tried.

#include "base/build_time.h"
#include "base/json.h"
#include "control/image_office.h"
#include "control/web_errands.h"

namespace gw::control::web {
namespace {

namespace op = ipc::op;
using Msg = op::Msg;

/// How far the image is that the operations centre offers.
void add_fetch(JsonObject& out, const ImageOffice& images) {
  const ImageShelf& shelf = images.shelf();
  if (!images.offer() || shelf.stage() == ImageShelf::Stage::none) return;
  out.text("fetch", ImageShelf::word_of(shelf.stage())).text("image_version", images.offer()->version);
  out.text("image", images.offer()->sha256).number("image_here", shelf.have());
  if (shelf.whole() != 0) out.number("image_size", shelf.whole());
}

Result<WebAnswer> show_finish(const WebAsk&, const WebAround& around, const ipc::Frame& said) {
  if (said.type != ipc::type_number(Msg::update_told)) return Error{ErrorCode::channel_out_of_phase};
  GW_TRY(const auto state, decode<model::UpdateState>(said.body));
  JsonObject out;
  add_time(out, "built", build_time());
  out.flag("appliance", state.is_appliance()).flag("on_trial", state.is_on_trial);
  add_text(out, "version", state.version);
  add_text(out, "slot", state.slot);
  if (state.last) {
    out.text("stage", model::word_of(state.last->stage)).text("of_slot", state.last->slot);
    add_text(out, "because", state.last->because);
  }
  if (state.is_fallback) out.flag("fallback", true);
  if (state.window) out.text("window", state.window->to_text());
  add_fetch(out, around.images);
  return WebAnswer{.json = out.take()};
}

/// Whoever has it installed consents to the order that offers it.
Result<WebAnswer> install_finish(const WebAsk& ask, const WebAround& around, const ipc::Frame&) {
  if (around.images.offer()) GW_TRY(around.orders.consent_to_image(ask.actor, around.images.offer()->sha256));
  return WebAnswer{};
}

}  // namespace

Result<WebAnswer> update_show(const WebAsk&, const WebAround&) {
  return asks(Msg::update_state, {}, show_finish);
}

Result<WebAnswer> update_install(const WebAsk& ask, const WebAround& around) {
  GW_TRY(const auto order,
         around.images.order_by(administrator_of(ask), accounts::one_line(ask.text(0), kForeignTextLimit)));
  return asks(Msg::install, encode(order), install_finish);
}

Result<WebAnswer> update_restart(const WebAsk& ask, const WebAround&) {
  return asks(
      Msg::restart,
      encode(op::RestartOrder{administrator_of(ask), accounts::one_line(ask.text(0), kForeignTextLimit)}),
      done);
}

}  // namespace gw::control::web
