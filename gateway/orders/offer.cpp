#include "orders/offer.h"

#include <algorithm>

#include "base/text.h"
#include "pki/signed_file.h"

namespace gw::orders {
namespace {

constexpr std::size_t kMostDigits = 6;

Error malformed() { return {ErrorCode::order_malformed, "what was handed over is no row of orders"}; }

/// The length in front, which is taken off; one spelling of each.
Result<std::size_t> take_length(std::string_view& offer) {
  const std::size_t blank = offer.substr(0, kMostDigits + 1).find(' ');
  if (blank == std::string_view::npos || offer.front() == '0') return malformed();
  const auto length = parse_decimal(offer.substr(0, blank));
  offer.remove_prefix(blank + 1);
  if (!length || *length <= pki::SignerKey::kSignature || *length > offer.size()) return malformed();
  return static_cast<std::size_t>(*length);
}

}  // namespace

Result<std::vector<Sealed>> orders_in(std::string_view offer) {
  std::vector<Sealed> out;
  if (offer.size() > kMostOffer) return malformed();
  while (!offer.empty()) {
    GW_TRY(const std::size_t length, take_length(offer));
    if (out.size() == kMostOrders) return malformed();
    const std::string_view whole = offer.substr(0, length);
    out.push_back(
        {as_bytes(whole.substr(0, pki::SignerKey::kSignature)), whole.substr(pki::SignerKey::kSignature)});
    offer.remove_prefix(length);
  }
  return out;
}

Result<Order> judge(const Sealed& sealed, const Addressee& addressee, CivilTime now) {
  if (!pki::is_signed(kSignedAs, sealed.document, sealed.signature, addressee.signer))
    return Error{ErrorCode::order_unsigned};
  GW_TRY(Order order, read_order(sealed.document));
  if (order.box != addressee.box) return Error{ErrorCode::order_of_another_box, order.id + ": " + order.box};
  if (now >= CivilTime(order.expires)) return Error{ErrorCode::order_expired, order.id};
  if (CivilTime(order.issued) > now + kMostAhead) return Error{ErrorCode::order_early, order.id};
  return order;
}

}  // namespace gw::orders
