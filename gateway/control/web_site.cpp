#include "control/web_site.h"

namespace gw::control::web {
namespace {

constexpr std::size_t kMostProduct = 64u << 20;

}  // namespace

Result<WebAnswer> order_site(const WebAsk& ask, model::SiteOrder order, std::string_view reason,
                             Finish finish) {
  const ipc::op::SiteRequest request{std::move(order), accounts::one_line(reason, kForeignTextLimit),
                                     administrator_of(ask)};
  GW_TRY(UniqueFd nothing, sys::seal({}, "input"));
  return asks(ipc::op::Msg::site_order, encode(request), finish, std::move(nothing));
}

Result<model::SiteProduct> product_in(const ipc::Frame& said) {
  return sealed_in<model::SiteProduct>(said, ipc::op::Msg::site_product, kMostProduct);
}

}  // namespace gw::control::web
