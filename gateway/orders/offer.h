#pragma once

#include <string_view>
#include <vector>

#include "base/clock.h"
#include "orders/reading.h"
#include "pki/signer_key.h"

namespace gw::orders {

/// What the vendor signs is a file of this kind (pki/signed_file.h).
inline constexpr std::string_view kSignedAs = "order";
/// What is handed over at once: octets, and orders in them.
inline constexpr std::size_t kMostOffer = 256 * 1024, kMostOrders = 8;

/// One order as it was handed over; nobody has looked into it.
struct Sealed {
  Bytes signature{};
  std::string_view document{};
};
/// Cuts what was handed over into orders: of each the number of octets that follow, a blank, the signature's
/// 64 octets and the document. Borrows the octets. order.malformed.
Result<std::vector<Sealed>> orders_in(std::string_view offer);

/// Whom an order has to be for, and whose.
struct Addressee {
  const pki::SignerKey& signer;
  std::string_view box{};
};
/// A clock may be that far ahead of ours.
inline constexpr std::chrono::minutes kMostAhead{5};

/// The order, if this box is to follow it now as far as it alone says. The signature is looked at first, and
/// nothing of what is not signed is read. order.unsigned, order.malformed, order.of_another_box,
/// order.expired, order.early (it was issued in the future).
Result<Order> judge(const Sealed& sealed, const Addressee& addressee, CivilTime now);

}  // namespace gw::orders
